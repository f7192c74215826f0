package io.holdfast.engine.file.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways that are taken where the kernel or the file system lacks the better one. */
class FallbackTest {
  private final PosixFileLayer files = PosixFileLayer.create();
  private final Machine machine =
      Machine.of(System.getProperty("os.name"), System.getProperty("os.arch"));

  @TempDir Path directory;
  private FilePath room;

  @BeforeEach
  void fill() throws IOException {
    room = FilePath.of(directory);
    FileTrees.writeNew(files, at("file"), new byte[] {1}, 0640);
    FileTrees.writeNew(files, at("taken"), new byte[] {2}, 0600);
    files.createDirectory(at("directory"), 0750);
    FileTrees.writeNew(files, at("directory/inside"), new byte[] {3}, 0600);
    files.createDirectory(at("empty"), 0700);
    files.createSymlink(at("link"), new byte[] {'f', 'i', 'l', 'e'});
  }

  private FilePath at(String name) {
    return room.resolve(name);
  }

  private static void refused(Reason reason, ThrowingCallable operation) {
    assertThatExceptionOfType(FileLayerException.class)
        .isThrownBy(operation)
        .returns(reason, FileLayerException::reason);
  }

  @Test
  void renamingInStepsMovesEverything() throws IOException {
    for (String name : new String[] {"file", "directory", "link"}) {
      var before = files.find(at(name)).orElseThrow();
      RenameNew.inSteps(machine, at(name), at("new"));
      var after = files.find(at("new")).orElseThrow();
      assertThat(after.isSameFile(before)).isTrue();
      assertThat(after.mode()).isEqualTo(before.mode());
      assertThat(after.links()).isEqualTo(before.links());
      assertThat(files.find(at(name))).isEmpty();
      files.rename(at("new"), at(name));
    }
  }

  @Test
  void renamingInStepsReplacesNothing() throws IOException {
    var before = files.list(room).size();
    for (String from : new String[] {"file", "directory", "link"}) {
      for (String to : new String[] {"taken", "empty"}) {
        refused(Reason.ALREADY_EXISTS, () -> RenameNew.inSteps(machine, at(from), at(to)));
      }
    }
    refused(Reason.NOT_FOUND, () -> RenameNew.inSteps(machine, at("no"), at("new")));
    refused(Reason.NOT_FOUND, () -> RenameNew.inSteps(machine, at("directory"), at("no/new")));
    refused(Reason.OTHER, () -> RenameNew.inSteps(machine, at("directory"), at("directory/below")));
    assertThat(files.list(room)).hasSize(before);
    assertThat(files.list(at("directory"))).hasSize(1);
    assertThat(FileTrees.readAll(files, at("taken"), 9)).isEqualTo(new byte[] {2});
  }

  @Test
  void modesAreSetByDescriptorWithoutFollowingALink() throws IOException {
    PermissionBits.byDescriptor(machine, at("file"), 04711);
    PermissionBits.byDescriptor(machine, at("directory"), 01000);
    assertThat(files.find(at("file")).orElseThrow().mode()).isEqualTo(04711);
    assertThat(files.find(at("directory")).orElseThrow().mode()).isEqualTo(01000);
    refused(Reason.SYMLINK, () -> PermissionBits.byDescriptor(machine, at("link"), 0777));
    refused(Reason.NOT_FOUND, () -> PermissionBits.byDescriptor(machine, at("nothing"), 0777));
    assertThat(files.find(at("file")).orElseThrow().mode()).isEqualTo(04711);
    files.setMode(at("directory"), 0700);
  }

  @Test
  void spaceBeyondNumbersIsTheGreatest() {
    assertThat(FreeSpace.bytes(1000, 4096)).isEqualTo(4_096_000);
    assertThat(FreeSpace.bytes(0, 4096)).isZero();
    assertThat(FreeSpace.bytes(Long.MAX_VALUE / 2, 4096)).isEqualTo(Long.MAX_VALUE);
    assertThat(FreeSpace.bytes(1L << 52, 2048)).isEqualTo(Long.MAX_VALUE);
    assertThat(FreeSpace.bytes(-1, 512)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void deviceNumbersAreThoseOfMknod() {
    assertThat(StatxLayout.deviceNumber(1, 3)).isEqualTo(0x103);
    assertThat(StatxLayout.deviceNumber(0xfff, 0xfffff)).isEqualTo(0xffffffffL);
    assertThat(StatxLayout.deviceNumber(0x1000, 0x12345)).isEqualTo(0x100012300045L);
  }

  @Test
  void aDescriptorOfNoTypeIsAFailureLikeAnyOther() throws IOException {
    // A selector holds an epoll descriptor, which leads to an inode without a type.
    try (Selector selector = Selector.open()) {
      assertThat(selector.isOpen()).isTrue();
      FilePath descriptor = FilePath.of("/proc/self/fd").resolve(epoll());

      assertThatExceptionOfType(FileLayerException.class)
          .isThrownBy(() -> files.follow(descriptor))
          .matches(failure -> failure.reason() == Reason.NOT_SUPPORTED);
    }
  }

  private static String epoll() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors
          .filter(path -> linksTo(path, "anon_inode:[eventpoll]"))
          .findFirst()
          .orElseThrow()
          .getFileName()
          .toString();
    }
  }

  private static boolean linksTo(Path link, String target) {
    try {
      return Files.readSymbolicLink(link).toString().equals(target);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }
}
