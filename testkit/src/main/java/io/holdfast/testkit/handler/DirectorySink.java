package io.holdfast.testkit.handler;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSink;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes artifacts as a repository would, and keeps their bytes as plain files in a directory and
 * their listing in memory; it also refuses what no handler may do: a name twice, an artifact left
 * unfinished.
 *
 * <p>Detached content is read by two threads after the call has returned, so that a handler whose
 * content cannot bear that is found out.
 */
public final class DirectorySink implements ArtifactSink {
  private final Path directory;
  private final Map<String, StoredArtifact> stored = new LinkedHashMap<>();
  private final Map<String, List<CheckResult>> early = new LinkedHashMap<>();
  private int blobs;
  private boolean treeOpen;

  /**
   * @param directory an existing directory of the sink's own
   */
  public DirectorySink(Path directory) {
    this.directory = directory;
  }

  @Override
  public Artifact file(String name, Content content) throws IOException {
    refuseTaken(name);
    return keep(name, Blob.write(nextBlob(), content));
  }

  @Override
  public FilePath place(String name) {
    refuseTaken(name);
    return FilePath.of(directory.resolve("placed-" + name));
  }

  @Override
  public Artifact adopt(String name) throws IOException {
    refuseTaken(name);
    return keep(name, Blob.ofFile(directory.resolve("placed-" + name)));
  }

  private Artifact keep(String name, Blob blob) {
    return keep(
        new StoredArtifact.StoredFile(
            new Artifact(name, ArtifactType.FILE, blob.size(), 1, blob.sha256(), List.of()), blob));
  }

  private Artifact keep(StoredArtifact artifact) {
    String name = artifact.artifact().name();
    stored.put(name, artifact);
    for (CheckResult check : early.getOrDefault(name, List.of())) {
      checked(name, check);
    }
    return artifact.artifact();
  }

  @Override
  public TreeSink tree(String name) {
    refuseTaken(name);
    treeOpen = true;
    return new DirectoryTreeSink(this, name);
  }

  Artifact keepTree(String name, List<StoredArtifact.Entry> entries) {
    treeOpen = false;
    var digest = Blob.sha256Digest();
    long size = 0;
    long count = 0;
    for (StoredArtifact.Entry entry : entries) {
      digest.update(entry.entry().path().toBytes());
      if (entry.blob() != null) {
        digest.update(entry.blob().sha256().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        size += entry.blob().size();
        count++;
      }
    }
    String sha256 = java.util.HexFormat.of().formatHex(digest.digest());
    return keep(
        new StoredArtifact.StoredTree(
            new Artifact(name, ArtifactType.TREE, size, count, sha256, List.of()), entries));
  }

  void treeClosed() {
    treeOpen = false;
  }

  @Override
  public void checked(String name, CheckResult result) {
    StoredArtifact artifact = stored.get(name);
    if (artifact == null) {
      early.computeIfAbsent(name, n -> new ArrayList<>()).add(result);
    } else {
      stored.put(name, artifact.with(result));
    }
  }

  /** What was stored and finished, in order. */
  public List<Artifact> artifacts() {
    return stored.values().stream().map(StoredArtifact::artifact).toList();
  }

  /** The entries of a tree, in the order in which they were added. */
  public List<TreeEntry> entries(String name) {
    if (stored.get(name) instanceof StoredArtifact.StoredTree tree) {
      return tree.entries().stream().map(StoredArtifact.Entry::entry).toList();
    }
    throw new AssertionError("no tree " + name + " among " + stored.keySet());
  }

  /** Whether a tree was begun and neither finished nor closed. */
  public boolean isTreeOpen() {
    return treeOpen;
  }

  /** What was stored, to be read; whole, detached. */
  public DirectorySource source() {
    return new DirectorySource(Map.copyOf(stored), List.copyOf(stored.keySet()), true);
  }

  /**
   * Flips one bit in the middle of every stored file that is not empty.
   *
   * @return how many were damaged
   */
  public int damage() throws IOException {
    int damaged = 0;
    try (var all = Files.list(directory)) {
      for (Path file : all.toList()) {
        if (Files.isRegularFile(file) && Files.size(file) > 0) {
          try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            long middle = access.length() / 2;
            access.seek(middle);
            int old = access.read();
            access.seek(middle);
            access.write(old ^ 0x10);
          }
          damaged++;
        }
      }
    }
    return damaged;
  }

  synchronized Path nextBlob() {
    return directory.resolve(String.format("blob-%06d", blobs++));
  }

  private void refuseTaken(String name) {
    if (!Artifact.isName(name) || stored.containsKey(name)) {
      throw new IllegalArgumentException("name is taken, or is none: " + name);
    }
  }
}
