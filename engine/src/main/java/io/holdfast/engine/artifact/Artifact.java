package io.holdfast.engine.artifact;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One file or one tree that a component contributed to a backup.
 *
 * @param name unique within the component; a plain file name, see {@link #isName}
 * @param type its shape
 * @param sizeBytes bytes of content, uncompressed; of a tree, the sum over its regular files, each
 *     name of a hard-linked file once
 * @param files how many regular files; 1 for a file
 * @param sha256 64 lowercase hex digits: of a file's content; of a tree's listing, which in turn
 *     holds the digest of each file
 * @param checks what was checked after writing
 */
public record Artifact(
    String name,
    ArtifactType type,
    long sizeBytes,
    long files,
    String sha256,
    List<CheckResult> checks) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public Artifact {
    checks = List.copyOf(checks);
    if (!isName(name)) {
      throw new IllegalArgumentException("not a name for an artifact: " + name);
    }
    if (sizeBytes < 0 || files < 0) {
      throw new IllegalArgumentException("artifact " + name + " has a negative size or count");
    }
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "artifact " + name + " has no SHA-256 of 64 lowercase hex digits: " + sha256);
    }
  }

  /**
   * Letters, digits, dot, dash and underscore, up to 128, beginning with no dot or dash: safe in
   * every path and shell.
   */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether all checks passed. */
  public boolean isSound() {
    return checks.stream().allMatch(CheckResult::ok);
  }

  /** The same artifact with one more check. */
  public Artifact with(CheckResult check) {
    var all = new java.util.ArrayList<>(checks);
    all.add(check);
    return new Artifact(name, type, sizeBytes, files, sha256, all);
  }
}
