package io.holdfast.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.crypto.KeyFile.Origin;
import io.holdfast.vault.restic.ResticProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key files that restic wrote, and restic with key files that we wrote. */
class KeyFileResticTest {
  private static final ScryptParameters QUICK = new ScryptParameters(1024, 8, 1);

  @TempDir private Path directory;

  @BeforeEach
  void assumeRestic() {
    ResticProgram.assumeInstalled();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pässwörd 秘密 😀", "nul\0inside"})
  @DisplayName("its key opens here, ours opens there, and both hold the same master key")
  void bothWays(String text) throws Exception {
    byte[] password = text.getBytes(StandardCharsets.UTF_8);
    var restic = new ResticProgram(directory, password);
    restic.run("init");
    Path theirs = restic.onlyFile("keys");

    KeyFile file = KeyFile.parse(Files.readAllBytes(theirs));
    assertThat(file.scrypt().n()).isGreaterThanOrEqualTo(16384);
    assertThat(file.origin().created()).isPresent();
    MasterKey master = file.open(password).orElseThrow();
    assertThat(file.open("other".getBytes(StandardCharsets.UTF_8))).isEmpty();
    String masterKey = restic.run("cat", "masterkey");
    assertThat(MasterKey.fromJson(masterKey.getBytes(StandardCharsets.UTF_8)).toJson())
        .isEqualTo(master.toJson());
    String config = restic.run("cat", "config");
    byte[] sealed = Files.readAllBytes(restic.repository().resolve("config"));
    assertThat(new String(new Opener(master).open(sealed), StandardCharsets.UTF_8))
        .isEqualTo(config.replaceAll("\\s", ""));

    Files.delete(theirs);
    assertThat(restic.succeeds("cat", "config")).isFalse();
    write(restic, KeyFile.create(master, password, QUICK, origin(), new SecureRandom()));
    assertThat(restic.run("cat", "config")).isEqualTo(config);
    assertThat(restic.run("cat", "masterkey")).isEqualTo(masterKey);
    assertThat(restic.run("key", "list")).contains("fréd", "höst");
  }

  @Test
  @DisplayName("it takes a key of the parameters that new ones have, and a config that we sealed")
  void ours() throws Exception {
    byte[] password = "secret".getBytes(StandardCharsets.UTF_8);
    var restic = new ResticProgram(directory, password);
    restic.run("init");
    byte[] config = restic.run("cat", "config").getBytes(StandardCharsets.UTF_8);
    Files.delete(restic.onlyFile("keys"));
    var random = new SecureRandom();
    MasterKey master = MasterKey.random(random);
    write(restic, KeyFile.create(master, password, ScryptParameters.DEFAULT, origin(), random));
    assertThat(restic.succeeds("cat", "config")).as("sealed by another key").isFalse();
    Path place = restic.repository().resolve("config");
    Files.delete(place);
    Files.write(place, new Sealer(master, random).seal(config));
    assertThat(restic.run("cat", "config").getBytes(StandardCharsets.UTF_8)).isEqualTo(config);
    assertThat(restic.run("check")).contains("no errors");
  }

  private static Origin origin() {
    return new Origin("höst", "fréd", Instant.parse("2026-03-04T05:06:07.123456789Z"));
  }

  private static void write(ResticProgram restic, KeyFile file) throws Exception {
    byte[] json = file.toJson();
    Path keys = restic.repository().resolve("keys");
    Files.write(keys.resolve(ContentId.of(json).toString()), json);
  }
}
