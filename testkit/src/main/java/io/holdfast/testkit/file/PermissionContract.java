package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileType;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What the kernel does not permit is refused as such, and changes nothing. */
interface PermissionContract extends FileLayerFixture {
  private void unprivileged(Callable<?> body) throws Exception {
    Privileges.asNobody(
        this,
        () -> {
          try {
            files().follow(room());
          } catch (FileLayerException refusal) {
            Privileges.skip("others may not enter " + room());
          }
          return body.call();
        });
  }

  @Test
  default void unreadableFilesAndDirectoriesAreRefused() throws Exception {
    write("file", "secret");
    directory("directory");
    write("directory/file", "");
    files().setMode(at("file"), 0);
    files().setMode(at("directory"), 0);
    unprivileged(() -> {
      refused(Reason.NOT_PERMITTED, at("file"), () -> files().open(at("file")));
      refused(Reason.NOT_PERMITTED, at("directory"), () -> files().list(at("directory")));
      var below = at("directory/file");
      refused(Reason.NOT_PERMITTED, below, () -> files().find(below));
      refused(Reason.NOT_PERMITTED, below, () -> files().resolveLinks(below));
      refused(Reason.NOT_PERMITTED, at("file"), () -> files().tryLock(at("file")));
      assertThat(files().find(at("file"))).isPresent();
      return null;
    });
  }

  @Test
  default void anUnwritableDirectoryRefusesEveryChangeOfItsNames() throws Exception {
    var closed = directory("closed");
    write("closed/file", "kept");
    directory("closed/sub");
    files().setMode(closed, 0555);
    unprivileged(() -> {
      FilePath fresh = closed.resolve("new");
      FilePath file = closed.resolve("file");
      FilePath sub = closed.resolve("sub");
      refused(Reason.NOT_PERMITTED, fresh, () -> files().create(fresh, 0600));
      refused(Reason.NOT_PERMITTED, fresh, () -> files().createDirectory(fresh, 0700));
      refused(Reason.NOT_PERMITTED, fresh, () -> files().createSymlink(fresh, new byte[] {1}));
      refused(Reason.NOT_PERMITTED, fresh, () -> files().createHardLink(fresh, file));
      refused(
          Reason.NOT_PERMITTED, fresh, () -> files().createSpecial(fresh, FileType.FIFO, 0600, 0));
      refused(Reason.NOT_PERMITTED, fresh, () -> files().tryLock(fresh));
      refused(Reason.NOT_PERMITTED, file, () -> files().delete(file));
      refused(Reason.NOT_PERMITTED, sub, () -> files().deleteDirectory(sub));
      refused(Reason.NOT_PERMITTED, file, () -> files().rename(file, fresh));
      refused(Reason.NOT_PERMITTED, file, () -> files().renameNew(file, fresh));
      refused(Reason.NOT_PERMITTED, sub, () -> files().renameNew(sub, fresh));
      return null;
    });
    assertThat(names(closed)).containsExactly("file", "sub");
    assertThat(content(at("closed/file"))).isEqualTo("kept");
  }

  @Test
  default void aFileOfAnotherKeepsModeOwnerTimeAndAttributes() throws Exception {
    Privileges.requireRoot(this, "there are no files of another to try");
    write("file", "");
    var before = files().find(at("file")).orElseThrow();
    unprivileged(() -> {
      refused(Reason.NOT_PERMITTED, at("file"), () -> files().setMode(at("file"), 0777));
      refused(Reason.NOT_PERMITTED, at("file"), () -> files().setOwner(at("file"), 1, 1));
      refused(
          Reason.NOT_PERMITTED,
          at("file"),
          () -> files().setModified(at("file"), before.changed()));
      refused(
          Reason.NOT_PERMITTED,
          at("file"),
          () -> files().setAttribute(at("file"), "user.x".getBytes(UTF_8), new byte[1]));
      return null;
    });
    assertThat(files().find(at("file"))).contains(before);
  }

  @Test
  default void anUnprivilegedOwnerMayDoWhatOwnersMay() throws Exception {
    files().createDirectory(at("own"), 01777);
    unprivileged(() -> {
      var path = at("own/file");
      try (var file = files().create(path, 0)) {
        file.write(ByteBuffer.wrap(new byte[] {1}), 0);
      }
      files().sync(at("own"));
      files().setMode(path, 0200);
      files().sync(path);
      files().setModified(path, TimeContract.TIMES[1]);
      files().setMode(path, 04700);
      assertThat(mode(path)).isEqualTo(04700);
      files().createDirectory(at("own/closed"), 0);
      files().setMode(at("own/closed"), 0700);
      files().renameNew(path, at("own/closed/file"));
      return null;
    });
    assertThat(names(at("own/closed"))).containsExactly("file");
  }

  @Test
  default void aDeviceNeedsPrivileges() throws Exception {
    files().createDirectory(at("open"), 0777);
    unprivileged(() -> {
      refused(
          Reason.NOT_PERMITTED,
          at("open/null"),
          () -> files().createSpecial(at("open/null"), FileType.CHARACTER_DEVICE, 0600, 259));
      return null;
    });
  }
}
