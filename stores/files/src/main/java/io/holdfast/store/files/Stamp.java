package io.holdfast.store.files;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTime;
import java.io.IOException;
import java.util.HexFormat;

/**
 * Owner, mode and time of a directory that stays where it is while a restore changes what is in it:
 * what to bring back afterwards.
 *
 * @param directory the directory
 * @param mode its permission bits
 * @param uid its owner
 * @param gid its group
 * @param modified its time of last modification
 */
record Stamp(FilePath directory, int mode, long uid, long gid, FileTime modified) {
  /** The same for another directory. */
  Stamp(FilePath directory, Stamp like) {
    this(directory, like.mode, like.uid, like.gid, like.modified);
  }

  static Stamp of(FilePath directory, FileStat stat) {
    return new Stamp(directory, stat.mode(), stat.uid(), stat.gid(), stat.modified());
  }

  /**
   * Brings them back, as far as they differ and as this process may: somebody who may change what
   * is in a directory need not own it. A directory that is gone is left alone.
   */
  void apply(FileLayer files) throws IOException {
    FileStat now = files.find(directory).orElse(null);
    if (now == null || !now.isDirectory()) {
      return;
    }
    try {
      boolean owner = now.uid() != uid || now.gid() != gid;
      if (owner) {
        files.setOwner(directory, uid, gid);
      }
      if (owner || now.mode() != mode) {
        files.setMode(directory, mode);
      }
      if (owner || !now.modified().equals(modified)) {
        files.setModified(directory, modified);
      }
    } catch (FileLayerException e) {
      if (e.reason() != FileLayerException.Reason.NOT_PERMITTED) {
        throw e;
      }
    }
  }

  /** One line of text, from which {@link #parse} makes the same again. */
  String format() {
    return String.format(
        "%s %o %d %d %d %d",
        HexFormat.of().formatHex(directory.toBytes()),
        mode,
        uid,
        gid,
        modified.seconds(),
        modified.nanos());
  }

  /** Reads what {@link #format} wrote. */
  static Stamp parse(String line) {
    String[] fields = line.split(" ", -1);
    return new Stamp(
        FilePath.ofBytes(HexFormat.of().parseHex(fields[0])),
        Integer.parseInt(fields[1], 8),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        new FileTime(Long.parseLong(fields[4]), Integer.parseInt(fields[5])));
  }
}
