package io.holdfast.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaTest {
  /** A migration whose number the program does not know of would never be applied. */
  @Test
  void theProgramKnowsTheNumberOfTheNewestMigration() throws Exception {
    Path migrations = Path.of(Schema.class.getResource("/db/state").toURI());
    try (Stream<Path> files = Files.list(migrations)) {
      assertThat(files.map(file -> file.getFileName().toString().replaceFirst("__.*", "")))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, Schema.NEWEST).mapToObj(number -> "V" + number).toList());
    }
  }
}
