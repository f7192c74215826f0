package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Content: create, open, read, write, lengths, sync, close. */
interface ContentContract extends FileLayerFixture {
  @Test
  default void whatWasWrittenIsReadFromDirectAndHeapBuffers() throws IOException {
    var bytes = new byte[1_300_001];
    new Random(1).nextBytes(bytes);
    var direct = ByteBuffer.allocateDirect(bytes.length + 8).position(3).limit(bytes.length + 3);
    direct.duplicate().put(bytes);
    var heap = ByteBuffer.allocate(bytes.length + 9).put(5, bytes).position(5);
    heap.limit(5 + bytes.length);
    try (var file = files().create(at("direct"), 0600);
        var second = files().create(at("heap"), 0600);
        var third = files().create(at("read-only"), 0600)) {
      third.write(heap.asReadOnlyBuffer(), 0);
      third.write(direct.asReadOnlyBuffer(), bytes.length);
      file.write(direct, 0);
      second.write(heap, 0);
      second.write(ByteBuffer.allocate(0), 0);
    }
    assertThat(direct.position()).isEqualTo(bytes.length + 3);
    assertThat(heap.position()).isEqualTo(bytes.length + 5);
    assertThat(FileTrees.readAll(files(), at("direct"), 2_000_000)).isEqualTo(bytes);
    assertThat(FileTrees.readAll(files(), at("heap"), 2_000_000)).isEqualTo(bytes);
    assertThat(files().find(at("read-only")).orElseThrow().size()).isEqualTo(2L * bytes.length);
    try (var file = files().open(at("heap"))) {
      var target = ByteBuffer.allocateDirect(bytes.length + 100).position(7);
      int at = 0;
      for (int count; (count = file.read(target, at)) > 0; ) {
        at += count;
      }
      assertThat(at).isEqualTo(bytes.length);
      assertThat(target.position()).isEqualTo(7 + bytes.length);
      var read = new byte[bytes.length];
      target.get(7, read);
      assertThat(read).isEqualTo(bytes);
    }
  }

  @Test
  default void readingRespectsPositionAndLimitOfTheBuffer() throws IOException {
    write("file", "0123456789");
    try (var file = files().open(at("file"))) {
      for (var target : new ByteBuffer[] {ByteBuffer.allocate(9), ByteBuffer.allocateDirect(9)}) {
        target.position(2).limit(5);
        assertThat(file.read(target, 4)).isEqualTo(3);
        assertThat(target.position()).isEqualTo(5);
        var all = new byte[9];
        target.clear().get(all);
        assertThat(all).isEqualTo(new byte[] {0, 0, '4', '5', '6', 0, 0, 0, 0});
      }
    }
  }

  @Test
  default void readingAtOrPastTheEndAnswersMinusOne() throws IOException {
    write("file", "abc");
    try (var file = files().open(at("file"))) {
      assertThat(file.read(ByteBuffer.allocate(8), 2)).isEqualTo(1);
      assertThat(file.read(ByteBuffer.allocate(8), 3)).isEqualTo(-1);
      assertThat(file.read(ByteBuffer.allocateDirect(8), Long.MAX_VALUE / 2)).isEqualTo(-1);
    }
  }

  @Test
  default void senselessArgumentsAreIllegal() throws IOException {
    write("file", "abc");
    var full = ByteBuffer.allocate(0);
    var one = ByteBuffer.allocate(1);
    try (var file = files().open(at("file"));
        var written = files().create(at("new"), 0600)) {
      assertThatThrownBy(() -> file.read(full, 0)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> file.read(one, -1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> file.read(one.asReadOnlyBuffer(), 0))
          .isInstanceOf(ReadOnlyBufferException.class);
      assertThatThrownBy(() -> file.nextData(-1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> written.write(one, -1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> written.setLength(-1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  default void writesLandWhereTheyAreTold() throws IOException {
    try (var file = files().create(at("file"), 0600)) {
      file.write(ByteBuffer.wrap("world".getBytes(UTF_8)), 6);
      file.write(ByteBuffer.wrap("hello".getBytes(UTF_8)), 0);
      file.write(ByteBuffer.wrap("J".getBytes(UTF_8)), 0);
    }
    assertThat(content(at("file"))).isEqualTo("Jello\0world");
  }

  @Test
  default void setLengthCutsAndExtends() throws IOException {
    try (var file = files().create(at("file"), 0600)) {
      file.write(ByteBuffer.wrap("0123456789".getBytes(UTF_8)), 0);
      file.setLength(4);
      file.setLength(6);
    }
    assertThat(content(at("file"))).isEqualTo("0123\0\0");
  }

  @Test
  default void createRefusesANameThatIsTaken() throws IOException {
    write("file", "old");
    directory("directory");
    symlink("dangling", "elsewhere");
    for (String name : new String[] {"file", "directory", "dangling"}) {
      refused(Reason.ALREADY_EXISTS, at(name), () -> files().create(at(name), 0600));
    }
    assertThat(content(at("file"))).isEqualTo("old");
    assertThat(exists(at("elsewhere"))).isFalse();
    refused(Reason.NOT_FOUND, at("no/file"), () -> files().create(at("no/file"), 0600));
    refused(Reason.NOT_A_DIRECTORY, at("file/f"), () -> files().create(at("file/f"), 0600));
  }

  @Test
  default void openRefusesWhatIsNoRegularFile() throws IOException {
    write("file", "");
    directory("directory");
    symlink("link", "file");
    symlink("dangling", "nothing");
    symlink("loop", "loop");
    refused(Reason.IS_A_DIRECTORY, at("directory"), () -> files().open(at("directory")));
    refused(Reason.SYMLINK, at("link"), () -> files().open(at("link")));
    refused(Reason.SYMLINK, at("dangling"), () -> files().open(at("dangling")));
    refused(Reason.SYMLINK, at("loop"), () -> files().open(at("loop")));
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().open(at("nothing")));
    refused(Reason.NOT_A_DIRECTORY, at("file/below"), () -> files().open(at("file/below")));
  }

  @Test
  default void anOpenFileIsTheInodeAndNotTheName() throws IOException {
    write("file", "before");
    try (var file = files().open(at("file"))) {
      var stat = file.stat();
      files().delete(at("file"));
      write("file", "after!");
      var target = ByteBuffer.allocate(6);
      assertThat(file.read(target, 0)).isEqualTo(6);
      assertThat(new String(target.array(), UTF_8)).isEqualTo("before");
      assertThat(file.stat().isSameFile(stat)).isTrue();
      assertThat(file.stat().links()).isZero();
      assertThat(files().find(at("file")).orElseThrow().isSameFile(stat)).isFalse();
    }
  }

  @Test
  default void anOpenFileTakesModeOwnerTimeAndAttribute() throws IOException {
    var time = new FileTime(-86_400, 123_456_789);
    try (var file = files().create(at("file"), 0600)) {
      var owner = files().find(at("file")).orElseThrow();
      file.setOwner(owner.uid(), owner.gid());
      file.setMode(04751);
      file.setModified(time);
      file.sync();
    }
    assertThat(mode(at("file"))).isEqualTo(04751);
    assertThat(files().find(at("file")).orElseThrow().modified()).isEqualTo(time);
  }

  @Test
  default void aClosedFileIsNoLongerUsable() throws IOException {
    var written = files().create(at("file"), 0600);
    written.close();
    written.close();
    var read = files().open(at("file"));
    read.close();
    read.close();
    var buffer = ByteBuffer.allocate(1);
    assertThatThrownBy(() -> written.write(buffer, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(written::sync).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> read.read(buffer, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(read::stat).isInstanceOf(IllegalStateException.class);
  }

  @Test
  default void filesAndDirectoriesAreSynced() throws IOException {
    write("file", "content");
    directory("directory");
    symlink("link", "file");
    files().sync(at("file"));
    files().sync(at("directory"));
    files().syncFileSystem(at("file"));
    files().syncFileSystem(at("directory"));
    files().syncFileSystem(at("link"));
    refused(Reason.SYMLINK, at("link"), () -> files().sync(at("link")));
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().sync(at("nothing")));
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().syncFileSystem(at("nothing")));
  }
}
