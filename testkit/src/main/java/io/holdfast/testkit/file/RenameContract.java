package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayerException.Reason;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Giving things other names, with and without replacing what is there. */
interface RenameContract extends FileLayerFixture {
  @Test
  default void renameMovesAndReplacesAFile() throws IOException {
    write("from", "new");
    write("to", "old");
    var inode = files().find(at("from")).orElseThrow();
    files().rename(at("from"), at("to"));
    assertThat(content(at("to"))).isEqualTo("new");
    assertThat(exists(at("from"))).isFalse();
    assertThat(files().find(at("to")).orElseThrow().isSameFile(inode)).isTrue();
  }

  @Test
  default void renameMovesTheLinkAndReplacesTheLink() throws IOException {
    write("file", "kept");
    symlink("link", "file");
    files().rename(at("link"), at("moved"));
    assertThat(files().readSymlink(at("moved"))).asString().isEqualTo("file");
    write("new", "new");
    files().rename(at("new"), at("moved"));
    assertThat(content(at("moved"))).isEqualTo("new");
    assertThat(content(at("file"))).isEqualTo("kept");
  }

  @Test
  default void renameMovesADirectoryOntoNothingOrAnEmptyOne() throws IOException {
    directory("from");
    write("from/file", "inside");
    files().rename(at("from"), at("to"));
    assertThat(content(at("to/file"))).isEqualTo("inside");
    directory("empty");
    files().rename(at("to"), at("empty"));
    assertThat(content(at("empty/file"))).isEqualTo("inside");
  }

  @Test
  default void renameRefusesToMixOrToLose() throws IOException {
    write("file", "file");
    directory("full");
    write("full/file", "kept");
    directory("directory");
    refused(Reason.IS_A_DIRECTORY, at("file"), () -> files().rename(at("file"), at("directory")));
    refused(
        Reason.NOT_A_DIRECTORY, at("directory"), () -> files().rename(at("directory"), at("file")));
    refused(Reason.NOT_EMPTY, at("directory"), () -> files().rename(at("directory"), at("full")));
    refused(Reason.NOT_FOUND, at("none"), () -> files().rename(at("none"), at("other")));
    refused(Reason.NOT_FOUND, at("file"), () -> files().rename(at("file"), at("none/other")));
    refused(Reason.OTHER, at("full"), () -> files().rename(at("full"), at("full/below")));
    assertThat(content(at("file"))).isEqualTo("file");
    assertThat(content(at("full/file"))).isEqualTo("kept");
  }

  @Test
  default void renameOfTwoNamesOfOneFileDoesNothing() throws IOException {
    write("a", "same");
    files().createHardLink(at("b"), at("a"));
    files().rename(at("a"), at("b"));
    assertThat(names(room())).containsExactly("a", "b");
  }

  @Test
  default void renameNewMovesFilesLinksAndDirectories() throws IOException {
    write("file", "content");
    symlink("link", "nowhere");
    directory("directory");
    write("directory/file", "inside");
    files().renameNew(at("file"), at("file2"));
    files().renameNew(at("link"), at("link2"));
    files().renameNew(at("directory"), at("directory2"));
    assertThat(names(room())).containsExactly("directory2", "file2", "link2");
    assertThat(content(at("directory2/file"))).isEqualTo("inside");
    assertThat(files().readSymlink(at("link2"))).asString().isEqualTo("nowhere");
  }

  @Test
  default void renameNewReplacesNothing() throws IOException {
    write("file", "file");
    write("other", "other");
    directory("empty");
    directory("directory");
    symlink("dangling", "nowhere");
    for (String from : List.of("file", "directory", "dangling")) {
      for (String to : List.of("other", "empty", "dangling")) {
        if (!from.equals(to)) {
          refused(Reason.ALREADY_EXISTS, at(from), () -> files().renameNew(at(from), at(to)));
        }
      }
    }
    assertThat(names(room())).containsExactly("dangling", "directory", "empty", "file", "other");
    assertThat(content(at("other"))).isEqualTo("other");
    refused(Reason.NOT_FOUND, at("none"), () -> files().renameNew(at("none"), at("new")));
    refused(Reason.NOT_FOUND, at("file"), () -> files().renameNew(at("file"), at("no/new")));
    refused(
        Reason.OTHER,
        at("directory"),
        () -> files().renameNew(at("directory"), at("directory/below")));
  }

  @Test
  default void renameNewRefusesTheSameFileUnderItsSecondName() throws IOException {
    write("a", "same");
    files().createHardLink(at("b"), at("a"));
    refused(Reason.ALREADY_EXISTS, at("a"), () -> files().renameNew(at("a"), at("b")));
    refused(Reason.ALREADY_EXISTS, at("a"), () -> files().renameNew(at("a"), at("a")));
  }
}
