package io.holdfast.vault.format.tree;

import io.holdfast.engine.file.AttributeName;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.Timestamp;
import io.holdfast.vault.format.json.JsonFields;
import io.holdfast.vault.format.json.JsonKeys;
import io.holdfast.vault.format.json.JsonReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a node. It has to have a name and a type; all else may lack, since other programs leave out
 * more than restic does. Not thread-safe.
 */
final class NodeReader {
  private static final JsonKeys KEYS =
      JsonKeys.of(
          "name",
          "type",
          "mode",
          "mtime",
          "atime",
          "ctime",
          "uid",
          "gid",
          "user",
          "group",
          "inode",
          "device_id",
          "size",
          "links",
          "linktarget",
          "linktarget_raw",
          "extended_attributes",
          "generic_attributes",
          "device",
          "content",
          "subtree",
          "error");
  private static final JsonKeys ATTRIBUTE_KEYS = JsonKeys.of("name", "value");
  private static final long UINT64 = -1L;

  private final JsonReader json;
  private byte[] ids = new byte[8 * ContentId.LENGTH];

  NodeReader(JsonReader json) {
    this.json = json;
  }

  Node read() throws FormatException {
    JsonFields fields = json.fields(KEYS);
    NodeName name = null;
    NodeType type = null;
    Timestamp modified = Timestamp.ZERO;
    Timestamp accessed = Timestamp.ZERO;
    Timestamp changed = Timestamp.ZERO;
    long mode = 0;
    long uid = 0;
    long gid = 0;
    long inode = 0;
    long inodeDevice = 0;
    long links = 0;
    long size = 0;
    long device = 0;
    String user = "";
    String group = "";
    String error = "";
    LinkTarget text = null;
    LinkTarget raw = null;
    List<ExtendedAttribute> extended = List.of();
    List<GenericAttribute> generic = List.of();
    ContentIds content = null;
    ContentId subtree = null;
    for (String key = fields.next(); key != null; key = fields.next()) {
      switch (key) {
        case "name" ->
            name = json.parse((t, from, to) -> NodeName.owning(GoQuote.unquote(t, from, to)));
        case "type" -> type = json.parse(NodeType::parse);
        case "mode" -> mode = json.unsigned(Node.UINT32);
        case "mtime" -> modified = json.parse(Timestamp::parse);
        case "atime" -> accessed = json.parse(Timestamp::parse);
        case "ctime" -> changed = json.parse(Timestamp::parse);
        case "uid" -> uid = json.unsigned(Node.UINT32);
        case "gid" -> gid = json.unsigned(Node.UINT32);
        case "user" -> user = json.text();
        case "group" -> group = json.text();
        case "inode" -> inode = json.unsigned(UINT64);
        case "device_id" -> inodeDevice = json.unsigned(UINT64);
        case "size" -> size = json.unsigned(Long.MAX_VALUE);
        case "links" -> links = json.unsigned(UINT64);
        case "linktarget" -> text = LinkTarget.fromText(json.lossyBytes());
        case "linktarget_raw" -> raw = LinkTarget.of(json.base64());
        case "extended_attributes" -> extended = attributes();
        case "generic_attributes" -> generic = GenericAttributes.read(json);
        case "device" -> device = json.unsigned(UINT64);
        case "content" -> content = content();
        case "subtree" -> subtree = json.id();
        case "error" -> error = json.text();
        default -> throw new IllegalStateException(key);
      }
    }
    return new NodeBuilder(required(name, "name"), required(type, "type"))
        .mode(mode)
        .times(new Node.Times(modified, accessed, changed))
        .owner(new Node.Owner(uid, gid, user, group))
        .inode(new Node.Inode(inode, inodeDevice, links))
        .size(size)
        .linkTarget(raw != null ? raw : text)
        .extendedAttributes(extended)
        .genericAttributes(generic)
        .device(device)
        .content(content)
        .subtree(subtree)
        .error(error)
        .build();
  }

  private <T> T required(@Nullable T value, String key) throws FormatException {
    if (value == null) {
      throw json.wrong("a node without " + key + " ends");
    }
    return value;
  }

  private List<ExtendedAttribute> attributes() throws FormatException {
    var attributes = new ArrayList<ExtendedAttribute>();
    json.beginArray();
    while (json.nextElement()) {
      JsonFields fields = json.fields(ATTRIBUTE_KEYS);
      AttributeName name = null;
      byte[] value = null;
      for (String key = fields.next(); key != null; key = fields.next()) {
        if (key.equals("name")) {
          name = new AttributeName(json.lossyBytes());
        } else {
          value = json.base64();
        }
      }
      if (name == null) {
        throw json.wrong("an extended attribute without name ends");
      }
      attributes.add(new ExtendedAttribute(name, Optional.ofNullable(value)));
    }
    return attributes;
  }

  private ContentIds content() throws FormatException {
    int length = 0;
    json.beginArray();
    while (json.nextElement()) {
      if (length == ids.length) {
        ids = Arrays.copyOf(ids, Math.multiplyExact(2, ids.length));
      }
      json.id(ids, length);
      length += ContentId.LENGTH;
    }
    return ContentIds.owning(Arrays.copyOf(ids, length));
  }
}
