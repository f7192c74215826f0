package io.holdfast.vault.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.testkit.repository.RepositoryContract;
import io.holdfast.testkit.tree.TreeFixture;
import io.holdfast.testkit.tree.TreeSnapshot;
import io.holdfast.vault.backup.VaultRepositoryKind;
import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A vault in a bucket, named by its address alone, held to what every repository promises. */
class S3VaultRepositoryTest extends RepositoryContract {
  private static final String PASSWORD = "open sesame";

  private static ProxyStore store;

  @BeforeAll
  static void start() throws Exception {
    store = new ProxyStore();
  }

  @AfterAll
  static void stop() throws Exception {
    store.close();
  }

  @Override
  protected Repository open(FilePath place) {
    var variables = new HashMap<>(ProxyStore.environment());
    variables.put("HOLDFAST_PASSWORD", PASSWORD);
    var kind = new VaultRepositoryKind();
    String address = address(place);
    assertThat(kind.isAddress(address)).isTrue();
    SettingsDocument document =
        SettingsDocument.of("the test", kind.bareSettings(address, variables::get));
    Repository repository =
        kind.repository(
            document.settings(),
            new RepositoryContext(files, CLOCK, place.resolve(".state"), variables::get));
    document.done();
    return repository;
  }

  private static String address(FilePath place) {
    return store.url("vaults" + place);
  }

  @Override
  protected Compression compression() {
    return Compression.ZSTD;
  }

  private ResticProgram restic() throws IOException {
    return new ResticProgram(
        Path.of(room().toString()),
        PASSWORD.getBytes(UTF_8),
        address(place()),
        ProxyStore.environment());
  }

  @Test
  @Tag("P11")
  @DisplayName("P11: restic checks what Holdfast wrote into a bucket, lists it, and restores it")
  void resticReads() throws Exception {
    ResticProgram.assumeInstalled();
    FilePath live = room().resolve("live");
    TreeFixture.make(files, live);
    publish(
        start(1),
        Map.of(
            ALPHA, sink -> tree(sink, "tree", live),
            BETA, sink -> sink.file("large", new BytesContent(noise(3, 20 << 20)))));
    publish(start(2));

    ResticProgram restic = restic();
    restic.run("check", "--read-data");
    assertThat(restic.run("snapshots")).contains("trigger:manual", "2 snapshots");
    Path restored = Path.of(room().resolve("restored").toString());
    restic.run(
        "restore", "latest", "--tag", "run:" + start(1).run(), "--target", restored.toString());

    assertThat(look(FilePath.of(restored.resolve("alpha/tree")))).isEqualTo(look(live));
    assertThat(Files.readAllBytes(restored.resolve("beta/large"))).isEqualTo(noise(3, 20 << 20));
  }

  @Test
  @Tag("P11")
  @DisplayName("what restic made in a bucket, pruned and added to, Holdfast goes on with")
  void resticWrites() throws Exception {
    ResticProgram.assumeInstalled();
    ResticProgram restic = restic();
    Path source = Files.createDirectories(Path.of(room().resolve("source").toString()));
    Files.write(source.resolve("data"), noise(5, 3 << 20));
    publish(start(1));
    publish(start(2));
    restic.run("backup", source.toString());
    restic.run(
        "forget", "--tag", "run:" + start(1).run(), "--keep-last", "0", "--keep-tag", "none");
    restic.run("prune");
    publish(start(3));

    try (Repository again = open(place())) {
      assertThat(again.list()).isNotEmpty();
      assertThat(again.checkStructure(new Cancellation())).isEmpty();
      assertThat(again.index().runs()).containsExactly(start(3).run(), start(2).run());
    }
    restic.run("check", "--read-data");
  }

  /** All but what restic 0.14 cannot: holes, and targets of links that are no text. */
  private TreeSnapshot look(FilePath root) throws IOException {
    return TreeSnapshot.of(
        files,
        root,
        path ->
            !path.toString().startsWith("sparse/") && !path.toString().equals("links/not-text"));
  }
}
