package io.holdfast.store.files;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where a path leads, through all symbolic links, when it or a part of it may not exist. */
final class RealPaths {
  private static final int MOST_LINKS = 40;

  private RealPaths() {}

  /**
   * The path with every link in it resolved, the last name included. What does not exist is taken
   * as it is written; a link to nothing leads to the place where its target would be.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code TARGET_UNSUITABLE} for links in a
   *     circle
   */
  static FilePath of(FileLayer files, FilePath path) throws IOException {
    FilePath at = path;
    for (int links = 0; links < MOST_LINKS; links++) {
      FilePath place = inRealParent(files, at);
      FileStat stat = files.find(place).orElse(null);
      if (stat == null || !stat.isSymlink()) {
        return place;
      }
      byte[] target = files.readSymlink(place);
      at = target[0] == '/' ? FilePath.ofBytes(target) : place.parent().resolve(target);
    }
    throw TargetErrors.unsuitable(
        path + " is a symbolic link in a circle",
        "Remove the link, so that the file can be restored.");
  }

  private static FilePath inRealParent(FileLayer files, FilePath path) throws IOException {
    List<byte[]> below = new ArrayList<>();
    FilePath at = path;
    while (at.length() > 1) {
      below.add(at.name());
      at = at.parent();
      if (files.find(at).isPresent()) {
        break;
      }
    }
    FilePath real = at;
    if (files.find(at).isPresent() && leadsSomewhere(files, at)) {
      real = files.resolveLinks(at);
    }
    for (byte[] name : below.reversed()) {
      real = real.resolve(name);
    }
    return real;
  }

  private static boolean leadsSomewhere(FileLayer files, FilePath path) throws IOException {
    try {
      files.follow(path);
      return true;
    } catch (FileLayerException e) {
      if (e.reason() == FileLayerException.Reason.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
