package io.holdfast.vault.format.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.engine.file.AttributeName;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeFieldsTest {
  private static final ContentId ID = ContentId.of(new byte[] {1});
  private static final ContentId OTHER = ContentId.of(new byte[] {2});
  private static final String TIMES =
      "\"mtime\":\"0001-01-01T00:00:00Z\",\"atime\":\"0001-01-01T00:00:00Z\","
          + "\"ctime\":\"0001-01-01T00:00:00Z\",\"uid\":0,\"gid\":0";

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
  @DisplayName("A node with everything is written in restic's order, and comes back")
  void everything() throws Exception {
    Node node =
        node("ü\u00a0\"\\<", NodeType.FILE)
            .mode(GoMode.of(NodeType.FILE, 04755))
            .times(
                new Node.Times(
                    new Timestamp(1, 100_000_000, 60),
                    new Timestamp(2, 0, 0),
                    new Timestamp(-1, 1, -60)))
            .owner(new Node.Owner(4_294_967_295L, 7, "ö", "g\u0001"))
            .inode(new Node.Inode(-1, -2, -3))
            .size(Long.MAX_VALUE)
            .linkTarget(LinkTarget.of(new byte[] {'a', -1, '&'}))
            .extendedAttributes(
                List.of(
                    new ExtendedAttribute(
                        new AttributeName(utf8("user.b")), Optional.of(new byte[] {-1, 0})),
                    new ExtendedAttribute(new AttributeName(utf8("user.a")), Optional.empty()),
                    new ExtendedAttribute(
                        new AttributeName(utf8("user.c")), Optional.of(new byte[0]))))
            .genericAttributes(
                List.of(
                    new GenericAttribute("a<", utf8("{\"x\":[1,\"\\u003c\"]}")),
                    new GenericAttribute("windows.file_attributes", utf8("32"))))
            .device(-4)
            .content(ContentIds.of(List.of(ID, OTHER)))
            .subtree(OTHER)
            .error("bad")
            .build();
    String json = written(node);
    assertThat(json)
        .isEqualTo(
            "{\"nodes\":[{\"name\":\"ü\\\\u00a0\\\\\\\"\\\\\\\\\\u003c\",\"type\":\"file\","
                + "\"mode\":8389101,\"mtime\":\"1970-01-01T01:00:01.1+01:00\","
                + "\"atime\":\"1970-01-01T00:00:02Z\","
                + "\"ctime\":\"1969-12-31T22:59:59.000000001-01:00\",\"uid\":4294967295,"
                + "\"gid\":7,\"user\":\"ö\",\"group\":\"g\\u0001\","
                + "\"inode\":18446744073709551615,\"device_id\":18446744073709551614,"
                + "\"size\":9223372036854775807,\"links\":18446744073709551613,"
                + "\"linktarget\":\"a\\ufffd\\u0026\",\"linktarget_raw\":\"Yf8m\","
                + "\"extended_attributes\":[{\"name\":\"user.b\",\"value\":\"/wA=\"},"
                + "{\"name\":\"user.a\",\"value\":null},{\"name\":\"user.c\",\"value\":\"\"}],"
                + "\"generic_attributes\":{\"a\\u003c\":{\"x\":[1,\"\\u003c\"]},"
                + "\"windows.file_attributes\":32},\"device\":18446744073709551612,"
                + "\"content\":[\""
                + ID
                + "\",\""
                + OTHER
                + "\"],\"subtree\":\""
                + OTHER
                + "\",\"error\":\"bad\"}]}\n");
    assertThat(read(json)).containsExactly(node);
  }

  @Test
  @DisplayName("A node with nothing has its name, type, times, owner and no content")
  void nothing() throws Exception {
    Node node = node("a", NodeType.DIRECTORY).build();
    String json =
        "{\"nodes\":[{\"name\":\"a\",\"type\":\"dir\"," + TIMES + ",\"content\":null}]}\n";
    assertThat(written(node)).isEqualTo(json);
    assertThat(read(json)).containsExactly(node);
    assertThat(read("{\"nodes\":[{\"type\":\"dir\",\"name\":\"a\"}]}")).containsExactly(node);
  }

  @Test
  @DisplayName("All types are read, and others refused")
  void types() throws Exception {
    for (NodeType type : NodeType.values()) {
      assertThat(read(written(node("a", type).build())).getFirst().type()).isEqualTo(type);
    }
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> read("{\"nodes\":[{\"name\":\"a\",\"type\":\"door\"}]}"))
        .withMessageContaining("there is no node of type \"door\"");
  }

  @ParameterizedTest
  @DisplayName("A malformed field is refused")
  @ValueSource(
      strings = {
        "\"mode\":4294967296",
        "\"mode\":-1",
        "\"mode\":\"420\"",
        "\"uid\":4294967296",
        "\"gid\":1.5",
        "\"size\":9223372036854775808",
        "\"inode\":18446744073709551616",
        "\"mtime\":0",
        "\"atime\":\"\"",
        "\"ctime\":\"10000-01-01T00:00:00Z\"",
        "\"user\":7",
        "\"linktarget\":[]",
        "\"linktarget_raw\":\"*\"",
        "\"extended_attributes\":{}",
        "\"extended_attributes\":[null]",
        "\"extended_attributes\":[{}]",
        "\"extended_attributes\":[{\"value\":\"\"}]",
        "\"extended_attributes\":[{\"name\":\"a\",\"value\":\"*\"}]",
        "\"extended_attributes\":[{\"name\":\"a\",\"name\":\"a\"}]",
        "\"generic_attributes\":[]",
        "\"generic_attributes\":{\"a\":}",
        "\"generic_attributes\":{\"a\":1,\"\\u0061\":1}",
        "\"content\":{}",
        "\"content\":[null]",
        "\"content\":[\"12\"]",
        "\"subtree\":\"12\"",
        "\"error\":1",
      })
  void malformedField(String field) {
    assertThatExceptionOfType(FormatException.class).isThrownBy(() -> only(field));
  }

  @Test
  @DisplayName("A target that an old restic has damaged is known as such, and written as it was")
  void damagedTarget() throws Exception {
    String old =
        "{\"nodes\":[{\"name\":\"a\",\"type\":\"symlink\","
            + TIMES
            + ",\"linktarget\":\"x\\ufffdy\ufffd\",\"content\":null}]}\n";
    Node node = read(old).getFirst();
    LinkTarget target = node.linkTarget().orElseThrow();
    assertThat(target.isDamaged()).isTrue();
    assertThat(target.toBytes()).isEqualTo(utf8("x\ufffdy\ufffd"));
    assertThat(written(node)).isEqualTo(old);
    LinkTarget whole = only("\"linktarget\":\"x\ufffd\"").linkTarget().orElseThrow();
    assertThat(whole.isDamaged()).isFalse();
    assertThat(whole.toBytes()).isEqualTo(utf8("x\ufffd"));
  }

  @Test
  @DisplayName("The raw target counts, wherever it stands")
  void rawTarget() throws Exception {
    for (String json :
        List.of(
            "\"linktarget\":\"x\\ufffd\",\"linktarget_raw\":\"eP8=\"",
            "\"linktarget_raw\":\"eP8=\",\"linktarget\":\"x\\ufffd\"",
            "\"linktarget_raw\":\"eP8=\"")) {
      LinkTarget target = only(json).linkTarget().orElseThrow();
      assertThat(target.toBytes()).containsExactly('x', 0xff);
      assertThat(target.isDamaged()).isFalse();
    }
  }

  @Test
  @DisplayName("Generic attributes are kept as Go keeps them: compact, in order, escaped")
  void genericAttributes() throws Exception {
    Node node =
        only("\"generic_attributes\":{ \"b\" : { \"y\" : \"<\" } , \"a\" : [ 1.50 , null ] }");
    assertThat(node.genericAttributes())
        .containsExactly(
            new GenericAttribute("a", utf8("[1.50,null]")),
            new GenericAttribute("b", utf8("{\"y\":\"\\u003c\"}")));
    assertThat(only("\"generic_attributes\":{\"a\":null}").genericAttributes())
        .containsExactly(new GenericAttribute("a", utf8("null")));
  }
}
