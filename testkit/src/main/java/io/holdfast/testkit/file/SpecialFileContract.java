package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileType;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** FIFOs, sockets and devices: made, told apart, and never opened. */
interface SpecialFileContract extends FileLayerFixture {
  @Test
  default void fifosAndSocketsAreMadeAndNeverWaitedFor() throws IOException {
    files().createSpecial(at("fifo"), FileType.FIFO, 0622, 0);
    files().createSpecial(at("socket"), FileType.SOCKET, 0755, 0);
    assertThat(files().find(at("fifo")).orElseThrow())
        .returns(FileType.FIFO, FileStat::type)
        .returns(0622, FileStat::mode);
    assertThat(files().find(at("socket")).orElseThrow())
        .returns(FileType.SOCKET, FileStat::type)
        .returns(0755, FileStat::mode);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (var name : new String[] {"fifo", "socket"}) {
            refused(Reason.NOT_REGULAR, at(name), () -> files().open(at(name)));
            refused(Reason.NOT_REGULAR, at(name), () -> files().tryLock(at(name)));
            refused(Reason.NOT_REGULAR, at(name), () -> files().sync(at(name)));
            refused(Reason.NOT_A_DIRECTORY, at(name), () -> files().list(at(name)));
            files().syncFileSystem(at(name));
          }
        });
  }

  @Test
  default void specialFilesTakeModeTimeAndDeletion() throws IOException {
    files().createSpecial(at("fifo"), FileType.FIFO, 0600, 0);
    files().setMode(at("fifo"), 01640);
    assertThat(mode(at("fifo"))).isEqualTo(01640);
    files().rename(at("fifo"), at("moved"));
    files().delete(at("moved"));
    assertThat(files().list(room())).isEmpty();
  }

  @Test
  default void aDeviceIsMadeLikeItsModel() throws IOException {
    var model = files().find(FilePath.of("/dev/null")).orElseThrow();
    assertThat(model.type()).isEqualTo(FileType.CHARACTER_DEVICE);
    assertThat(model.deviceNumber()).isEqualTo(0x103);
    Privileges.requireRoot(this, "only root makes devices");
    files().createSpecial(at("null"), FileType.CHARACTER_DEVICE, 0666, model.deviceNumber());
    long large = 0xabcL << 8 | 0x12L | 0x345L << 20;
    files().createSpecial(at("block"), FileType.BLOCK_DEVICE, 0600, large);
    assertThat(files().find(at("null")).orElseThrow())
        .returns(FileType.CHARACTER_DEVICE, FileStat::type)
        .returns(0666, FileStat::mode)
        .returns(model.deviceNumber(), FileStat::deviceNumber);
    assertThat(files().find(at("block")).orElseThrow())
        .returns(FileType.BLOCK_DEVICE, FileStat::type)
        .returns(large, FileStat::deviceNumber);
    refused(Reason.NOT_REGULAR, at("null"), () -> files().open(at("null")));
  }

  @Test
  default void theRestIsNoSpecialFile() {
    for (var type : new FileType[] {FileType.REGULAR, FileType.DIRECTORY, FileType.SYMLINK}) {
      assertThatThrownBy(() -> files().createSpecial(at("x"), type, 0600, 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  default void createSpecialRefusesANameThatIsTaken() throws IOException {
    write("taken", "");
    refused(
        Reason.ALREADY_EXISTS,
        at("taken"),
        () -> files().createSpecial(at("taken"), FileType.FIFO, 0600, 0));
  }
}
