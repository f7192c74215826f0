package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayerException.Reason;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Making and removing names. */
interface DeletionContract extends FileLayerFixture {
  @Test
  default void deleteRemovesTheNameAndNotWhatALinkLeadsTo() throws IOException {
    write("file", "kept");
    symlink("link", "file");
    symlink("dangling", "nothing");
    files().createHardLink(at("second"), at("file"));
    files().delete(at("link"));
    files().delete(at("dangling"));
    files().delete(at("second"));
    assertThat(names(room())).containsExactly("file");
    assertThat(content(at("file"))).isEqualTo("kept");
    files().delete(at("file"));
    assertThat(files().list(room())).isEmpty();
  }

  @Test
  default void deleteRefusesDirectoriesAndNothing() throws IOException {
    directory("directory");
    refused(Reason.IS_A_DIRECTORY, at("directory"), () -> files().delete(at("directory")));
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().delete(at("nothing")));
    assertThat(exists(at("directory"))).isTrue();
  }

  @Test
  default void deleteDirectoryRemovesEmptyOnesOnly() throws IOException {
    directory("empty");
    directory("full");
    write("full/file", "");
    symlink("link", "empty");
    write("file", "");
    refused(Reason.NOT_EMPTY, at("full"), () -> files().deleteDirectory(at("full")));
    refused(Reason.NOT_A_DIRECTORY, at("link"), () -> files().deleteDirectory(at("link")));
    refused(Reason.NOT_A_DIRECTORY, at("file"), () -> files().deleteDirectory(at("file")));
    refused(Reason.NOT_FOUND, at("none"), () -> files().deleteDirectory(at("none")));
    files().deleteDirectory(at("empty"));
    assertThat(names(room())).containsExactly("file", "full", "link");
  }

  @Test
  default void createDirectoryNeedsAFreeNameAndAParent() throws IOException {
    write("file", "");
    symlink("dangling", "elsewhere");
    directory("directory");
    for (String name : new String[] {"file", "dangling", "directory"}) {
      refused(Reason.ALREADY_EXISTS, at(name), () -> files().createDirectory(at(name), 0700));
    }
    refused(Reason.NOT_FOUND, at("no/d"), () -> files().createDirectory(at("no/d"), 0700));
    refused(
        Reason.NOT_A_DIRECTORY, at("file/d"), () -> files().createDirectory(at("file/d"), 0700));
    assertThat(exists(at("elsewhere"))).isFalse();
  }
}
