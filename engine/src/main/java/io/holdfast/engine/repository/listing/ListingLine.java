package io.holdfast.engine.repository.listing;

import io.avaje.json.JsonReader;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.manifest.StrictJson;
import io.holdfast.engine.repository.transfer.Extents;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One line of a listing, read strictly: every key that its type has, and no other. */
final class ListingLine {
  private final JsonReader json;
  private final Map<String, Object> values = new HashMap<>(32);

  ListingLine(JsonReader json) {
    this.json = json;
  }

  ListedEntry read() {
    StrictJson.object(json, this::field);
    String type = text("type");
    TreePath path = TreePath.ofBytes(bytes("path"));
    var metadata =
        new Metadata(
            mode(text("mode")),
            number("uid"),
            number("gid"),
            new FileTime(number("modified"), nanos(number("modified_nanos"))),
            attributes());
    ListedEntry listed =
        switch (type) {
          case ListingWords.FILE -> file(path, metadata);
          case ListingWords.DIRECTORY -> ListedEntry.of(new TreeEntry.Directory(path, metadata));
          case ListingWords.SYMLINK ->
              ListedEntry.of(new TreeEntry.Symlink(path, metadata, target()));
          case ListingWords.HARD_LINK ->
              ListedEntry.of(
                  new TreeEntry.HardLink(path, metadata, TreePath.ofBytes(bytes("original"))));
          default -> special(type, path, metadata);
        };
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("a " + type + " has no " + values.keySet());
    }
    return listed;
  }

  private boolean field(String key) {
    Object value =
        switch (key) {
          case "uid", "gid", "modified", "modified_nanos", "size", "device" ->
              (Object) StrictJson.number(json);
          case "type", "mode", "sha256" -> StrictJson.text(json);
          case "path", "target", "original" ->
              StrictJson.text(json).getBytes(StandardCharsets.UTF_8);
          case "path_base64", "target_base64", "original_base64" ->
              Base64.getDecoder().decode(StrictJson.text(json));
          case "data" -> StrictJson.array(json, this::extent);
          case "attributes" -> readAttributes();
          default -> null;
        };
    if (value == null) {
      return false;
    }
    String name = key.endsWith(ListingWords.BASE64) ? key.substring(0, key.length() - 7) : key;
    if (values.put(name, value) != null) {
      throw new IllegalArgumentException("\"" + name + "\" stands twice");
    }
    return true;
  }

  private ListedEntry file(TreePath path, Metadata metadata) {
    long size = number("size");
    String sha256 = text("sha256");
    if (sha256.length() != 64 || !sha256.chars().allMatch(ListingLine::isHexDigit)) {
      throw new IllegalArgumentException("not a SHA-256: " + sha256);
    }
    List<Extent> data = data();
    if (data == null) {
      return new ListedEntry(
          new TreeEntry.RegularFile(path, metadata, size, false), sha256, List.of());
    }
    var entry = new TreeEntry.RegularFile(path, metadata, size, true);
    if (!Extents.normal(data, size).equals(data) || Extents.isDense(data, size)) {
      throw new IllegalArgumentException("the data of a sparse file is not in normal form");
    }
    return new ListedEntry(entry, sha256, data);
  }

  private ListedEntry special(String type, TreePath path, Metadata metadata) {
    var fileType =
        ListingWords.special(type)
            .orElseThrow(() -> new IllegalArgumentException("unknown type \"" + type + "\""));
    long device = values.containsKey("device") ? number("device") : 0;
    return ListedEntry.of(new TreeEntry.Special(path, metadata, fileType, device));
  }

  private byte[] target() {
    byte[] target = bytes("target");
    if (target.length == 0) {
      throw new IllegalArgumentException("a symlink leads nowhere");
    }
    for (byte b : target) {
      if (b == 0) {
        throw new IllegalArgumentException("the target of a symlink holds a NUL byte");
      }
    }
    return target;
  }

  private Extent extent() {
    List<Long> pair = StrictJson.array(json, () -> StrictJson.number(json));
    if (pair.size() != 2) {
      throw new IllegalArgumentException("a piece of data is not [offset, length]");
    }
    return new Extent(pair.get(0), pair.get(1));
  }

  private Map<AttributeName, byte[]> readAttributes() {
    var attributes = new TreeMap<AttributeName, byte[]>();
    StrictJson.array(
        json,
        () -> {
          var pair = new HashMap<String, byte[]>();
          StrictJson.object(
              json,
              key ->
                  switch (key) {
                    case "name" ->
                        pair.put("name", StrictJson.text(json).getBytes(StandardCharsets.UTF_8))
                            == null;
                    case "name_base64" ->
                        pair.put("name", Base64.getDecoder().decode(StrictJson.text(json))) == null;
                    case "value" ->
                        pair.put("value", Base64.getDecoder().decode(StrictJson.text(json)))
                            == null;
                    default -> false;
                  });
          byte[] name = pair.get("name");
          byte[] value = pair.get("value");
          if (name == null || value == null || name.length == 0) {
            throw new IllegalArgumentException("an attribute lacks its name or value");
          }
          if (attributes.put(new AttributeName(name), value) != null) {
            throw new IllegalArgumentException("an attribute stands twice");
          }
          return true;
        });
    return attributes;
  }

  private static int mode(String octal) {
    int mode = octal.length() == 4 ? Integer.parseInt(octal, 8) : -1;
    if (mode < 0 || mode > 07777) {
      throw new IllegalArgumentException("not a mode of four octal digits: " + octal);
    }
    return mode;
  }

  private static int nanos(long nanos) {
    if (nanos < 0 || nanos > 999_999_999) {
      throw new IllegalArgumentException("nanoseconds out of range: " + nanos);
    }
    return (int) nanos;
  }

  private static boolean isHexDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private String text(String key) {
    return (String) required(key);
  }

  private long number(String key) {
    return (Long) required(key);
  }

  private byte[] bytes(String key) {
    return (byte[]) required(key);
  }

  @SuppressWarnings("unchecked") // field() puts nothing else under the key
  private @Nullable List<Extent> data() {
    return (List<Extent>) values.remove("data");
  }

  @SuppressWarnings("unchecked")
  private Map<AttributeName, byte[]> attributes() {
    Object attributes = values.remove("attributes");
    return attributes == null ? Map.of() : (Map<AttributeName, byte[]>) attributes;
  }

  private Object required(String key) {
    Object value = values.remove(key);
    if (value == null) {
      throw new IllegalArgumentException("key \"" + key + "\" is missing");
    }
    return value;
  }
}
