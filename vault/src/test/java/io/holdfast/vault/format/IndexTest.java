package io.holdfast.vault.format;

import static io.holdfast.vault.format.Documents.id;
import static io.holdfast.vault.format.Documents.text;
import static io.holdfast.vault.format.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.holdfast.vault.ContentId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexTest {
  /** Writes down what is reported. */
  private static final class Notes implements IndexVisitor {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void supersedes(ContentId index) {
      lines.add("supersedes " + index.brief());
    }

    @Override
    public void pack(ContentId pack) {
      lines.add("pack " + pack.brief());
    }

    @Override
    public void blob(
        ContentId pack, byte[] id, BlobType type, long offset, long length, long uncompressed) {
      lines.add(
          pack.brief()
              + " "
              + ContentId.fromBytes(id, 0).brief()
              + " "
              + type.word()
              + " "
              + offset
              + " "
              + length
              + " "
              + uncompressed);
    }
  }

  private static List<String> read(String json) throws FormatException {
    var notes = new Notes();
    IndexReader.read(utf8(json), "index 1", notes);
    return notes.lines;
  }

  private static String blob(int number, String rest) {
    return "{\"id\":\"" + id(number) + "\"," + rest + "}";
  }

  @Test
  @DisplayName("An index is written as restic writes it, and comes back")
  void roundTrip() throws Exception {
    String json = text(Documents.index());
    assertThat(json)
        .isEqualTo(
            "{\"packs\":[{\"id\":\""
                + id(10)
                + "\",\"blobs\":["
                + blob(11, "\"type\":\"data\",\"offset\":0,\"length\":38")
                + ","
                + blob(
                    12,
                    "\"type\":\"tree\",\"offset\":38,\"length\":112,\"uncompressed_length\":511")
                + "]},{\"id\":\""
                + id(20)
                + "\",\"blobs\":["
                + blob(
                    21,
                    "\"type\":\"tree\",\"offset\":0,\"length\":4294967295,"
                        + "\"uncompressed_length\":4294967295")
                + "]}]}\n");
    assertThat(read(json))
        .containsExactly(
            "pack " + id(10).brief(),
            id(10).brief() + " " + id(11).brief() + " data 0 38 0",
            id(10).brief() + " " + id(12).brief() + " tree 38 112 511",
            "pack " + id(20).brief(),
            id(20).brief() + " " + id(21).brief() + " tree 0 4294967295 4294967295");
  }

  @Test
  @DisplayName("An index of nothing has no packs")
  void empty() throws Exception {
    assertThat(text(new IndexWriter().finish())).isEqualTo("{\"packs\":[]}\n");
    assertThat(read("{\"packs\":[]}\n")).isEmpty();
    assertThat(read("{\"packs\":null}")).isEmpty();
    assertThat(read("{}")).isEmpty();
  }

  @Test
  @DisplayName("Blobs before the pack's id, superseded indexes and other keys are read too")
  void otherOrder() throws Exception {
    assertThat(
            read(
                "{\"new\":{},\"supersedes\":[\""
                    + id(1)
                    + "\"],\"packs\":[{\"blobs\":[{\"length\":40,\"uncompressed_length\":null,"
                    + "\"type\":\"data\",\"x\":[],\"offset\":7,\"id\":\""
                    + id(11)
                    + "\"}],\"x\":1,\"id\":\""
                    + id(10)
                    + "\"},{\"id\":\""
                    + id(20)
                    + "\"}]}"))
        .containsExactly(
            "supersedes " + id(1).brief(),
            "pack " + id(10).brief(),
            id(10).brief() + " " + id(11).brief() + " data 7 40 0",
            "pack " + id(20).brief());
  }

  @Test
  @DisplayName("The oldest form, an array of packs, is read")
  void oldForm() throws Exception {
    assertThat(
            read(
                "[{\"id\":\""
                    + id(10)
                    + "\",\"blobs\":["
                    + blob(11, "\"type\":\"tree\",\"offset\":1,\"length\":32")
                    + "]}]"))
        .containsExactly(
            "pack " + id(10).brief(), id(10).brief() + " " + id(11).brief() + " tree 1 32 0");
  }

  @ParameterizedTest
  @DisplayName("A blob that cannot be is refused")
  @ValueSource(
      strings = {
        "\"type\":\"data\",\"offset\":0,\"length\":31",
        "\"type\":\"data\",\"offset\":0",
        "\"type\":\"data\",\"offset\":4294967295,\"length\":32",
        "\"type\":\"data\",\"offset\":0,\"length\":4294967296",
        "\"type\":\"data\",\"offset\":0,\"length\":40,\"uncompressed_length\":4294967296",
        "\"type\":\"data\",\"offset\":-1,\"length\":40",
        "\"type\":\"data\",\"offset\":\"0\",\"length\":40",
        "\"type\":\"date\",\"offset\":0,\"length\":40",
        "\"type\":\"treee\",\"offset\":0,\"length\":40",
        "\"type\":\"\",\"offset\":0,\"length\":40",
        "\"offset\":0,\"length\":40",
        "\"type\":\"data\",\"type\":\"tree\",\"offset\":0,\"length\":40",
      })
  void impossible(String rest) {
    String pack = "{\"packs\":[{\"id\":\"" + id(10) + "\",\"blobs\":[%s]}]}";
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> read(pack.formatted(blob(11, rest))))
        .withMessageStartingWith("index 1: ");
  }

  @Test
  @DisplayName("A pack without id, and a blob without id, are refused")
  void withoutId() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> read("{\"packs\":[{\"blobs\":[]}]}"))
        .withMessage("index 1: a pack without id ends at byte 22");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() ->
            read(
                "{\"packs\":[{\"id\":\""
                    + id(1)
                    + "\",\"blobs\":[{\"type\":\"data\",\"length\":40}]}]}"));
  }

  @Test
  @DisplayName("A writer refuses a blob without a pack, and one that cannot be; it counts")
  void writer() {
    var writer = new IndexWriter();
    var blob = new PackedBlob(id(1), BlobType.DATA, 0, 32, 0);
    assertThatIllegalStateException().isThrownBy(() -> writer.blob(blob));
    int before = writer.pack(id(2)).size();
    assertThat(writer.blob(blob).blobs()).isEqualTo(1);
    assertThat(writer.size()).isGreaterThan(before);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.blob(new byte[32], 0, BlobType.DATA, 0, 31, 0));
  }
}
