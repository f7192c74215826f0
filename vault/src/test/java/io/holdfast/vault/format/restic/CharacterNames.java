package io.holdfast.vault.format.restic;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.testkit.tree.TreeFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** A directory of names that together hold nearly every character. */
final class CharacterNames {
  /** Pages of 256 characters in which Unicode 14 or 15, which restic may not know, added some. */
  private static final Set<Integer> YOUNG =
      Set.of(
          0x06, 0x08, 0x0c, 0x0e, 0x17, 0x18, 0x1a, 0x1b, 0x1d, 0x20, 0x2c, 0x2e, 0x9f, 0xa7, 0xfb,
          0xfd, 0x105, 0x107, 0x10e, 0x10f, 0x110, 0x112, 0x116, 0x117, 0x11a, 0x11b, 0x11f, 0x12f,
          0x134, 0x16a, 0x1af, 0x1b1, 0x1cf, 0x1d1, 0x1d2, 0x1df, 0x1e0, 0x1e2, 0x1e4, 0x1e7, 0x1f6,
          0x1f7, 0x1f9, 0x1fa);

  private static final int LONGEST = 250;

  private CharacterNames() {}

  static void make(FileLayer files, FilePath directory) throws IOException {
    files.createDirectory(directory, 0755);
    for (int page = 0; page < 0x200; page++) {
      boolean surrogates = page >= 0xd8 && page < 0xe0;
      if (!surrogates && !YOUNG.contains(page)) {
        page(files, directory, page);
      }
    }
    // Two of 14 and 15 at last, which every restic reads.
    for (int c : new int[] {0xe0001, 0xe0100, 0xf0000, 0x10ffff, 0x2a6d6, 0x3fffe}) {
      TreeFixture.write(files, directory.resolve("x" + Character.toString(c)), "");
    }
  }

  private static void page(FileLayer files, FilePath directory, int page) throws IOException {
    var name = new StringBuilder();
    for (int c = page << 8; c < (page + 1) << 8; c++) {
      if (c == 0 || c == '/') {
        continue;
      }
      String next = Character.toString(c);
      if (name.toString().getBytes(StandardCharsets.UTF_8).length + 4 > LONGEST) {
        TreeFixture.write(files, directory.resolve(name.toString()), "");
        name.setLength(0);
      }
      name.append(next);
    }
    TreeFixture.write(files, directory.resolve(name.toString()), "");
  }
}
