package io.holdfast.vault.trial;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A name is given once. */
final class ExclusiveTrial {
  private static final int WRITERS = 8;
  private static final int SIZE = 100_000;

  private final Backend one;
  private final Backend other;
  private final Scratch scratch;

  ExclusiveTrial(Backend one, Backend other, Scratch scratch) {
    this.one = one;
    this.other = other;
    this.scratch = scratch;
  }

  Finding taken() throws IOException {
    String promise = "names are given once";
    Scratch.File file = scratch.stored(SIZE);
    return isWritten(other, file)
        ? new Finding(
            Severity.WARNING,
            promise,
            "a file was written over one of the same name",
            "No backup is harmed, since files are named by their content. Make the vault from one"
                + " machine, before others use it.")
        : new Finding(Severity.OK, promise, "a name that is taken is refused", "");
  }

  Finding together() throws IOException {
    String promise = "names are given once, to several at once";
    Scratch.File file = scratch.file(SIZE);
    long won = writers(file);
    if (!Arrays.equals(one.readAll(file.id()), file.content())) {
      return new Finding(
          Severity.ERROR,
          promise,
          "what several wrote at once reads otherwise than each of them wrote it",
          "Keep no vault there.");
    }
    return won == 1
        ? new Finding(
            Severity.OK,
            promise,
            "of " + WRITERS + " who wrote one name, one was told that he did",
            "")
        : new Finding(
            Severity.WARNING,
            promise,
            "of " + WRITERS + " who wrote one name, " + won + " were told that they did",
            "Two machines that make this vault at the same moment would make two that exclude each"
                + " other. Make it from one machine, before others use it; after that it is safe.");
  }

  private long writers(Scratch.File file) throws IOException {
    var barrier = new CyclicBarrier(WRITERS);
    var tasks = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < WRITERS; i++) {
      Backend backend = i % 2 == 0 ? one : other;
      tasks.add(() -> {
        barrier.await();
        return isWritten(backend, file);
      });
    }
    try (var threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<Boolean>> results = threads.invokeAll(tasks);
      long won = 0;
      for (Future<Boolean> result : results) {
        won += result.get() ? 1 : 0;
      }
      return won;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    }
  }

  private static boolean isWritten(Backend backend, Scratch.File file) throws IOException {
    try {
      backend.write(file.id(), file.buffer());
      return true;
    } catch (BackendException refused) {
      if (refused.reason() != Reason.ALREADY_EXISTS) {
        throw refused;
      }
      return false;
    }
  }
}
