package io.holdfast.cli.terminal;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A new password that somebody types, twice, and that the terminal does not show. */
public final class NewPassword {
  private NewPassword() {}

  /**
   * Asks for it.
   *
   * @return UTF-8, to be overwritten when it was used
   * @throws HoldfastException {@code USAGE} if there is nobody to ask, or it is empty, or differs
   *     the second time
   */
  public static byte[] ask(Surroundings surroundings) {
    char[] first = surroundings.isInteractive() ? read(surroundings, "New password: ") : null;
    if (first == null) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "this needs a new password, and nobody can be asked here",
          "Name a file with --new-password-file, or a variable with --new-password-env.");
    }
    char[] typed = read(surroundings, "Once more: ");
    char[] second = typed == null ? new char[0] : typed;
    try {
      if (first.length == 0) {
        throw new HoldfastException(ErrorCode.USAGE, "an empty password protects nothing", "");
      }
      if (!Arrays.equals(first, second)) {
        throw new HoldfastException(
            ErrorCode.USAGE, "the two passwords differ; nothing was changed", "");
      }
      ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(first));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      Arrays.fill(encoded.array(), (byte) 0);
      return bytes;
    } finally {
      Arrays.fill(first, ' ');
      Arrays.fill(second, ' ');
    }
  }

  private static char @Nullable [] read(Surroundings surroundings, String prompt) {
    return surroundings.secrets().apply(prompt);
  }
}
