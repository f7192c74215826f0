package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.testkit.repository.RepositoryContract;
import io.holdfast.testkit.tree.TreeFixture;
import io.holdfast.testkit.tree.TreeSnapshot;
import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A vault in a directory, held to what every repository promises. */
class VaultRepositoryTest extends RepositoryContract {
  @Override
  protected Repository open(FilePath place) {
    return new VaultRepository(new TestVault(files, place), files, CLOCK, place.resolve(".state"));
  }

  @Override
  protected Compression compression() {
    return Compression.ZSTD;
  }

  @Test
  @Tag("P11")
  @DisplayName("P11: restic checks what Holdfast wrote, lists it, and restores it")
  void restic() throws Exception {
    ResticProgram.assumeInstalled();
    FilePath live = room().resolve("live");
    TreeFixture.make(files, live);
    publish(
        start(1),
        Map.of(
            ALPHA, sink -> tree(sink, "tree", live),
            BETA,
                sink -> {
                  sink.file("large", new BytesContent(noise(3, 20 << 20)));
                  sink.file("app.db", new BytesContent(database()));
                }));
    publish(start(2));

    var restic = new ResticProgram(Path.of(room().toString()), QuickVault.PASSWORD.getBytes(UTF_8));
    restic.run("check", "--read-data");
    assertThat(restic.run("snapshots")).contains("trigger:manual", "2 snapshots");
    Path restored = Path.of(room().resolve("restored").toString());
    restic.run(
        "restore", "latest", "--tag", "run:" + start(1).run(), "--target", restored.toString());

    assertThat(look(FilePath.of(restored.resolve("alpha/tree")))).isEqualTo(look(live));
    assertThat(Files.readAllBytes(restored.resolve("beta/large"))).isEqualTo(noise(3, 20 << 20));
    assertThat(Files.readAllBytes(restored.resolve("beta/app.db"))).isEqualTo(database());
    assertThat(restored.resolve("manifest.json")).exists();
  }

  /** Cut into pages, which restic has to put together again as it does with any chunks. */
  private static byte[] database() {
    byte[] bytes = noise(4, 3 << 20);
    System.arraycopy("SQLite format 3\0\20\0".getBytes(UTF_8), 0, bytes, 0, 18);
    return bytes;
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
