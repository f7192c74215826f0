package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.RepositoryKeys;
import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords of a vault, with restic as the one who tries them. */
class VaultKeysTest {
  @TempDir Path temporary;

  private final FileLayer files = PosixFileLayer.create();
  private ResticProgram restic;
  private VaultRepository repository;
  private RepositoryKeys keys;

  @BeforeEach
  void vault() throws IOException {
    ResticProgram.assumeInstalled();
    restic = new ResticProgram(temporary, QuickVault.PASSWORD.getBytes(UTF_8));
    repository = open(QuickVault.PASSWORD);
    repository.create();
    keys = repository.keys().orElseThrow();
  }

  @AfterEach
  void close() throws IOException {
    repository.close();
  }

  private VaultRepository open(String password) {
    return new VaultRepository(
        new TestVault(files, FilePath.of(restic.repository()), password),
        files,
        Scene.CLOCK,
        FilePath.of(temporary.resolve("state")));
  }

  private boolean opens(String password) throws Exception {
    Path file = Files.writeString(temporary.resolve("tried"), password);
    return restic.succeeds("--password-file", file.toString(), "cat", "config");
  }

  @Test
  void resticOpensWithAnAddedPasswordAndNotWithARemovedOne() throws Exception {
    String added = keys.add("another".getBytes(UTF_8));

    assertThat(opens("another")).isTrue();
    assertThat(opens(QuickVault.PASSWORD)).isTrue();
    assertThat(keys.list())
        .hasSize(2)
        .anySatisfy(key -> {
          assertThat(key.id()).isEqualTo(added);
          assertThat(key.current()).isFalse();
          assertThat(key.username()).isEqualTo("user");
          assertThat(key.created()).contains(Scene.CLOCK.instant());
        });

    assertThat(keys.remove(added.substring(0, 12))).isEqualTo(added);

    assertThat(opens("another")).isFalse();
    assertThat(opens(QuickVault.PASSWORD)).isTrue();
  }

  @Test
  void aPasswordThatWasAddedByResticOpensAndIsListed() throws Exception {
    Path added = Files.writeString(temporary.resolve("added"), "by restic");
    restic.run("key", "add", "--new-password-file", added.toString());

    try (var other = open("by restic")) {
      var seen = other.keys().orElseThrow().list();
      assertThat(seen).hasSize(2);
      RepositoryKeys.Key first =
          seen.stream().filter(key -> !key.current()).findFirst().orElseThrow();
      // The key in use is another here, so that this one may go.
      other.keys().orElseThrow().remove(first.id());
    }
    assertThat(opens(QuickVault.PASSWORD)).isFalse();
    assertThat(opens("by restic")).isTrue();
  }

  @Test
  void changingPutsOneInThePlaceOfTheOther() throws Exception {
    keys.change("changed".getBytes(UTF_8));

    assertThat(opens(QuickVault.PASSWORD)).isFalse();
    assertThat(opens("changed")).isTrue();
    assertThat(keys.list()).singleElement().matches(RepositoryKeys.Key::current);
    // The vault that is open goes on, and knows which key is in use.
    keys.change("once more".getBytes(UTF_8));
    assertThat(opens("once more")).isTrue();
    restic.run("--password-file", temporary.resolve("tried").toString(), "check");
  }

  @Test
  void neitherTheLastNorTheOneInUseIsRemoved() throws IOException {
    String only = keys.list().getFirst().id();
    assertThatThrownBy(() -> keys.remove(only))
        .isInstanceOf(HoldfastException.class)
        .hasMessageContaining("the only one");
    keys.add("another".getBytes(UTF_8));
    assertThatThrownBy(() -> keys.remove(only))
        .isInstanceOf(HoldfastException.class)
        .hasMessageContaining("the one in use");
    assertThatThrownBy(() -> keys.remove(""))
        .isInstanceOf(HoldfastException.class)
        .hasMessageContaining("no key");
    assertThatThrownBy(() -> keys.add(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    assertThat(keys.list()).hasSize(2);
  }
}
