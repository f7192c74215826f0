package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.tree.EntryNodes;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.NodeName;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.BlobWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A tree that is deeper than a thread's stack bears, as only somebody hostile makes one. */
class DeepTreeTest {
  private static final int DEPTH = 20_000;
  private static final Metadata METADATA =
      new Metadata(0700, 0, 0, FileTime.of(Instant.EPOCH), Map.of());

  private static ContentId deep(BlobWriter blobs) throws IOException {
    ContentId tree = TreeAssembly.store(blobs, List.of());
    for (int i = 0; i < DEPTH; i++) {
      Node below = EntryNodes.directory(NodeName.of("d"), METADATA, tree);
      Node twin = EntryNodes.directory(NodeName.of("e"), METADATA, tree);
      tree = TreeAssembly.store(blobs, i == 0 ? List.of(below, twin) : List.of(below));
    }
    return tree;
  }

  @Test
  @DisplayName("a deep tree is counted, each tree once")
  void counted() throws IOException {
    var setting = new FaultyVault(new MemoryBackend.Storage(), BackendFault.none());
    try (Vault vault = setting.open(true)) {
      ContentId root;
      try (var blobs = new BlobWriter(vault, new BlobIndex(), 1)) {
        root = deep(blobs);
        blobs.finish();
      }
      BlobIndex index = vault.readIndex(new Cancellation());
      try (var reader = new BlobReader(vault, index)) {
        assertThat(new TreeTotals(reader, new Cancellation()).below(root))
            .isEqualTo(new TreeTotals.Below(0, 0));
        assertThat(new StoredSize(reader, index).of(root)).isGreaterThan(DEPTH);
      }
    }
  }

  @Test
  @DisplayName("what two places share is counted twice, and read once")
  void shared() throws IOException {
    var setting = new FaultyVault(new MemoryBackend.Storage(), BackendFault.none());
    try (Vault vault = setting.open(true)) {
      ContentId root;
      try (var blobs = new BlobWriter(vault, new BlobIndex(), 1)) {
        byte[] file = "{\"nodes\":[{\"name\":\"f\",\"type\":\"file\",\"size\":7}]}".getBytes(UTF_8);
        ContentId tree = blobs.save(BlobType.TREE, file, 0, file.length);
        root =
            TreeAssembly.store(
                blobs,
                List.of(
                    EntryNodes.directory(NodeName.of("a"), METADATA, tree),
                    EntryNodes.directory(NodeName.of("b"), METADATA, tree)));
        blobs.finish();
      }
      try (var reader = new BlobReader(vault, vault.readIndex(new Cancellation()))) {
        assertThat(new TreeTotals(reader, new Cancellation()).below(root))
            .isEqualTo(new TreeTotals.Below(2, 14));
      }
    }
  }
}
