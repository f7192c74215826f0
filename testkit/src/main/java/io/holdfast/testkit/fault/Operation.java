package io.holdfast.testkit.fault;

import io.holdfast.engine.file.FilePath;

/**
 * One call of an operation of a file layer, or of a file that it opened.
 *
 * @param name the operation, such as {@code rename}
 * @param path what it was applied to
 * @param detail further arguments, for people; may be empty
 * @param mutating whether it can change what is on disk, or whether it stays there
 */
public record Operation(String name, FilePath path, String detail, boolean mutating) {
  static Operation reading(String name, FilePath path) {
    return new Operation(name, path, "", false);
  }

  static Operation mutating(String name, FilePath path) {
    return new Operation(name, path, "", true);
  }

  Operation with(String more) {
    return new Operation(name, path, more, mutating);
  }

  @Override
  public String toString() {
    return name + " " + path + (detail.isEmpty() ? "" : " " + detail);
  }
}
