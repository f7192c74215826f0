package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Extended attributes. */
interface AttributeContract extends FileLayerFixture {
  private void requireAttributes(FilePath path) throws IOException {
    try {
      files().setAttribute(path, name("user.probe"), new byte[0]);
    } catch (FileLayerException refusal) {
      Privileges.skip("no user attributes here: " + refusal.getMessage());
    }
  }

  private static byte[] name(String text) {
    return text.getBytes(UTF_8);
  }

  private Map<AttributeName, byte[]> userAttributes(FilePath path) throws IOException {
    var user = new TreeMap<>(files().attributes(path));
    // What a security module of the machine adds is none of the test's business.
    user.keySet().removeIf(n -> !n.toString().startsWith("user."));
    user.remove(new AttributeName(name("user.probe")));
    return user;
  }

  @Test
  default void attributesAreBytesInOrderOfTheirNames() throws IOException {
    var path = write("file", "");
    requireAttributes(path);
    var odd = new byte[] {'u', 's', 'e', 'r', '.', (byte) 0xff, '\n'};
    files().setAttribute(path, odd, new byte[] {0, 1, 0, (byte) 0xff});
    files().setAttribute(path, name("user.b"), name("old"));
    files().setAttribute(path, name("user.b"), name("new"));
    files().setAttribute(path, name("user.a"), new byte[0]);
    var all = userAttributes(path);
    assertThat(all.keySet())
        .containsExactly(
            new AttributeName(name("user.a")),
            new AttributeName(name("user.b")),
            new AttributeName(odd));
    assertThat(all.values())
        .containsExactly(new byte[0], name("new"), new byte[] {0, 1, 0, (byte) 0xff});
    assertThat(List.copyOf(files().attributes(path).keySet())).isSorted();
  }

  @Test
  default void directoriesAndOpenFilesHaveThemToo() throws IOException {
    directory("directory");
    requireAttributes(at("directory"));
    files().setAttribute(at("directory"), name("user.d"), name("1"));
    try (var file = files().create(at("file"), 0600)) {
      file.setAttribute(name("user.f"), name("2"));
      file.setAttribute(name("user.empty"), new byte[0]);
    }
    assertThat(userAttributes(at("directory"))).hasSize(1);
    assertThat(userAttributes(at("file"))).hasSize(2);
  }

  @Test
  default void manyAndLargeOnesAreReadWhole() throws IOException {
    var path = write("file", "");
    requireAttributes(path);
    var large = new byte[1500];
    Arrays.fill(large, (byte) 'v');
    files().setAttribute(path, name("user.large"), large);
    for (int i = 0; i < 20; i++) {
      files().setAttribute(path, name("user." + "n".repeat(40) + i), name("" + i));
    }
    assertThat(userAttributes(path)).hasSize(21);
    assertThat(userAttributes(path).get(new AttributeName(name("user.large")))).isEqualTo(large);
  }

  @Test
  default void anImpossibleAttributeIsRefused() throws IOException {
    var path = write("file", "");
    requireAttributes(path);
    refused(
        Reason.TOO_LONG,
        path,
        () -> files().setAttribute(path, name("user." + "n".repeat(251)), new byte[1]));
    refused(
        Reason.TOO_LARGE, path, () -> files().setAttribute(path, name("user.x"), new byte[65_537]));
    refused(
        List.of(Reason.NOT_SUPPORTED, Reason.NOT_PERMITTED),
        path,
        () -> files().setAttribute(path, name("nonsense.x"), new byte[1]));
    assertThatThrownBy(() -> files().setAttribute(path, new byte[0], new byte[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> files().setAttribute(path, new byte[] {'a', 0}, new byte[1]))
        .isInstanceOf(IllegalArgumentException.class);
    refused(
        Reason.NOT_FOUND,
        at("nothing"),
        () -> files().setAttribute(at("nothing"), name("user.x"), new byte[1]));
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().attributes(at("nothing")));
  }

  @Test
  default void aLinkHasItsOwnAttributesAndNotThoseOfItsTarget() throws IOException {
    var path = write("file", "");
    symlink("link", "file");
    symlink("dangling", "nothing");
    requireAttributes(path);
    files().setAttribute(path, name("user.x"), name("target"));
    assertThat(userAttributes(at("link"))).isEmpty();
    assertThat(userAttributes(at("dangling"))).isEmpty();
    refused(
        Reason.NOT_PERMITTED,
        at("link"),
        () -> files().setAttribute(at("link"), name("user.x"), name("link")));
  }

  @Test
  default void rootHasTrustedOnesEvenOnLinks() throws IOException {
    Privileges.requireRoot(this, "only root has trusted attributes");
    var path = write("file", "");
    symlink("link", "file");
    try {
      files().setAttribute(at("link"), name("trusted.holdfast"), name("link"));
      files().setAttribute(path, name("trusted.holdfast"), name("file"));
    } catch (FileLayerException refusal) {
      Privileges.skip("no trusted attributes here: " + refusal.getMessage());
    }
    var key = new AttributeName(name("trusted.holdfast"));
    assertThat(files().attributes(at("link")).get(key)).isEqualTo(name("link"));
    assertThat(files().attributes(path).get(key)).isEqualTo(name("file"));
  }
}
