package io.holdfast.testkit.fault;

import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A held lock, whose end passes the gate; a crash frees it, as the kernel would. */
final class FaultHeldLock implements HeldLock, FaultHandle {
  private final Gate gate;
  private final FilePath path;
  private final HeldLock lock;
  private final AtomicBoolean closed = new AtomicBoolean();

  FaultHeldLock(Gate gate, FilePath path, HeldLock lock) {
    this.gate = gate;
    this.path = path;
    this.lock = gate.track(lock);
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      gate.close(Operation.reading("unlock", path), lock, lock::close);
    }
  }

  @Override
  public void abandon() throws IOException {
    lock.close();
  }
}
