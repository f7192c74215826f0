package io.holdfast.server.setting;

import io.avaje.jsonb.Jsonb;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.server.document.JsonText;
import io.holdfast.server.state.SettingStore.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The file {@code settings.json} in the state directory: what is stored in the state database of
 * the settings, once more. It outlives that database, and commands on this machine read it, which
 * would else remove backups by rules that somebody has changed. One writer at a time.
 */
public final class SettingsFile {
  private static final String NAME = "settings.json";
  private static final int MOST_BYTES = 256 << 10;
  private static final int OWNER_ONLY = 0600;

  private final FileLayer files;
  private final FilePath path;

  /**
   * @param state the state directory
   */
  public SettingsFile(FileLayer files, FilePath state) {
    this.files = files;
    this.path = state.resolve(NAME);
  }

  /** Content that is on disk already and only needs its name. */
  interface Prepared {
    void commit() throws IOException;

    /** Removes it again, as far as that is possible. */
    void discard();
  }

  public FilePath path() {
    return path;
  }

  /**
   * What it holds; nothing if there is none.
   *
   * @throws IOException if it cannot be read or understood; the message names it
   */
  public Map<String, Stored> read() throws IOException {
    byte[] bytes;
    try {
      bytes = FileTrees.readAll(files, path, MOST_BYTES);
    } catch (FileLayerException e) {
      if (e.reason() == FileLayerException.Reason.NOT_FOUND) {
        return Map.of();
      }
      throw e;
    }
    StoredSettingsJson document;
    try {
      document =
          Jsonb.builder()
              .build()
              .type(StoredSettingsJson.class)
              .fromJson(new String(bytes, StandardCharsets.UTF_8));
      if (StoredSettingsJson.SCHEMA.equals(document.schema()) && document.isWhole()) {
        return document.stored();
      }
    } catch (RuntimeException damaged) {
      throw new IOException(path + " is damaged", damaged);
    }
    throw new IOException(
        path
            + (StoredSettingsJson.SCHEMA.equals(document.schema())
                ? " is damaged"
                : " is of a form that this version does not know"));
  }

  /** Writes all but the name, so that what can fail has not failed when it is committed. */
  Prepared prepare(Map<String, Stored> stored) throws IOException {
    FilePath next = path.withSuffix(".next");
    remove(next);
    byte[] bytes =
        (JsonText.of(StoredSettingsJson.of(stored)) + "\n").getBytes(StandardCharsets.UTF_8);
    FileTrees.writeNew(files, next, bytes, OWNER_ONLY);
    return new Prepared() {
      @Override
      public void commit() throws IOException {
        files.rename(next, path);
        files.sync(path.parent());
      }

      @Override
      public void discard() {
        try {
          remove(next);
        } catch (IOException left) {
          // The next one that is prepared takes its place.
        }
      }
    };
  }

  void write(Map<String, Stored> stored) throws IOException {
    prepare(stored).commit();
  }

  private void remove(FilePath file) throws IOException {
    try {
      files.delete(file);
    } catch (FileLayerException e) {
      if (e.reason() != FileLayerException.Reason.NOT_FOUND) {
        throw e;
      }
    }
  }
}
