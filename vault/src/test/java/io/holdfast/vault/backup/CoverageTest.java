package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.vault.ContentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {
  private static final ContentId ONE = ContentId.of("one".getBytes(UTF_8));
  private static final ContentId TWO = ContentId.of("two".getBytes(UTF_8));
  private static final ContentId GONE = ContentId.of("gone".getBytes(UTF_8));

  @TempDir Path temporary;

  private final FileLayer files = PosixFileLayer.create();

  @Test
  void remembersWhichCheckReadAPackLast() {
    Coverage coverage =
        Coverage.NONE
            .with(Set.of(ONE, GONE), List.of(ONE, TWO, GONE))
            .with(Set.of(TWO), List.of(ONE, TWO));

    assertThat(coverage.round(ONE)).isEqualTo(1);
    assertThat(coverage.round(TWO)).isEqualTo(2);
    assertThat(coverage.round(GONE)).isZero();
  }

  @Test
  void theFileKeepsItAndForgetsWhatIsDamagedOrOfAnotherVault() throws IOException {
    Path path = temporary.resolve("coverage");
    var file = new CoverageFile(files, FilePath.of(path), "vault");
    assertThat(file.read()).isEqualTo(Coverage.NONE);
    Coverage coverage = Coverage.NONE.with(Set.of(ONE, TWO), List.of(ONE, TWO));

    file.write(coverage);

    assertThat(file.read()).isEqualTo(coverage);
    assertThat(new CoverageFile(files, FilePath.of(path), "other").read()).isEqualTo(Coverage.NONE);
    Files.writeString(path, "holdfast-coverage 1 vault\n7 nonsense\n");
    assertThat(file.read()).isEqualTo(Coverage.NONE);
  }
}
