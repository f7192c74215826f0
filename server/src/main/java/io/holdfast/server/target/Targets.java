package io.holdfast.server.target;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.vault.backend.local.LocalBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The targets of a server, each in the directory of its name below one directory. Thread-safe.
 *
 * <p>That one is never made: where it is missing, a disk may not be mounted, and vaults that are
 * begun anew in its place would look like a loss of all backups.
 */
public final class Targets implements AutoCloseable {
  private final FileLayer files;
  private final FilePath path;
  private final OptionalLong quota;
  private final SecureRandom random;
  private final Clock clock;
  private final ServerEvents events;
  private final Map<String, Target> open = new ConcurrentHashMap<>();

  /**
   * @param path the directory of all
   * @param quota how many bytes each may take
   */
  public Targets(
      FileLayer files,
      FilePath path,
      OptionalLong quota,
      SecureRandom random,
      Clock clock,
      ServerEvents events) {
    this.files = files;
    this.path = path;
    this.quota = quota;
    this.random = random;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Looks at all that are there, and removes what uploads left behind that died with an earlier
   * server. What cannot be read now is told, and tried again when somebody asks for it.
   */
  public void begin() {
    try {
      requireDirectory();
      for (byte[] name : files.list(path)) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        if (TargetName.isOne(text) && files.find(path.resolve(text)).isPresent()) {
          var unused = get(text);
        }
      }
    } catch (IOException | UncheckedIOException | ProblemException e) {
      events.publish(
          ServerEvent.error(
              EventName.TARGET_UNAVAILABLE,
              "the directory of the targets cannot be used: " + e.getMessage(),
              e));
    }
  }

  /**
   * The target of a name, whether or not there is anything in it.
   *
   * @throws UncheckedIOException if it cannot be opened
   */
  Target get(String name) {
    if (!TargetName.isOne(name)) {
      throw new IllegalArgumentException("not the name of a target");
    }
    return open.computeIfAbsent(name, this::open);
  }

  private Target open(String name) {
    FilePath directory = path.resolve(name);
    var target =
        new Target(name, directory, new LocalBackend(files, directory, random), quota, clock);
    try {
      target.tidy();
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes a target, unless it is there.
   *
   * @return whether it is new
   */
  boolean create(Target target) throws IOException {
    requireDirectory();
    boolean fresh = files.find(target.directory()).isEmpty();
    target.files().create();
    return fresh;
  }

  private void requireDirectory() throws IOException {
    boolean there;
    try {
      there = files.follow(path).isDirectory();
    } catch (FileLayerException e) {
      if (e.reason() != FileLayerException.Reason.NOT_FOUND) {
        throw e;
      }
      there = false;
    }
    if (!there) {
      throw new ProblemException(
          new Problem(ProblemCode.SERVICE_UNAVAILABLE, "The disk of the targets is not there"),
          new IOException("there is no directory " + path));
    }
  }

  /** What was done since the start, by target. */
  public Map<String, TargetFigures> figures() {
    var figures = new TreeMap<String, TargetFigures>();
    open.forEach((name, target) -> figures.put(name, target.figures()));
    return figures;
  }

  /** What is still under way fails. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Target target : open.values()) {
      try {
        target.close();
      } catch (IOException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
