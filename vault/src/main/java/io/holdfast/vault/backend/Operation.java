package io.holdfast.vault.backend;

/** What can be asked of a {@link Backend}. */
public enum Operation {
  CREATE("create", true),
  WRITE("write", true),
  READ("read", false),
  SIZE("size", false),
  LIST("list", false),
  DELETE("delete", true);

  private final String word;
  private final boolean mutating;

  Operation(String word, boolean mutating) {
    this.word = word;
    this.mutating = mutating;
  }

  /** The verb in messages. */
  public String word() {
    return word;
  }

  /** Whether it can change what is stored. */
  public boolean mutating() {
    return mutating;
  }
}
