package io.holdfast.engine.manifest;

import io.avaje.json.JsonReader;
import io.avaje.json.stream.JsonStream;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.nio.charset.StandardCharsets;

/**
 * {@link Manifest} as JSON and back: keys in {@code snake_case} and always in the same order, times
 * in ISO-8601 UTC, lowercase words, indented, ending with a newline.
 *
 * <p>The first two keys are {@code format} and {@code format_version}, in every version that will
 * ever be, so that a reader knows what it has before it meets a key that it does not know. What is
 * optional and not there has no key. Reading is strict: a key that its version does not know, a key
 * twice, a missing one, a size that is not the sum of its parts are all errors. No state;
 * thread-safe.
 */
public final class ManifestCodec {
  /** The value of the key {@code format}. */
  public static final String FORMAT = "holdfast-backup";

  /** No manifest is larger: what claims to be is damaged, and is not read into memory. */
  public static final int MAX_BYTES = 64 << 20;

  private static final JsonStream JSON = JsonStream.builder().build();

  private ManifestCodec() {}

  /** The bytes of {@code manifest.json}. */
  public static byte[] encode(StoredManifest stored) {
    return ManifestWriter.write(stored);
  }

  /**
   * Reads the bytes of {@code manifest.json}.
   *
   * @param origin where they come from, for messages
   * @throws HoldfastException {@code FORMAT_UNSUPPORTED} if a newer version wrote them, {@code
   *     MANIFEST_CORRUPT} if they cannot be read
   */
  public static StoredManifest decode(byte[] bytes, String origin) {
    if (bytes.length > MAX_BYTES) {
      throw corrupt(origin, "it has " + bytes.length + " bytes, more than any manifest", null);
    }
    try (JsonReader json = JSON.reader(bytes)) {
      long version = version(json);
      if (version > Manifest.FORMAT_VERSION) {
        throw unsupported(origin, version);
      }
      return new ManifestReader(json, version).manifest();
    } catch (HoldfastException known) {
      throw known;
    } catch (RuntimeException malformed) {
      // The library throws several kinds of its own; the records throw IllegalArgumentException.
      throw corrupt(origin, String.valueOf(malformed.getMessage()), malformed);
    }
  }

  /** Reads the first two keys; the reader then stands after them. */
  private static long version(JsonReader json) {
    json.beginObject();
    if (!json.hasNextField()
        || !json.nextField().equals("format")
        || !StrictJson.text(json).equals(FORMAT)) {
      throw new IllegalArgumentException("it does not begin with \"format\": \"" + FORMAT + "\"");
    }
    if (!json.hasNextField() || !json.nextField().equals("format_version")) {
      throw new IllegalArgumentException("its second key is not \"format_version\"");
    }
    long version = StrictJson.number(json);
    if (version < 1) {
      throw new IllegalArgumentException("there is no format version " + version);
    }
    return version;
  }

  static String type(Manifest manifest) {
    return manifest.isFull() ? "full" : "scoped";
  }

  /** The text as it comes back from JSON: half a surrogate pair cannot be written. */
  static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static HoldfastException unsupported(String origin, long version) {
    return new HoldfastException(
            ErrorCode.FORMAT_UNSUPPORTED,
            origin
                + " has format version "
                + version
                + ", and this version of Holdfast reads up to "
                + Manifest.FORMAT_VERSION,
            "Use the version of Holdfast that wrote it, or a newer one.")
        .with("format_version", Long.toString(version));
  }

  private static HoldfastException corrupt(
      String origin, String what, @org.jspecify.annotations.Nullable Throwable cause) {
    return new HoldfastException(
        ErrorCode.MANIFEST_CORRUPT,
        origin + " cannot be read: " + what,
        "Restore from another backup; look for damage with `holdfast repository check`.",
        cause);
  }
}
