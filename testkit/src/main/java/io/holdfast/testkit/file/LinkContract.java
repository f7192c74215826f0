package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FileLayerException.Reason;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Symbolic links and hard links. */
interface LinkContract extends FileLayerFixture {
  @Test
  default void aLinkHoldsAnyTargetExactly() throws IOException {
    var targets =
        List.of(
            "x".getBytes(UTF_8),
            "../..//./a/".getBytes(UTF_8),
            new byte[] {(byte) 0xff, '\n', (byte) 0x80},
            "t".repeat(4095).getBytes(UTF_8));
    for (int i = 0; i < targets.size(); i++) {
      files().createSymlink(at("link" + i), targets.get(i));
      assertThat(files().readSymlink(at("link" + i))).isEqualTo(targets.get(i));
      assertThat(files().find(at("link" + i)).orElseThrow().size())
          .isEqualTo(targets.get(i).length);
    }
  }

  @Test
  default void whatCannotBeATargetIsRefused() throws IOException {
    write("taken", "");
    assertThatThrownBy(() -> files().createSymlink(at("l"), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> files().createSymlink(at("l"), new byte[] {'a', 0, 'b'}))
        .isInstanceOf(IllegalArgumentException.class);
    refused(
        Reason.TOO_LONG,
        at("l"),
        () -> files().createSymlink(at("l"), "t".repeat(5096).getBytes(UTF_8)));
    refused(Reason.ALREADY_EXISTS, at("taken"), () -> symlink("taken", "x"));
    assertThat(names(room())).containsExactly("taken");
  }

  @Test
  default void onlyALinkIsReadAsOne() throws IOException {
    write("file", "");
    refused(Reason.OTHER, at("file"), () -> files().readSymlink(at("file")));
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().readSymlink(at("nothing")));
  }

  @Test
  default void aHardLinkIsOneMoreNameOfTheSameFile() throws IOException {
    write("first", "content");
    files().createHardLink(at("second"), at("first"));
    var stat = files().find(at("first")).orElseThrow();
    assertThat(files().find(at("second")).orElseThrow().isSameFile(stat)).isTrue();
    assertThat(stat.links()).isEqualTo(2);
    files().delete(at("first"));
    assertThat(content(at("second"))).isEqualTo("content");
  }

  @Test
  default void aHardLinkOfALinkIsTheLink() throws IOException {
    write("file", "");
    symlink("link", "file");
    files().createHardLink(at("second"), at("link"));
    assertThat(files().find(at("second")).orElseThrow().isSymlink()).isTrue();
    assertThat(files().find(at("file")).orElseThrow().links()).isEqualTo(1);
  }

  @Test
  default void hardLinksAreRefusedWhereTheyCannotBe() throws IOException {
    write("file", "");
    write("taken", "");
    directory("directory");
    refused(
        Reason.ALREADY_EXISTS, at("taken"), () -> files().createHardLink(at("taken"), at("file")));
    refused(
        Reason.NOT_PERMITTED, at("new"), () -> files().createHardLink(at("new"), at("directory")));
    refused(Reason.NOT_FOUND, at("new"), () -> files().createHardLink(at("new"), at("nothing")));
    assertThat(exists(at("new"))).isFalse();
  }
}
