package io.holdfast.vault.backend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A backend that stands before another one and does something around each of its calls. */
abstract class InterceptedBackend implements Backend {
  private final Backend inner;

  InterceptedBackend(Backend inner) {
    this.inner = inner;
  }

  /** A call that can be made of the inner backend. */
  @FunctionalInterface
  interface Call<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /** A call without an answer. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /**
   * Makes a call, in whatever way the decorator does.
   *
   * @param subject what it is applied to, for people
   */
  abstract <T extends @Nullable Object> T intercept(
      Operation operation, String subject, Call<T> call) throws IOException;

  /** The same for a call without an answer. */
  private void perform(Operation operation, String subject, Step step) throws IOException {
    this.<@Nullable Void>intercept(
        operation,
        subject,
        () -> {
          step.run();
          return null;
        });
  }

  final Backend inner() {
    return inner;
  }

  @Override
  public String location() {
    return inner.location();
  }

  @Override
  public final boolean isRemote() {
    return inner.isRemote();
  }

  @Override
  public void create() throws IOException {
    perform(Operation.CREATE, location(), inner::create);
  }

  @Override
  public void write(FileId file, ByteBuffer content) throws IOException {
    perform(Operation.WRITE, file.toString(), () -> inner.write(file, content));
  }

  @Override
  public void read(FileId file, long offset, ByteBuffer target) throws IOException {
    perform(Operation.READ, file.toString(), () -> inner.read(file, offset, target));
  }

  @Override
  public byte[] readAll(FileId file) throws IOException {
    return intercept(Operation.READ, file.toString(), () -> inner.readAll(file));
  }

  @Override
  public long size(FileId file) throws IOException {
    return intercept(Operation.SIZE, file.toString(), () -> inner.size(file));
  }

  @Override
  public List<Listed> list(FileType type) throws IOException {
    return intercept(Operation.LIST, type.word(), () -> inner.list(type));
  }

  @Override
  public void delete(FileId file) throws IOException {
    perform(Operation.DELETE, file.toString(), () -> inner.delete(file));
  }

  @Override
  public Optional<Instant> time() throws IOException {
    return inner.time();
  }

  @Override
  public void close() throws IOException {
    inner.close();
  }
}
