package io.holdfast.testkit.file;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Assumptions;

/** Who the test is to the kernel: root or not, the umask, and how to be nobody for a while. */
public final class Privileges {
  /** The number of the user and of the group that own nothing. */
  public static final int NOBODY = 65_534;

  private Privileges() {}

  static void skip(String why) {
    System.err.println("skipped: " + why);
    Assumptions.abort(why);
  }

  static boolean isRoot(FileLayerFixture fixture) throws IOException {
    return fixture.files().find(fixture.room()).orElseThrow().uid() == 0;
  }

  static void requireRoot(FileLayerFixture fixture, String why) throws IOException {
    if (!isRoot(fixture)) {
      skip("not root, and " + why);
    }
  }

  /** Sets the umask of this process and answers the one before. */
  static int umask(int mask) {
    return call("umask", mask);
  }

  /** As {@link #asNobody(Callable)}; a process that is not root has no privileges anyway. */
  static <T> T asNobody(FileLayerFixture fixture, Callable<T> body) throws Exception {
    return isRoot(fixture) ? asNobody(body) : body.call();
  }

  /**
   * Runs something without the privileges of root. To the kernel, the user that counts for files
   * belongs to the thread, and threads that it starts inherit it, so a thread of its own becomes
   * nobody. Skips the test where only root could do so, or not even root can.
   */
  public static <T> T asNobody(Callable<T> body) throws Exception {
    var task =
        new FutureTask<>(() -> {
          call("setfsgid", NOBODY);
          call("setfsuid", NOBODY);
          if (call("setfsuid", -1) != NOBODY) {
            skip("only root may become another user");
          }
          return body.call();
        });
    var thread = Thread.ofPlatform().name("nobody").start(task);
    thread.join();
    try {
      return task.get();
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
