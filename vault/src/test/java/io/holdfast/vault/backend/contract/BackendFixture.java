package io.holdfast.vault.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.Backend.Listed;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the parts of the contract need, and what they share. */
interface BackendFixture {
  /** The backend under test, created. */
  Backend backend();

  /** One more on the same storage, closed by the suite. */
  Backend another() throws Exception;

  /** Puts something into the storage, beside the files of a sort, that is no file of a vault. */
  void putForeign(FileType type, String name) throws Exception;

  /** Bytes that are not alike for different seeds. */
  default byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  default FileId id(FileType type, byte[] content) {
    return type == FileType.CONFIG ? FileId.CONFIG : FileId.of(type, ContentId.of(content));
  }

  /** Stores under the name that the content has. */
  default FileId write(FileType type, byte[] content) throws IOException {
    FileId file = id(type, content);
    backend().write(file, ByteBuffer.wrap(content));
    return file;
  }

  /** A file of the vault that is not stored. */
  default FileId missing(FileType type) {
    return id(type, bytes(-1, 20));
  }

  default Listed listed(FileId file, int size) {
    return new Listed(file.id().orElseThrow(), size);
  }

  default void assertStored(Backend where, FileId file, byte[] content) throws IOException {
    assertThat(where.size(file)).isEqualTo(content.length);
    assertThat(where.exists(file)).isTrue();
    byte[] read = new byte[content.length];
    if (content.length > file.type().mostBytes()) {
      where.read(file, 0, ByteBuffer.wrap(read));
    } else {
      read = where.readAll(file);
    }
    assertThat(read).isEqualTo(content);
    if (file.type() != FileType.CONFIG) {
      assertThat(where.list(file.type())).contains(listed(file, content.length));
    }
  }

  default void assertMissing(Backend where, FileId file) throws IOException {
    assertThat(where.exists(file)).isFalse();
    assertRefused(Reason.NOT_FOUND, () -> where.size(file));
    assertRefused(Reason.NOT_FOUND, () -> where.readAll(file));
    assertRefused(Reason.NOT_FOUND, () -> where.read(file, 0, ByteBuffer.allocate(1)));
    assertRefused(Reason.NOT_FOUND, () -> where.read(file, 0, ByteBuffer.allocate(0)));
    if (file.type() != FileType.CONFIG) {
      assertThat(where.list(file.type()))
          .extracting(Listed::id)
          .doesNotContain(file.id().orElseThrow());
    }
  }

  default void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BackendException.class, e -> assertThat(e.reason()).as(e.toString()).isEqualTo(reason));
  }

  /** All sorts of files that can be listed. */
  static List<FileType> named() {
    return Arrays.stream(FileType.values()).filter(type -> type != FileType.CONFIG).toList();
  }

  /** A part of a test that is told its number, from 0. */
  @FunctionalInterface
  interface Numbered<T> {
    T run(int number) throws Exception;
  }

  /** Does something in many threads that begin at once. */
  default <T> List<T> together(int threads, Numbered<T> body) throws Exception {
    var barrier = new CyclicBarrier(threads);
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var tasks = new ArrayList<Callable<T>>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        tasks.add(() -> {
          barrier.await();
          return body.run(number);
        });
      }
      var results = new ArrayList<T>();
      for (Future<T> future : pool.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    }
  }
}
