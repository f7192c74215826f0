package io.holdfast.vault.format;

import static io.holdfast.vault.format.Documents.id;
import static io.holdfast.vault.format.Documents.text;
import static io.holdfast.vault.format.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotCodecTest {
  @Test
  @DisplayName("A snapshot with everything is written in restic's order, and comes back")
  void full() throws Exception {
    byte[] json = SnapshotCodec.encode(Documents.full());
    assertThat(text(json))
        .isEqualTo(
            "{\"time\":\"2014-12-22T14:47:59.912418701+01:00\",\"parent\":\""
                + id(1)
                + "\",\"tree\":\""
                + id(2)
                + "\",\"paths\":[\"/srv/a\\u003cb\\u003e\","
                + "\"/with \\\"quotes\\\" \\\\ and é\"],\"hostname\":\"höst\","
                + "\"username\":\"us\\u0026er\",\"uid\":1000,\"gid\":4294967295,"
                + "\"excludes\":[\"*.tmp\"],\"tags\":[\"run=1\",\"NL\"],\"original\":\""
                + id(3)
                + "\",\"program_version\":\"holdfast 0.1.0\",\"summary\":{"
                + "\"backup_start\":\"2014-12-22T14:47:59.912418701+01:00\","
                + "\"backup_end\":\"2020-09-13T12:26:40Z\",\"files_new\":1,\"files_changed\":2,"
                + "\"files_unmodified\":3,\"dirs_new\":4,\"dirs_changed\":5,\"dirs_unmodified\":6,"
                + "\"data_blobs\":7,\"tree_blobs\":8,\"data_added\":9,\"data_added_packed\":10,"
                + "\"total_files_processed\":11,\"total_bytes_processed\":12}}");
    assertThat(SnapshotCodec.decode(json, "snapshot 1")).isEqualTo(Documents.full());
  }

  @Test
  @DisplayName("What is empty or 0 is left out, but for the paths")
  void small() throws Exception {
    byte[] json = SnapshotCodec.encode(Documents.small());
    assertThat(text(json))
        .isEqualTo("{\"time\":\"2020-09-13T12:26:40Z\",\"tree\":\"" + id(2) + "\",\"paths\":[]}");
    assertThat(SnapshotCodec.decode(json, "snapshot 1")).isEqualTo(Documents.small());
  }

  @Test
  @DisplayName("Keys that others add are passed over, and null is nothing")
  void lenient() throws Exception {
    var snapshot =
        SnapshotCodec.decode(
            utf8(
                "{\"label\":\"x\",\"delete\":{\"never\":[]},\"tags\":null,\"parent\":null,"
                    + "\"summary\":{\"command\":\"y\",\"files_new\":1,\"backup_duration\":0.25},"
                    + "\"tree\":\""
                    + id(2)
                    + "\",\"paths\":[\"a\"],\"time\":\"2020-09-13T12:26:40Z\"}"),
            "snapshot 1");
    assertThat(snapshot.paths()).isEqualTo(List.of("a"));
    assertThat(snapshot.tags()).isEmpty();
    assertThat(snapshot.parent()).isEmpty();
    assertThat(snapshot.summary().orElseThrow().filesNew()).isEqualTo(1);
    assertThat(snapshot.summary().orElseThrow().backupStart()).isEqualTo(Timestamp.ZERO);
  }

  @ParameterizedTest
  @DisplayName("What is malformed is refused, with what and where")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                | it has no time",
        "{\"time\":\"2020-09-13T12:26:40Z\"} | it has no tree",
        "{\"time\":\"yesterday\"}          | a time is not in the form of RFC 3339, in the text"
            + " after byte 8",
        "{\"time\":7}                      | a text was expected at byte 8",
        "{\"tags\":\"x\"}                  | an array was expected at byte 8",
        "{\"tags\":[null]}                 | a text was expected at byte 9",
        "{\"uid\":4294967296}              | a number is larger than 4294967295 at byte 7",
        "{\"uid\":-1}                      | a whole number was expected at byte 7",
        "{\"tree\":\"12\"}                 | 64 lowercase hex digits were expected at byte 12",
        "{\"uid\":1                        | a comma or } was expected at its end",
        "7                                 | an object was expected at byte 0",
      })
  void malformed(String json, String message) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> SnapshotCodec.decode(utf8(json), "snapshot 0a1b"))
        .withMessage("snapshot 0a1b: " + message);
  }
}
