package io.holdfast.vault.trial;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Waiter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/** What was written is there, whole, for everybody, until it is deleted. */
final class ContentTrial {
  private static final int SMALL = 4096;

  /** A pack is about 16 MiB, and may be a little more. */
  private static final int LARGE = 20 << 20;

  private static final int STEP = 1 << 20;
  private static final double NANOS = 1e9;

  private static final String NO_VAULT =
      "A backup may seem to be damaged, or be damaged, at any time: keep no vault there.";

  static final Finding APPEND_ONLY =
      new Finding(
          Severity.WARNING,
          "delete",
          "files cannot be deleted: it is append-only",
          "Backups can be made and restored. Retention, prune and changes of passwords have to be"
              + " done where files can be deleted.");

  static final Finding UNTRIED =
      new Finding(
          Severity.WARNING,
          "not tried",
          "whether files are read, listed and found as they were written, in parts and large ones"
              + " too, and whether names are given once: the files of the trial could not be removed",
          "Try it with credentials that may delete; the storage is the same.");

  private final Backend one;
  private final Backend other;
  private final Scratch scratch;
  private final Waiter waiter;

  ContentTrial(Backend one, Backend other, Scratch scratch, Waiter waiter) {
    this.one = one;
    this.other = other;
    this.scratch = scratch;
    this.waiter = waiter;
  }

  Finding readAfterWrite() throws IOException {
    String promise = "read after write";
    Scratch.File file = scratch.stored(SMALL);
    for (Backend backend : new Backend[] {one, other}) {
      if (!backend.exists(file.id()) || backend.size(file.id()) != SMALL) {
        return broken(promise, "a file that was written is not found, or has another size");
      }
      if (!Arrays.equals(backend.readAll(file.id()), file.content())) {
        return broken(promise, "a file that was written reads otherwise");
      }
    }
    return kept(promise, "what was written is read at once, from another connection too");
  }

  Finding listAfterWrite() throws IOException {
    String promise = "list after write";
    Scratch.File file = scratch.stored(SMALL + 1);
    for (Backend backend : new Backend[] {one, other}) {
      if (!isListed(backend, file.id(), SMALL + 1)) {
        return broken(promise, "a file that was written is not in the list, or with another size");
      }
    }
    return kept(promise, "what was written is listed at once");
  }

  private static boolean isListed(Backend backend, FileId file, long size) throws IOException {
    return backend.list(FileType.PACK).stream()
        .anyMatch(
            listed -> file.id().filter(listed.id()::equals).isPresent() && listed.size() == size);
  }

  Finding ranges() throws IOException {
    String promise = "parts of files";
    Scratch.File file = scratch.stored(3 * SMALL);
    for (int from : new int[] {0, 1, SMALL, 3 * SMALL - 7}) {
      byte[] part = new byte[Math.min(SMALL, 3 * SMALL - from)];
      one.read(file.id(), from, ByteBuffer.wrap(part));
      if (!Arrays.equals(part, Arrays.copyOfRange(file.content(), from, from + part.length))) {
        return broken(promise, "another part is read than the one that was asked for");
      }
    }
    try {
      one.read(file.id(), 3 * SMALL - 1, ByteBuffer.allocate(2));
      return broken(promise, "bytes are read that are not there");
    } catch (BackendException told) {
      if (told.reason() != Reason.TOO_SHORT) {
        throw told;
      }
    }
    return kept(promise, "parts are read alone, and what is not there is refused");
  }

  Finding large() throws IOException {
    String promise = "large files";
    long began = waiter.nanoTime();
    Scratch.File file = scratch.stored(LARGE);
    long written = waiter.nanoTime();
    if (one.size(file.id()) != LARGE) {
      return broken(promise, "a file of " + LARGE + " bytes has another size");
    }
    byte[] part = new byte[STEP];
    for (int from = 0; from < LARGE; from += STEP) {
      other.read(file.id(), from, ByteBuffer.wrap(part));
      if (!Arrays.equals(part, 0, STEP, file.content(), from, from + STEP)) {
        return broken(promise, "a file of " + LARGE + " bytes reads otherwise");
      }
    }
    long read = waiter.nanoTime();
    scratch.remove(file);
    return kept(
        promise,
        (LARGE >> 20)
            + " MiB were written with "
            + speed(written - began)
            + " and read with "
            + speed(read - written));
  }

  private static String speed(long nanos) {
    return String.format(Locale.ROOT, "%.0f MiB/s", (LARGE >> 20) / (Math.max(1, nanos) / NANOS));
  }

  /**
   * Whether not even the deletion of a file that is not there is let pass. What fails otherwise is
   * found out by the trials.
   */
  boolean isAppendOnly() {
    try {
      one.delete(scratch.nowhere());
      return false;
    } catch (BackendException refused) {
      return refused.reason() == Reason.FORBIDDEN || refused.reason() == Reason.UNSUPPORTED;
    } catch (IOException other) {
      return false;
    }
  }

  Finding delete() throws IOException {
    String promise = "delete";
    Scratch.File file = scratch.stored(SMALL + 2);
    try {
      scratch.remove(file);
    } catch (BackendException refused) {
      if (refused.reason() != Reason.FORBIDDEN && refused.reason() != Reason.UNSUPPORTED) {
        throw refused;
      }
      return APPEND_ONLY;
    }
    for (Backend backend : new Backend[] {one, other}) {
      if (backend.exists(file.id()) || isListed(backend, file.id(), SMALL + 2)) {
        return broken(promise, "a file that was deleted is still found");
      }
    }
    // It is gone already; that is success.
    one.delete(file.id());
    return kept(promise, "what was deleted is gone at once");
  }

  private static Finding kept(String promise, String message) {
    return new Finding(Severity.OK, promise, message, "");
  }

  private static Finding broken(String promise, String message) {
    return new Finding(Severity.ERROR, promise, message, NO_VAULT);
  }
}
