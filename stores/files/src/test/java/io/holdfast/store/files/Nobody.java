package io.holdfast.store.files;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs something without the privileges of root. To the kernel, the user that counts for files
 * belongs to the thread, and threads that it starts inherit it.
 */
final class Nobody {
  static final int ID = 65_534;

  private Nobody() {}

  static void run(Callable<?> body) throws Exception {
    var task =
        new FutureTask<Object>(() -> {
          call("setfsgid", ID);
          call("setfsuid", ID);
          if (call("setfsuid", -1) != ID) {
            System.err.println("skipped: only root may become another user");
            Assumptions.abort("only root may become another user");
          }
          return body.call();
        });
    Thread.ofPlatform().name("nobody").start(task).join();
    try {
      task.get();
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        case null, default -> throw failure;
      }
    }
  }

  private static int call(String function, int argument) {
    var linker = Linker.nativeLinker();
    var handle =
        linker.downcallHandle(
            linker.defaultLookup().find(function).orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      return (int) handle.invokeExact(argument);
    } catch (Throwable impossible) {
      throw new AssertionError(function, impossible);
    }
  }
}
