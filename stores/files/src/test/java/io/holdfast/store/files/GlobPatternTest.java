package io.holdfast.store.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.TreePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobPatternTest {
  @ParameterizedTest(name = "{0} against {1}: {2}")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "*.tmp,          a.tmp,             true",
        "*.tmp,          x/y/a.tmp,         true",
        "*.tmp,          a.tmp/b,           false",
        "*.tmp,          .tmp,              true",
        "cache,          cache,             true",
        "cache,          x/cache,           true",
        "cache,          cached,            false",
        "/cache,         cache,             true",
        "/cache,         x/cache,           false",
        "a/b,            a/b,               true",
        "a/b,            x/a/b,             false",
        "a/*,            a/b,               true",
        "a/*,            a/b/c,             false",
        "a/**,           a/b/c,             true",
        "a/**,           a,                 false",
        "**/b,           b,                 true",
        "**/b,           a/x/b,             true",
        "**/b,           ab,                false",
        "a/**/b,         a/b,               true",
        "a/**/b,         a/x/y/b,           true",
        "a/**/b,         axb,               false",
        "a**b,           axxb,              true",
        "a**b,           a/b,               false",
        "**,             any/thing,         true",
        "?,              a,                 true",
        "?,              ab,                false",
        "a?b,            a/b,               false",
        "[a-c]x,         bx,                true",
        "[a-c]x,         dx,                false",
        "[!a-c]x,        dx,                true",
        "[^a-c]x,        bx,                false",
        "[]x]y,          ]y,                true",
        "[a-]y,          -y,                true",
        "x[/]y,          x/y,               false",
        "\\*,            *,                 true",
        "\\*,            a,                 false",
        "\\[a],          [a],               true",
        "*a*b*c*d*e*,    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaabcd, false",
        "näme,           näme,              true",
        "n??me,          näme,              true",
      })
  void matches(String pattern, String path, boolean expected) {
    assertThat(GlobPattern.parse(pattern).matches(TreePath.of(path), false)).isEqualTo(expected);
  }

  @Test
  void trailingSlashMeansDirectoriesOnly() {
    GlobPattern pattern = GlobPattern.parse("cache/");
    assertThat(pattern.matches(TreePath.of("x/cache"), true)).isTrue();
    assertThat(pattern.matches(TreePath.of("x/cache"), false)).isFalse();
  }

  @Test
  void namesThatAreNoTextMatchAndCanBeSpelt() {
    TreePath path = TreePath.ofBytes(new byte[] {'n', (byte) 0xe4, 'm', 'e'});
    assertThat(GlobPattern.parse("n*").matches(path, false)).isTrue();
    assertThat(GlobPattern.parse("n?me").matches(path, false)).isTrue();
    assertThat(GlobPattern.parse("n\\xe4me").matches(path, false)).isTrue();
    assertThat(GlobPattern.parse("n[\\xe0-\\xef]me").matches(path, false)).isTrue();
    assertThat(GlobPattern.parse("n\\xe5me").matches(path, false)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a//b", "../x", "a/./b", "[abc", "x\\", "[\\]"})
  void whatCouldNeverMatchIsRefused(String pattern) {
    assertThatThrownBy(() -> GlobPattern.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isWrittenAsItWasRead() {
    assertThat(GlobPattern.parse("/a/**/[x]/")).hasToString("/a/**/[x]/");
  }
}
