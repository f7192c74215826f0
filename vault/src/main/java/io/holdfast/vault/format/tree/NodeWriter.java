package io.holdfast.vault.format.tree;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.json.JsonWriter;
import io.holdfast.vault.format.json.Utf8;
import java.util.Optional;

/**
 * Writes a node as restic does: keys in the order of its structure; all are left out whose value is
 * empty or 0, but for the name, the type, the times, the owner's numbers and the content, which
 * always stand there.
 */
final class NodeWriter {
  private NodeWriter() {}

  static void write(JsonWriter json, Node node) {
    json.beginObject();
    json.name("name").text(GoQuote.quote(node.name().bytes()));
    json.name("type").plain(node.type().word());
    number(json, "mode", node.mode());
    json.name("mtime").time(node.times().modified());
    json.name("atime").time(node.times().accessed());
    json.name("ctime").time(node.times().changed());
    json.name("uid").number(node.owner().uid());
    json.name("gid").number(node.owner().gid());
    text(json, "user", node.owner().user());
    text(json, "group", node.owner().group());
    number(json, "inode", node.inode().number());
    number(json, "device_id", node.inode().device());
    number(json, "size", node.size());
    number(json, "links", node.inode().links());
    node.linkTarget().ifPresent(target -> linkTarget(json, target));
    extendedAttributes(json, node);
    if (!node.genericAttributes().isEmpty()) {
      GenericAttributes.write(json.name("generic_attributes"), node.genericAttributes());
    }
    number(json, "device", node.device());
    content(json, node.content());
    node.subtree().ifPresent(id -> json.name("subtree").id(id));
    text(json, "error", node.error());
    json.endObject();
  }

  private static void number(JsonWriter json, String name, long unsigned) {
    if (unsigned != 0) {
      json.name(name).unsigned(unsigned);
    }
  }

  private static void text(JsonWriter json, String name, String value) {
    if (!value.isEmpty()) {
      json.name(name).text(value);
    }
  }

  private static void linkTarget(JsonWriter json, LinkTarget target) {
    byte[] stored = target.stored();
    if (stored.length > 0) {
      json.name("linktarget").text(stored);
    }
    // The text has lost what is no UTF-8, so the bytes follow it; not if they were lost before.
    if (!target.isDamaged() && !Utf8.isValid(stored)) {
      json.name("linktarget_raw").base64(stored);
    }
  }

  private static void extendedAttributes(JsonWriter json, Node node) {
    if (node.extendedAttributes().isEmpty()) {
      return;
    }
    json.name("extended_attributes").beginArray();
    for (ExtendedAttribute attribute : node.extendedAttributes()) {
      json.beginObject().name("name").text(attribute.name().toBytes()).name("value");
      attribute.value().ifPresentOrElse(json::base64, json::none);
      json.endObject();
    }
    json.endArray();
  }

  private static void content(JsonWriter json, Optional<ContentIds> content) {
    json.name("content");
    if (content.isEmpty()) {
      json.none();
      return;
    }
    byte[] ids = content.get().bytes();
    json.beginArray();
    for (int at = 0; at < ids.length; at += ContentId.LENGTH) {
      json.hex(ids, at, ContentId.LENGTH);
    }
    json.endArray();
  }
}
