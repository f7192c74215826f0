package io.holdfast.vault.format;

/** What a blob is. One id may be both, and then is two blobs. */
public enum BlobType {
  /** A piece of a file's content. */
  DATA("data"),
  /** A directory. */
  TREE("tree");

  private final String word;

  BlobType(String word) {
    this.word = word;
  }

  /** The word in indexes. */
  public String word() {
    return word;
  }

  static BlobType parse(byte[] text, int from, int to) {
    if (to - from == 4) {
      if (text[from] == 'd'
          && text[from + 1] == 'a'
          && text[from + 2] == 't'
          && text[from + 3] == 'a') {
        return DATA;
      }
      if (text[from] == 't'
          && text[from + 1] == 'r'
          && text[from + 2] == 'e'
          && text[from + 3] == 'e') {
        return TREE;
      }
    }
    throw new IllegalArgumentException("a type of blob is neither data nor tree");
  }
}
