package io.holdfast.vault.prune;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.lock.HeldLock.Holder;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps {@link Marks} in a file of the state directory.
 *
 * <pre>{@code
 * file   = "holdfast-prune-marks 1 " id-of-vault LF  mark...  "sha256 " hex-of-all-before LF
 * mark   = "mark" LF  ("holder " pid " " hostname LF)...  ("pack " hex LF)...   hostname: URL-encoded
 * }</pre>
 */
final class MarkFile {
  private static final int MOST_BYTES = 64 << 20;
  private static final String SEAL = "sha256 ";

  private final FileLayer files;
  private final FilePath file;
  private final String head;

  /**
   * @param vault the id of the vault
   */
  MarkFile(FileLayer files, FilePath file, String vault) {
    this.files = files;
    this.file = file;
    this.head = "holdfast-prune-marks 1 " + vault;
  }

  /** Reads them; none, if there are none, or they are damaged, or those of another vault. */
  Marks read() throws IOException {
    String text;
    try {
      text = new String(FileTrees.readAll(files, file, MOST_BYTES), UTF_8);
    } catch (FileLayerException e) {
      if (e.reason() == FileLayerException.Reason.NOT_FOUND) {
        return Marks.NONE;
      }
      throw e;
    }
    int seal = text.lastIndexOf(SEAL);
    if (seal < 0
        || !text.startsWith(head + "\n")
        || !text.substring(seal).equals(seal(text.substring(0, seal)))) {
      return Marks.NONE;
    }
    var marks = new ArrayList<Marks.Mark>();
    Set<Holder> holders = new HashSet<>();
    Set<ContentId> packs = new HashSet<>();
    for (String line : text.substring(head.length() + 1, seal).lines().toList()) {
      List<String> words = List.of(line.split(" ", 3));
      switch (words.getFirst()) {
        case "holder" ->
            holders.add(
                new Holder(URLDecoder.decode(words.get(2), UTF_8), Long.parseLong(words.get(1))));
        case "pack" -> packs.add(ContentId.parse(words.get(1)));
        default -> {
          if (!packs.isEmpty()) {
            marks.add(new Marks.Mark(holders, packs));
          }
          holders = new HashSet<>();
          packs = new HashSet<>();
        }
      }
    }
    if (!packs.isEmpty()) {
      marks.add(new Marks.Mark(holders, packs));
    }
    return new Marks(marks);
  }

  /** Replaces what was there. */
  void write(Marks marks) throws IOException {
    if (marks.all().isEmpty() && files.find(file).isEmpty()) {
      return;
    }
    var text = new StringBuilder(head).append('\n');
    for (Marks.Mark mark : marks.all()) {
      text.append("mark\n");
      for (Holder holder : mark.holders()) {
        text.append("holder ").append(holder.pid()).append(' ');
        text.append(URLEncoder.encode(holder.hostname(), UTF_8)).append('\n');
      }
      mark.packs().forEach(pack -> text.append("pack ").append(pack).append('\n'));
    }
    text.append(seal(text.toString()));
    FileTrees.createDirectories(files, file.parent(), 0700);
    FileTrees.replaceAtomically(files, file, text.toString().getBytes(UTF_8), 0600);
  }

  private static String seal(String text) {
    return SEAL + ContentId.of(text.getBytes(UTF_8)) + "\n";
  }
}
