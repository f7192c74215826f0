package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.FileType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@link FileTrees} on top of the layer. */
interface TreesContract extends FileLayerFixture {
  @Test
  default void deleteTreeRemovesAllAndFollowsNothing() throws IOException {
    directory("outside");
    write("outside/kept", "kept");
    FileTrees.createDirectories(files(), at("tree/a/b/c"), 0755);
    write("tree/a/file", "");
    symlink("tree/a/out", "../../outside");
    symlink("tree/loop", ".");
    files().createSpecial(at("tree/fifo"), FileType.FIFO, 0, 0);
    files().createHardLink(at("tree/hard"), at("outside/kept"));
    FileTrees.deleteTree(files(), at("tree"));
    assertThat(names(room())).containsExactly("outside");
    assertThat(content(at("outside/kept"))).isEqualTo("kept");
    FileTrees.deleteTree(files(), at("tree"));
    FileTrees.deleteTree(files(), at("tree/below/nothing"));
  }

  @Test
  default void deleteTreeOfALinkRemovesTheLink() throws IOException {
    directory("directory");
    write("directory/kept", "kept");
    symlink("link", "directory");
    FileTrees.deleteTree(files(), at("link"));
    assertThat(names(room())).containsExactly("directory");
    assertThat(content(at("directory/kept"))).isEqualTo("kept");
  }

  @Test
  default void deleteTreeOpensClosedDirectoriesOfItsOwn() throws Exception {
    files().createDirectory(at("open"), 0777);
    Privileges.asNobody(
        this,
        () -> {
          FileTrees.createDirectories(files(), at("open/tree/a/b"), 0700);
          FileTrees.writeNew(files(), at("open/tree/a/b/file"), new byte[1], 0);
          files().setMode(at("open/tree/a/b"), 0);
          files().setMode(at("open/tree/a"), 0555);
          files().setMode(at("open/tree"), 0);
          FileTrees.deleteTree(files(), at("open/tree"));
          return null;
        });
    assertThat(files().list(at("open"))).isEmpty();
  }

  @Test
  default void createDirectoriesMakesWhatIsMissing() throws IOException {
    FileTrees.createDirectories(files(), at("a/b/c"), 0710);
    FileTrees.createDirectories(files(), at("a/b/c"), 0700);
    FileTrees.createDirectories(files(), at("a/b/d"), 0750);
    assertThat(mode(at("a"))).isEqualTo(0710);
    assertThat(mode(at("a/b/c"))).isEqualTo(0710);
    assertThat(mode(at("a/b/d"))).isEqualTo(0750);
    symlink("link", "a");
    FileTrees.createDirectories(files(), at("link"), 0700);
    FileTrees.createDirectories(files(), at("link/e"), 0700);
    assertThat(names(at("a"))).containsExactly("b", "e");
  }

  @Test
  default void createDirectoriesRefusesWhatIsInTheWay() throws IOException {
    write("file", "");
    symlink("dangling", "nothing");
    refused(
        Reason.NOT_A_DIRECTORY,
        at("file"),
        () -> FileTrees.createDirectories(files(), at("file/a/b"), 0700));
    refused(
        Reason.NOT_A_DIRECTORY,
        at("dangling"),
        () -> FileTrees.createDirectories(files(), at("dangling/a"), 0700));
    assertThat(exists(at("nothing"))).isFalse();
  }

  @Test
  default void readAllKeepsItsLimit() throws IOException {
    write("file", "0123456789");
    assertThat(FileTrees.readAll(files(), at("file"), 10)).hasSize(10);
    refused(Reason.TOO_LARGE, at("file"), () -> FileTrees.readAll(files(), at("file"), 9));
    refused(Reason.TOO_LARGE, at("file"), () -> FileTrees.readAll(files(), at("file"), 0));
    write("empty", "");
    assertThat(FileTrees.readAll(files(), at("empty"), 0)).isEmpty();
    assertThat(FileTrees.readAll(files(), at("file"), 2_147_483_639)).hasSize(10);
    var status = FilePath.of("/proc/self/status");
    refused(Reason.TOO_LARGE, status, () -> FileTrees.readAll(files(), status, 20));
  }

  @Test
  default void writeNewReplacesNothing() throws IOException {
    FileTrees.writeNew(files(), at("file"), "old".getBytes(UTF_8), 0640);
    refused(
        Reason.ALREADY_EXISTS,
        at("file"),
        () -> FileTrees.writeNew(files(), at("file"), "new".getBytes(UTF_8), 0600));
    assertThat(content(at("file"))).isEqualTo("old");
    assertThat(mode(at("file"))).isEqualTo(0640);
  }

  @Test
  default void replaceAtomicallyReplacesAndLeavesNothingBeside() throws IOException {
    FileTrees.replaceAtomically(files(), at("file"), "first".getBytes(UTF_8), 0600);
    write("file.holdfast-new", "left by a crash");
    FileTrees.replaceAtomically(files(), at("file"), "second".getBytes(UTF_8), 0644);
    assertThat(content(at("file"))).isEqualTo("second");
    assertThat(mode(at("file"))).isEqualTo(0644);
    assertThat(names(room())).containsExactly("file");
    directory("directory");
    refused(
        Reason.IS_A_DIRECTORY,
        at("directory.holdfast-new"),
        () -> FileTrees.replaceAtomically(files(), at("directory"), new byte[1], 0600));
    assertThat(names(room())).containsExactly("directory", "file");
  }
}
