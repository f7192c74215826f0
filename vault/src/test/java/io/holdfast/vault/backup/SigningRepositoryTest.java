package io.holdfast.vault.backup;

import static io.holdfast.vault.backup.Copying.ALPHA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.signature.ManifestSignature;
import io.holdfast.engine.repository.signature.SignatureCheck;
import io.holdfast.engine.repository.signature.SigningRepository;
import io.holdfast.engine.repository.signature.VerifyingKey;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.vault.backup.Copying.Kind;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signed backups, and what a look at them tells after somebody was at the repository. */
class SigningRepositoryTest {
  @TempDir Path temporary;

  private final FileLayer files = PosixFileLayer.create();
  private Path keyFile;
  private VerifyingKey publicKey;

  /** Ways to store a backup. */
  private enum Store {
    PLAIN(Kind.DIRECTORY, Compression.NONE),
    ARCHIVE(Kind.DIRECTORY, Compression.ZSTD),
    VAULT(Kind.VAULT, Compression.ZSTD);

    private final Kind kind;
    private final Compression compression;

    Store(Kind kind, Compression compression) {
      this.kind = kind;
      this.compression = compression;
    }
  }

  @BeforeEach
  void key() throws Exception {
    keyFile = temporary.resolve("signing.pem");
    publicKey = newKey(keyFile);
  }

  private static VerifyingKey newKey(Path file) throws IOException, GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.writeString(file, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    return VerifyingKey.parse(pem("PUBLIC KEY", pair.getPublic().getEncoded()), "test");
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private Repository inner(Store store) {
    return store.kind.at(files, FilePath.of(temporary.resolve("repository")));
  }

  private Repository signing(Repository inner) {
    return new SigningRepository(
        inner,
        java.util.Optional.empty(),
        files,
        FilePath.of(temporary.resolve("state")),
        FilePath.of(keyFile),
        Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC),
        new SecureRandom());
  }

  private static RunId run(int sequence) {
    return Copying.start(sequence, Compression.NONE).run();
  }

  private static void publish(Repository repository, Store store, int... sequences)
      throws IOException {
    repository.create();
    repository.prepare();
    for (int sequence : sequences) {
      Copying.publish(
          repository,
          Copying.start(sequence, store.compression),
          Map.of(
              ALPHA,
              sink -> sink.file("data", new BytesContent(("backup " + sequence).getBytes(UTF_8)))));
    }
  }

  private SignatureCheck.Report check(Repository repository) throws IOException {
    return check(repository, 0);
  }

  private SignatureCheck.Report check(Repository repository, long atLeast) throws IOException {
    return new SignatureCheck(repository, publicKey).execute(atLeast, new Cancellation());
  }

  private static List<String> told(SignatureCheck.Report report) {
    return report.problems().stream()
        .map(p -> p.run().map(r -> r.sequence() + ": ").orElse("") + p.message())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  @DisplayName("every backup is signed, and all of them verify and are sound")
  void clean(Store store) throws IOException {
    try (Repository repository = signing(inner(store))) {
      publish(repository, store, 1, 2, 3);

      SignatureCheck.Report report = check(repository, 3);
      assertThat(told(report)).isEmpty();
      assertThat(report.signed()).isEqualTo(3);
      assertThat(report.newest().map(ManifestSignature::number)).contains(3L);
      assertThat(repository.checkStructure(new Cancellation())).isEmpty();
      assertThat(Copying.problems(repository, run(2))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  @DisplayName("one that somebody removed is missing, with the public key alone and by the ledger")
  void removed(Store store) throws IOException {
    Repository inner = inner(store);
    try (Repository repository = signing(inner)) {
      publish(repository, store, 1, 2, 3);
      inner.delete(run(2));

      assertThat(told(check(inner))).singleElement().asString().startsWith("2: is gone");
      assertThat(repository.checkStructure(new Cancellation()))
          .extracting(RepositoryProblem::message)
          .singleElement()
          .asString()
          .contains("is gone without Holdfast having removed it");
      publish(repository, store, 4);
      // It does not become forgotten.
      assertThat(told(check(inner))).singleElement().asString().startsWith("2: is gone");
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  @DisplayName("one that Holdfast deleted shows until the next signature, which no longer lists it")
  void deleted(Store store) throws IOException {
    try (Repository repository = signing(inner(store))) {
      publish(repository, store, 1, 2, 3);
      repository.delete(run(1));

      assertThat(told(check(repository))).hasSize(1);
      assertThat(repository.checkStructure(new Cancellation())).isEmpty();
      publish(repository, store, 4);
      assertThat(told(check(repository))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  @DisplayName("what retention was announced to remove is not missed")
  void announced(Store store) throws IOException {
    try (Repository repository = signing(inner(store))) {
      publish(repository, store, 1, 2);
      publish(repository.announcing(made -> List.of(run(1))), store, 3);
      assertThat(told(check(repository))).isEmpty();
      repository.delete(run(1));
      assertThat(told(check(repository))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  @DisplayName("unsigned, of another key, and older than signatures are told apart")
  void others(Store store) throws Exception {
    Repository inner = inner(store);
    try (Repository repository = signing(inner)) {
      publish(inner, store, 1);
      publish(repository, store, 2);
      publish(inner, store, 3);
      publish(repository, store, 4);
      Path mine = keyFile;
      keyFile = temporary.resolve("other.pem");
      newKey(keyFile);
      publish(signing(inner), store, 5);
      keyFile = mine;
      publish(repository, store, 6);

      SignatureCheck.Report report = check(inner);
      assertThat(report.older()).isEqualTo(1);
      assertThat(told(report)).hasSize(2);
      assertThat(told(report).getFirst()).isEqualTo("3: is not signed");
      assertThat(told(report).getLast()).startsWith("5: is signed by another key");
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  @DisplayName("an older state is told by the number that was seen, and by the ledger")
  void rolledBack(Store store) throws IOException {
    Repository inner = inner(store);
    try (Repository repository = signing(inner)) {
      publish(repository, store, 1, 2, 3);
      inner.delete(run(3));

      assertThat(told(check(inner))).isEmpty();
      assertThat(told(check(inner, 3)))
          .singleElement()
          .asString()
          .contains("an older state was put back");
      assertThat(repository.checkStructure(new Cancellation())).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  @DisplayName(
      "a ledger that is lost, damaged or behind is made up for, and keeps nobody from a backup")
  void ledger(Store store) throws IOException {
    try (Repository repository = signing(inner(store))) {
      publish(repository, store, 1, 2);
      Path ledger = temporary.resolve("state/signatures");
      byte[] old = Files.readAllBytes(ledger);
      publish(repository, store, 3);
      Files.write(ledger, old);
      publish(repository, store, 4);
      assertThat(check(repository).newest().map(ManifestSignature::number)).contains(4L);
      assertThat(told(check(repository))).isEmpty();

      Files.delete(ledger);
      publish(repository, store, 5);
      assertThat(check(repository).newest().map(ManifestSignature::number)).contains(5L);
      assertThat(told(check(repository))).isEmpty();

      for (String damaged : List.of("", "noise", "one two three four\nfive")) {
        Files.writeString(ledger, damaged);
        repository.open(repository.list().getLast().runId()).close();
      }
      publish(repository, store, 6);
      assertThat(check(repository).newest().map(ManifestSignature::number)).contains(6L);
      assertThat(told(check(repository))).isEmpty();

      Files.delete(ledger);
      Files.createDirectory(ledger);
      repository.open(repository.list().getLast().runId()).close();
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  @DisplayName("a copy has the signatures of the original")
  void copied(Store store) throws IOException {
    try (Repository repository = signing(inner(store));
        Repository target = Kind.VAULT.at(files, FilePath.of(temporary.resolve("target")))) {
      publish(repository, store, 1, 2);
      target.create();
      target.prepare();
      assertThat(
              Copying.copy(repository, target, List.of(run(1), run(2)), RunMonitor.silent())
                  .isComplete())
          .isTrue();
      assertThat(check(target).signed()).isEqualTo(2);
      assertThat(told(check(target))).isEmpty();
    }
  }

  @Test
  @DisplayName("a manifest that was changed with its checksum, and exchanged signatures, are told")
  void changed() throws Exception {
    try (Repository repository = signing(inner(Store.PLAIN))) {
      publish(repository, Store.PLAIN, 1, 2, 3, 4);
      Path manifest = backup(1).resolve("manifest.json");
      String forged = Files.readString(manifest).replace("test-host", "evil-host");
      Files.writeString(manifest, forged);
      Files.writeString(
          manifest.resolveSibling("manifest.json.sha256"),
          HexFormat.of()
                  .formatHex(MessageDigest.getInstance("SHA-256").digest(forged.getBytes(UTF_8)))
              + "  manifest.json\n");
      Path two = backup(2).resolve("manifest.json.sig");
      Path three = backup(3).resolve("manifest.json.sig");
      Files.copy(three, two, StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(three, Files.readString(three).replace("number 3", "number 2"));

      assertThat(told(check(repository)))
          .containsExactly(
              "1: has a manifest that was changed after it was signed",
              "2: has the signature of another backup, " + run(3),
              "3: has a signature that was changed");
      Files.writeString(three, "nonsense");
      assertThat(told(check(repository))).anyMatch(t -> t.startsWith("3: has a signature that c"));
    }
  }

  @Test
  @DisplayName("a backup that was removed and is put back is told")
  void back() throws Exception {
    try (Repository repository = signing(inner(Store.PLAIN))) {
      publish(repository, Store.PLAIN, 1, 2);
      Path saved = temporary.resolve("saved");
      copyTree(backup(1), saved);
      Path place = backup(1);
      repository.delete(run(1));
      publish(repository, Store.PLAIN, 3);
      copyTree(saved, place);

      assertThat(told(check(repository))).singleElement().asString().contains("and is back");
    }
  }

  private Path backup(int sequence) {
    return temporary.resolve("repository/completed/" + run(sequence) + "_manual");
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  @Test
  @DisplayName("without its key a backup is not begun, and no error quotes what is in the file")
  void noKey() throws IOException {
    Files.writeString(keyFile, pem("PRIVATE KEY", "secret words".getBytes(UTF_8)));
    try (Repository repository = signing(inner(Store.PLAIN))) {
      assertThatThrownBy(() -> publish(repository, Store.PLAIN, 1))
          .isInstanceOf(HoldfastException.class)
          .hasMessageContaining("is no Ed25519 private key")
          .hasNoCause();
      Files.delete(keyFile);
      assertThatThrownBy(() -> publish(repository, Store.PLAIN, 1))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              e -> assertThat(e.guidance()).contains("not signed from then on", "--public-key"))
          .hasMessageContaining("the signing key cannot be read");
      assertThat(repository.list()).isEmpty();
    }
  }

  @Test
  @DisplayName("no method of a repository is left to its default")
  void handsOnEverything() {
    List<String> own =
        Arrays.stream(SigningRepository.class.getDeclaredMethods()).map(Method::getName).toList();

    assertThat(Arrays.stream(Repository.class.getMethods()).map(Method::getName)).isSubsetOf(own);
  }
}
