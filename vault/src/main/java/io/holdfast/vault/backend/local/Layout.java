package io.holdfast.vault.backend.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.engine.file.FilePath;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Which file lies where: {@code config}, {@code keys/NAME} and so on, and {@code data/XX/NAME} for
 * packs, where XX is how NAME begins. Arithmetic of paths only; immutable.
 *
 * @param root the directory of the vault
 */
record Layout(FilePath root) {
  private static final int PACK_DIRECTORIES = 256;
  private static final int PREFIX = 2;

  FilePath file(FileId file) {
    return file.id().isEmpty()
        ? root.resolve(file.type().word())
        : holder(file).resolve(file.id().get().toString());
  }

  /** The directory that holds a file. */
  FilePath holder(FileId file) {
    return file.id().map(id -> holder(file.type(), id)).orElse(root);
  }

  private FilePath holder(FileType type, ContentId id) {
    FilePath directory = directory(type);
    return type == FileType.PACK
        ? directory.resolve(id.toString().substring(0, PREFIX))
        : directory;
  }

  /** The directory of a sort of files; of packs the one that holds their directories. */
  FilePath directory(FileType type) {
    return root.resolve(type.word());
  }

  /** All directories below the root, those above before those below. */
  List<FilePath> directories() {
    var all = new ArrayList<FilePath>();
    for (FileType type : FileType.values()) {
      if (type != FileType.CONFIG) {
        all.add(directory(type));
      }
    }
    for (int i = 0; i < PACK_DIRECTORIES; i++) {
      all.add(directory(FileType.PACK).resolve(HexFormat.of().toHexDigits((byte) i)));
    }
    return List.copyOf(all);
  }

  /**
   * The content that a file is named after; empty for a name of another sort.
   *
   * @param prefix how the names in its directory begin
   */
  static Optional<ContentId> id(String prefix, byte[] name) {
    String text = new String(name, US_ASCII);
    return text.startsWith(prefix) && ContentId.isName(text)
        ? Optional.of(ContentId.parse(text))
        : Optional.empty();
  }

  /** Whether a directory of this name holds packs. */
  static boolean holdsPacks(byte[] name) {
    return name.length == PREFIX && isHexDigit(name[0]) && isHexDigit(name[1]);
  }

  private static boolean isHexDigit(byte digit) {
    return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
  }
}
