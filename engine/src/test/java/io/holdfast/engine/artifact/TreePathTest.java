package io.holdfast.engine.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FilePath;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreePathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/etc",
        "..",
        "a/..",
        "../a",
        "a/../b",
        ".",
        "./a",
        "a/.",
        "a//b",
        "a/",
        "a\0b",
        "a/b/../../..",
        "//"
      })
  void refusesWhatCouldLeadOutOfItsTree(String path) {
    assertThatThrownBy(() -> TreePath.ofBytes(path.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b", "...", "..a", "a..", ".a", "a b", "\n", "-rf", "a\\b"})
  void acceptsPlainNames(String path) {
    assertThat(TreePath.of(path).under(FilePath.of("/x"))).isEqualTo(FilePath.of("/x/" + path));
  }

  @Test
  void refusesTraversalInANameToo() {
    assertThatThrownBy(() -> TreePath.of("a").resolve("..".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TreePath.ROOT.resolve("/etc".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsBytesThatAreNoText() {
    byte[] name = {(byte) 0xff, (byte) 0xfe};
    assertThat(TreePath.ofBytes(name).toBytes()).isEqualTo(name);
    assertThat(TreePath.ofBytes(name)).hasToString("\\xff\\xfe");
    assertThat(TreePath.of("a").resolve(name).parent()).isEqualTo(TreePath.of("a"));
  }
}
