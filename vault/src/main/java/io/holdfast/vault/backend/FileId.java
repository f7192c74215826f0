package io.holdfast.vault.backend;

import io.holdfast.vault.ContentId;
import java.util.Optional;

/**
 * Which file of a vault.
 *
 * @param type its sort
 * @param id its name; empty for the config alone, of which there is one
 */
public record FileId(FileType type, Optional<ContentId> id) {
  /** The one that has no name. */
  public static final FileId CONFIG = new FileId(FileType.CONFIG, Optional.empty());

  public FileId {
    if ((type == FileType.CONFIG) == id.isPresent()) {
      throw new IllegalArgumentException("the config alone has no name");
    }
  }

  public static FileId of(FileType type, ContentId id) {
    return new FileId(type, Optional.of(id));
  }

  /** As in the layout of a directory, without the two digits that packs lie below. */
  @Override
  public String toString() {
    return id.map(name -> type.word() + "/" + name).orElse(type.word());
  }
}
