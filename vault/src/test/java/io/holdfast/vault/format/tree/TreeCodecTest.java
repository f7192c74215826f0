package io.holdfast.vault.format.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeCodecTest {
  private static final ContentId ID = ContentId.of(new byte[] {1});
  private static final ContentId OTHER = ContentId.of(new byte[] {2});

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static NodeBuilder node(String name, NodeType type) {
    return new NodeBuilder(NodeName.of(name), type);
  }

  private static String written(Node... nodes) {
    var tree = new TreeWriter(nodes.length);
    for (Node node : nodes) {
      tree.add(node);
    }
    return new String(tree.finish(), StandardCharsets.UTF_8);
  }

  private static List<Node> read(String json) throws FormatException {
    return TreeReader.readAll(utf8(json), "tree 1");
  }

  private static Node only(String fields) throws FormatException {
    return read("{\"nodes\":[{\"name\":\"a\",\"type\":\"file\"," + fields + "}]}").getFirst();
  }

  @Test
  @DisplayName("An empty directory, an empty file and a file without content are three things")
  void empty() throws Exception {
    assertThat(written()).isEqualTo("{\"nodes\":[]}\n");
    assertThat(read("{\"nodes\":[]}\n")).isEmpty();
    assertThat(read("{\"nodes\":null}")).isEmpty();
    assertThat(only("\"content\":[]").content()).contains(ContentIds.EMPTY);
    assertThat(only("\"content\":null").content()).isEmpty();
    assertThat(written(node("a", NodeType.FILE).content(ContentIds.EMPTY).build()))
        .contains("\"content\":[]");
  }

  @Test
  @DisplayName("Nodes are ordered by the bytes of their names, not of their quoted forms")
  void order() throws Exception {
    Node control = node("\u0001", NodeType.FILE).build();
    Node letter = node("a", NodeType.FILE).build();
    Node umlaut = node("ü", NodeType.FILE).build();
    Node binary = new NodeBuilder(NodeName.of(new byte[] {-1}), NodeType.FILE).build();
    assertThat(read(written(control, letter, umlaut, binary)))
        .containsExactly(control, letter, umlaut, binary);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> written(letter, letter))
        .withMessage("node \"a\" must not come after \"a\"");
    assertThatIllegalArgumentException().isThrownBy(() -> written(binary, umlaut));
    assertThatIllegalArgumentException().isThrownBy(() -> written(letter, control));
  }

  @ParameterizedTest
  @DisplayName("A tree whose nodes are not in order, or of one name, is refused")
  @CsvSource({"b, a", "a, a", "ab, a", "\\\\u00fc, \u00fb"})
  void disorder(String first, String second) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() ->
            read(
                "{\"nodes\":[{\"name\":\"%s\",\"type\":\"file\"},{\"name\":\"%s\",\"type\":\"file\"}]}"
                    .formatted(first, second)))
        .withMessageStartingWith("tree 1: node \"");
  }

  @ParameterizedTest
  @DisplayName("Names that lead elsewhere, and names that Go cannot read, are refused")
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "/",
        "a/b",
        "../x",
        "\\\\x2f",
        "\\\\u002e.",
        "\\\\x2e",
        "\\\\x00",
        "\\u0000",
        "a\\\\057b",
        "\\\\",
        "\\\\q",
        "\\\"",
        "\\n",
        "a\\\\x2fb"
      })
  void names(String name) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> read("{\"nodes\":[{\"name\":\"" + name + "\",\"type\":\"file\"}]}"))
        .withMessageMatching("tree 1: .*name.*");
  }

  @Test
  @DisplayName("Names that only look as if they led elsewhere are kept")
  void harmlessNames() throws Exception {
    for (String name : List.of("...", "..a", ".a", "\\", "a\\..\\b", "~", " ", "-rf", "\n")) {
      assertThat(read(written(node(name, NodeType.FILE).build())).getFirst().name())
          .isEqualTo(NodeName.of(name));
    }
  }

  @ParameterizedTest
  @DisplayName("Keys beside the nodes are passed over")
  @ValueSource(
      strings = {
        "{\"version\":{\"nodes\":[1]},\"nodes\":[{\"name\":\"a\",\"type\":\"dir\"}],\"z\":[]}",
        "{\"nodes\":[{\"name\":\"a\",\"type\":\"dir\",\"new\":{\"name\":\"b\"},\"Name\":7}]}",
        " {\n\"nodes\" : [ { \"type\" : \"dir\" , \"name\" : \"a\" } ] } \n",
      })
  void unknownKeys(String json) throws Exception {
    assertThat(read(json)).containsExactly(node("a", NodeType.DIRECTORY).build());
  }

  @ParameterizedTest
  @DisplayName("A malformed tree is refused")
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"nodes\":{}}",
        "{\"nodes\":[],\"nodes\":[]}",
        "{\"nodes\":null,\"nodes\":[]}",
        "{\"nodes\":[]}{}",
        "{\"nodes\":[],}",
        "{\"nodes\":[null]}",
        "{\"nodes\":[{}]}",
        "{\"nodes\":[{\"name\":\"a\"}]}",
        "{\"nodes\":[{\"type\":\"dir\"}]}",
        "{\"nodes\":[{\"name\":null,\"type\":\"dir\"}]}",
        "{\"nodes\":[{\"name\":\"a\",\"type\":\"dir\",\"name\":\"b\"}]}",
      })
  void malformedTree(String json) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> read(json))
        .withMessageStartingWith("tree 1: ");
  }

  @Test
  @DisplayName("After the end there is nothing more")
  void afterTheEnd() throws Exception {
    var reader = new TreeReader(utf8(written(node("a", NodeType.FILE).build())), "tree 1");
    assertThat(reader.next()).isNotNull();
    assertThat(reader.next()).isNull();
    assertThat(reader.next()).isNull();
    assertThat(new TreeWriter(0).add(node("a", NodeType.FILE).build()).count()).isEqualTo(1);
  }

  @Test
  @DisplayName("A list of ids is a list as any other")
  void contentIds() {
    var ids = ContentIds.of(List.of(ID, OTHER, ID));
    assertThat(ids).containsExactly(ID, OTHER, ID).isEqualTo(List.of(ID, OTHER, ID));
    assertThat(ids.hashCode()).isEqualTo(List.of(ID, OTHER, ID).hashCode());
    assertThat(ContentIds.of(List.of())).isSameAs(ContentIds.EMPTY);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> ids.get(3));
  }
}
