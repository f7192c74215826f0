package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Permission bits and owners. */
interface ModeAndOwnerContract extends FileLayerFixture {
  @Test
  default void everyModeIsExactWhateverTheUmask() throws IOException {
    int[] modes = {0, 0400, 0644, 0777, 01777, 02755, 04755, 07777, 0222};
    for (int umask : new int[] {0, 022, 0777}) {
      int before = Privileges.umask(umask);
      try {
        for (int mode : modes) {
          files().create(at("file"), mode).close();
          files().createDirectory(at("directory"), mode);
          files().createSpecial(at("fifo"), FileType.FIFO, mode, 0);
          for (String name : new String[] {"file", "directory", "fifo"}) {
            assertThat(mode(at(name)))
                .as("%s, mode %o, umask %o", name, mode, umask)
                .isEqualTo(mode);
          }
          files().delete(at("file"));
          files().delete(at("fifo"));
          files().deleteDirectory(at("directory"));
        }
      } finally {
        Privileges.umask(before);
      }
    }
  }

  @Test
  default void setModeSetsAllTwelveBits() throws IOException {
    write("file", "");
    directory("directory");
    for (int mode : new int[] {07777, 0, 04000, 02000, 01000, 0640}) {
      files().setMode(at("file"), mode);
      files().setMode(at("directory"), mode);
      assertThat(mode(at("file"))).isEqualTo(mode);
      assertThat(mode(at("directory"))).isEqualTo(mode);
    }
  }

  @Test
  default void setModeRefusesLinksAndLeavesTheirTargetsAlone() throws IOException {
    write("file", "");
    symlink("link", "file");
    symlink("dangling", "nothing");
    refused(Reason.SYMLINK, at("link"), () -> files().setMode(at("link"), 0777));
    refused(Reason.SYMLINK, at("dangling"), () -> files().setMode(at("dangling"), 0777));
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().setMode(at("nothing"), 0777));
    assertThat(mode(at("file"))).isEqualTo(0644);
  }

  @Test
  default void whatIsNoModeOrOwnerIsIllegal() throws IOException {
    write("file", "");
    for (int mode : new int[] {-1, 010000, 0100644}) {
      assertThatThrownBy(() -> files().setMode(at("file"), mode))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> files().create(at("new"), mode))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> files().createDirectory(at("new"), mode))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (long id : new long[] {-1, 0xffff_ffffL, 1L << 32}) {
      assertThatThrownBy(() -> files().setOwner(at("file"), id, 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> files().setOwner(at("file"), 0, id))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(exists(at("new"))).isFalse();
  }

  @Test
  default void ownersAreSetOnFilesDirectoriesAndLinksThemselves() throws IOException {
    Privileges.requireRoot(this, "only root gives files away");
    write("file", "");
    directory("directory");
    symlink("link", "file");
    files().setOwner(at("link"), 3_000_000_000L, 4_294_967_294L);
    files().setOwner(at("directory"), 12, 0);
    assertThat(files().find(at("link")).orElseThrow())
        .returns(3_000_000_000L, FileStat::uid)
        .returns(4_294_967_294L, FileStat::gid);
    assertThat(files().find(at("directory")).orElseThrow()).returns(12L, FileStat::uid);
    assertThat(files().find(at("file")).orElseThrow()).returns(0L, FileStat::uid);
    try (var open = files().create(at("open"), 0600)) {
      open.setOwner(1000, 2_147_483_648L);
    }
    assertThat(files().find(at("open")).orElseThrow())
        .returns(1000L, FileStat::uid)
        .returns(2_147_483_648L, FileStat::gid);
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().setOwner(at("nothing"), 0, 0));
  }
}
