package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Full, read-only and foreign file systems; real ones, mounted for the test. */
interface HostileFileSystemContract extends FileLayerFixture {
  @Test
  default void aFullDiskSaysSoAndTakesAgainWhatIsFreed() throws Exception {
    try (var mounted = Mount.tmpfs(this, at("mount"), "size=256k,nr_inodes=16")) {
      var path = mounted.at().resolve("file");
      var mib = ByteBuffer.allocateDirect(1 << 20);
      try (var file = files().create(path, 0600)) {
        refused(Reason.NO_SPACE, path, () -> file.write(mib, 0));
      }
      assertThat(files().find(path).orElseThrow().size()).isBetween(1L, 256L << 10);
      assertThat(files().space(path).usable()).isZero();
      var second = mounted.at().resolve("second");
      try (var file = files().create(second, 0600)) {
        refused(Reason.NO_SPACE, second, () -> file.write(ByteBuffer.allocate(5000), 0));
      }
      files().delete(path);
      try (var file = files().create(path, 0600)) {
        file.write(ByteBuffer.allocate(200 << 10), 0);
      }
    }
  }

  @Test
  default void aDiskWithoutInodesRefusesNewNames() throws Exception {
    try (var mounted = Mount.tmpfs(this, at("mount"), "size=1m,nr_inodes=4")) {
      Iterator<FilePath> names =
          IntStream.range(0, 10).mapToObj(i -> mounted.at().resolve("file" + i)).iterator();
      assertThatExceptionOfType(FileLayerException.class)
          .isThrownBy(() -> {
            while (names.hasNext()) {
              files().create(names.next(), 0600).close();
            }
          })
          .returns(Reason.NO_SPACE, FileLayerException::reason);
      var directory = mounted.at().resolve("directory");
      refused(Reason.NO_SPACE, directory, () -> files().createDirectory(directory, 0700));
      var link = mounted.at().resolve("link");
      refused(Reason.NO_SPACE, link, () -> files().createSymlink(link, new byte[] {'t'}));
    }
  }

  @Test
  default void aReadOnlyFileSystemIsReadAndNotChanged() throws Exception {
    try (var mounted = Mount.tmpfs(this, at("mount"), "size=1m")) {
      var file = mounted.at().resolve("file");
      var fresh = mounted.at().resolve("new");
      write("mount/file", "kept");
      mounted.remount("ro");
      assertThat(content(file)).isEqualTo("kept");
      refused(Reason.READ_ONLY, fresh, () -> files().create(fresh, 0600));
      refused(Reason.READ_ONLY, fresh, () -> files().createDirectory(fresh, 0700));
      refused(Reason.READ_ONLY, fresh, () -> files().createSymlink(fresh, new byte[] {'t'}));
      refused(Reason.READ_ONLY, fresh, () -> files().createHardLink(fresh, file));
      refused(Reason.READ_ONLY, fresh, () -> files().tryLock(fresh));
      refused(Reason.READ_ONLY, file, () -> files().delete(file));
      refused(Reason.READ_ONLY, file, () -> files().rename(file, fresh));
      refused(Reason.READ_ONLY, file, () -> files().renameNew(file, fresh));
      refused(Reason.READ_ONLY, file, () -> files().setMode(file, 0600));
      refused(Reason.READ_ONLY, file, () -> files().setOwner(file, 1, 1));
      refused(Reason.READ_ONLY, file, () -> files().setModified(file, TimeContract.TIMES[0]));
    }
  }

  @Test
  default void anotherFileSystemCannotBeRenamedOrLinkedInto() throws Exception {
    try (var mounted = Mount.tmpfs(this, at("mount"), "size=1m")) {
      var file = write("file", "kept");
      var there = mounted.at().resolve("file");
      refused(Reason.CROSS_DEVICE, file, () -> files().rename(file, there));
      refused(Reason.CROSS_DEVICE, file, () -> files().renameNew(file, there));
      refused(Reason.CROSS_DEVICE, there, () -> files().createHardLink(there, file));
      refused(Reason.BUSY, mounted.at(), () -> files().deleteDirectory(mounted.at()));
      assertThat(content(file)).isEqualTo("kept");
      assertThat(files().find(mounted.at()).orElseThrow().device())
          .isNotEqualTo(files().find(room()).orElseThrow().device());
    }
  }

  @Test
  default void filesOfTheKernelAreReadToTheirEnd() throws IOException {
    // Of size 0, and with content all the same.
    var status = FilePath.of("/proc/self/status");
    assertThat(files().find(status).orElseThrow().size()).isZero();
    assertThat(content(status)).contains("Threads:");
  }
}
