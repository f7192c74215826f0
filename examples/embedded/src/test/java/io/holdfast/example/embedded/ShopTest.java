package io.holdfast.example.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopTest {
  @TempDir Path dir;

  @Test
  void survivesItsMigration() throws Exception {
    var out = new ByteArrayOutputStream();
    new Shop(dir, new PrintStream(out, true, StandardCharsets.UTF_8)).run();
    assertThat(out.toString(StandardCharsets.UTF_8).replaceAll("[0-9a-f]{12}", "ID"))
        .isEqualTo(
            """
            open with 2 orders
            backup ID was made before the migration
            the migration went wrong: 0 orders
            the restore completed: 2 orders
            closed, after a last backup
            """);
    assertThat(dir.resolve("invoices/1.txt")).hasContent("1 anvil");
    try (var backups = Files.list(dir.resolve("backups/completed"))) {
      List<String> names =
          backups.map(path -> path.getFileName().toString().substring(23)).sorted().toList();
      assertThat(names).containsExactly("pre_migration", "pre_migration.tar.zst", "shutdown");
    }
  }
}
