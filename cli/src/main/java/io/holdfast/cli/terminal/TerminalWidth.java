package io.holdfast.cli.terminal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the terminal on standard error for its width. It may change at any time, so it is asked for
 * every picture; where it does not answer, {@code COLUMNS} or 80 stands for it.
 */
final class TerminalWidth implements IntSupplier {
  private static final int STANDARD_ERROR = 2;
  private static final long TIOCGWINSZ = 0x5413;
  private static final int COLUMN_OFFSET = 2;
  private static final int OTHERWISE = 80;

  private final int otherwise;
  private @Nullable MethodHandle ioctl;

  TerminalWidth(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    this.otherwise = columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : OTHERWISE;
  }

  @Override
  public synchronized int getAsInt() {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle call = ioctl == null ? find() : ioctl;
      ioctl = call;
      MemorySegment size = arena.allocate(4 * ValueLayout.JAVA_SHORT.byteSize());
      int result = (int) call.invokeExact(STANDARD_ERROR, TIOCGWINSZ, size);
      int columns = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, COLUMN_OFFSET));
      return result == 0 && columns > 0 ? columns : otherwise;
    } catch (Throwable unanswered) {
      if (unanswered instanceof Error error) {
        throw error;
      }
      return otherwise;
    }
  }

  private static MethodHandle find() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("ioctl"),
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
        Linker.Option.firstVariadicArg(2));
  }
}
