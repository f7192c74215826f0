package io.holdfast.engine.installation;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Remembers how the last validation of each backup went, so that retention does not remove the last
 * good one in favour of a damaged one. A hint: losing it costs that knowledge and nothing else.
 */
public final class Verifications {
  private static final String SOUND = "sound";
  private static final String DAMAGED = "damaged";
  private static final int LIMIT = 1024;

  private final FileLayer files;
  private final FilePath directory;
  private final Clock clock;

  public Verifications(FileLayer files, FilePath state, Clock clock) {
    this.files = files;
    this.directory = state.resolve("verified");
    this.clock = clock;
  }

  /**
   * Notes a result. Where the state cannot be written, there is nothing to note it in, and no
   * retention either.
   */
  public void remember(RunId run, boolean sound) throws IOException {
    String line = (sound ? SOUND : DAMAGED) + " " + clock.instant() + "\n";
    try {
      FileTrees.createDirectories(files, directory, 0700);
      FileTrees.replaceAtomically(files, file(run), line.getBytes(StandardCharsets.UTF_8), 0600);
    } catch (FileLayerException e) {
      switch (e.reason()) {
        case READ_ONLY, NOT_PERMITTED, NO_SPACE -> {}
        default -> throw e;
      }
    }
  }

  /** Whether the last validation found damage. */
  public boolean isDamaged(RunId run) throws IOException {
    if (files.find(file(run)).isEmpty()) {
      return false;
    }
    return new String(FileTrees.readAll(files, file(run), LIMIT), StandardCharsets.UTF_8)
        .startsWith(DAMAGED);
  }

  /** When the last validation found no damage; empty if there was none, or it did. */
  public Optional<Instant> soundSince(RunId run) throws IOException {
    if (files.find(file(run)).isEmpty()) {
      return Optional.empty();
    }
    String line =
        new String(FileTrees.readAll(files, file(run), LIMIT), StandardCharsets.UTF_8).strip();
    try {
      return line.startsWith(SOUND + " ")
          ? Optional.of(Instant.parse(line.substring(SOUND.length() + 1)))
          : Optional.empty();
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }

  public void forget(RunId run) throws IOException {
    if (files.find(file(run)).isPresent()) {
      files.delete(file(run));
    }
  }

  private FilePath file(RunId run) {
    return directory.resolve(run.value());
  }
}
