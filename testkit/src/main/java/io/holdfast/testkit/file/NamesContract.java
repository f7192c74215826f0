package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names are bytes, and directories are lists of them. */
interface NamesContract extends FileLayerFixture {
  @Test
  default void anyBytesButSlashAndNulMakeAName() throws IOException {
    var names = new ArrayList<byte[]>();
    for (int b = 1; b < 256; b++) {
      if (b != '/' && b != '.') {
        names.add(new byte[] {(byte) b});
        names.add(new byte[] {(byte) b, '.', (byte) b});
      }
    }
    names.add("line\nbreak\r\ttab".getBytes(UTF_8));
    names.add("größe 備份 💾".getBytes(UTF_8));
    names.add(new byte[] {(byte) 0xc3, (byte) 0x28, (byte) 0xff, (byte) 0xfe});
    names.add("...".getBytes(UTF_8));
    names.add("-rf".getBytes(UTF_8));
    for (byte[] name : names) {
      FileTrees.writeNew(files(), room().resolve(name), name, 0600);
    }
    names.sort(Arrays::compareUnsigned);

    assertThat(files().list(room()))
        .usingElementComparator(Arrays::compareUnsigned)
        .containsExactlyElementsOf(names);
    for (byte[] name : names) {
      assertThat(FileTrees.readAll(files(), room().resolve(name), 255)).isEqualTo(name);
    }
  }

  @Test
  default void aNameMayHave255BytesAndNoMore() throws IOException {
    var longest = "n".repeat(255);
    write(longest, "long");
    assertThat(content(at(longest))).isEqualTo("long");
    assertThat(names(room())).containsExactly(longest);
    var tooLong = at(longest + "n");
    refused(Reason.TOO_LONG, tooLong, () -> files().create(tooLong, 0600));
    refused(Reason.TOO_LONG, tooLong, () -> files().find(tooLong));
  }

  @Test
  default void aPathBeyondTheKernelsLimitIsRefused() {
    var path = at("d/".repeat(2100));
    refused(Reason.TOO_LONG, path, () -> files().find(path));
    refused(Reason.TOO_LONG, path, () -> files().createDirectory(path, 0700));
    refused(Reason.TOO_LONG, path, () -> files().list(path));
  }

  @Test
  default void deepTreesWorkUpToTheLimitOfAPath() throws IOException {
    var path = room();
    while (path.length() + 200 < 4095) {
      path = path.resolve("d".repeat(199));
    }
    FileTrees.createDirectories(files(), path, 0700);
    FileTrees.writeNew(files(), path.resolve("f"), new byte[] {1}, 0600);
    assertThat(names(path)).containsExactly("f");
    assertThat(files().resolveLinks(path).length()).isGreaterThan(3800);
  }

  @Test
  default void anEmptyDirectoryHasNoNames() throws IOException {
    assertThat(files().list(directory("empty"))).isEmpty();
  }

  @Test
  default void aBigDirectoryIsListedWholeAndInOrder() throws IOException {
    var expected = new ArrayList<String>();
    write("one", "");
    directory("big");
    for (int i = 0; i < 20_000; i++) {
      var name = Integer.toString(i * 7919 % 20_000, 36) + "-" + "x".repeat(i % 90);
      files().createSymlink(at("big").resolve(name), new byte[] {'t'});
      expected.add(name);
    }
    expected.sort(null);
    assertThat(names(at("big"))).containsExactlyElementsOf(expected);
  }

  @Test
  default void aListIsImmutableAndGivesCopies() throws IOException {
    write("name", "");
    List<byte[]> list = files().list(room());
    list.getFirst()[0] = 'X';
    assertThat(list.getFirst()).isEqualTo("name".getBytes(UTF_8));
    assertThatThrownBy(() -> list.add(new byte[0]))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> list.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  default void onlyADirectoryIsListed() throws IOException {
    write("file", "");
    directory("directory");
    symlink("link", "directory");
    refused(Reason.NOT_A_DIRECTORY, at("file"), () -> files().list(at("file")));
    refused(Reason.NOT_A_DIRECTORY, at("link"), () -> files().list(at("link")));
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().list(at("nothing")));
  }

  @Test
  default void aMessageShowsHostileNamesHarmlessly() {
    FilePath path = at("evil\u001b[2J\n");
    assertThatThrownBy(() -> files().open(path)).hasMessageContaining("evil\\x1b[2J\\x0a");
  }
}
