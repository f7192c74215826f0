package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.vault.ContentId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps {@link Coverage} in a file of the state directory: {@code holdfast-coverage 1
 * <id-of-vault>}, and a line {@code <round> <pack>} for each pack. One that is damaged is none:
 * then all is read once more.
 */
final class CoverageFile {
  private static final int MOST_BYTES = 256 << 20;

  private final FileLayer files;
  private final FilePath file;
  private final String head;

  CoverageFile(FileLayer files, FilePath file, String vault) {
    this.files = files;
    this.file = file;
    this.head = "holdfast-coverage 1 " + vault;
  }

  Coverage read() throws IOException {
    List<String> lines;
    try {
      lines = new String(FileTrees.readAll(files, file, MOST_BYTES), US_ASCII).lines().toList();
    } catch (FileLayerException e) {
      if (e.reason() == FileLayerException.Reason.NOT_FOUND) {
        return Coverage.NONE;
      }
      throw e;
    }
    if (lines.isEmpty() || !lines.getFirst().equals(head)) {
      return Coverage.NONE;
    }
    var rounds = new HashMap<ContentId, Integer>();
    for (String line : lines.subList(1, lines.size())) {
      int space = line.indexOf(' ');
      String pack = line.substring(space + 1);
      if (!line.matches("[0-9]{1,9} .*") || !ContentId.isName(pack)) {
        return Coverage.NONE;
      }
      rounds.put(ContentId.parse(pack), Integer.parseInt(line.substring(0, space)));
    }
    return new Coverage(rounds);
  }

  void write(Coverage coverage) throws IOException {
    var text = new StringBuilder(head).append('\n');
    for (Map.Entry<ContentId, Integer> pack : coverage.rounds().entrySet()) {
      text.append(pack.getValue()).append(' ').append(pack.getKey()).append('\n');
    }
    FileTrees.createDirectories(files, file.parent(), 0700);
    FileTrees.replaceAtomically(files, file, text.toString().getBytes(US_ASCII), 0600);
  }
}
