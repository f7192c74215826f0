package io.holdfast.vault.format.restic;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobCompressor;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.IndexWriter;
import io.holdfast.vault.format.PackHeader;
import io.holdfast.vault.format.PackedBlob;
import io.holdfast.vault.format.Snapshot;
import io.holdfast.vault.format.SnapshotCodec;
import io.holdfast.vault.format.UnpackedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Writes into a repository that restic has made, all of it by the codecs. */
final class TestVault implements AutoCloseable {
  private final Path repository;
  private final Seal seal;
  private final BlobCompressor compressor = new BlobCompressor(BlobCompressor.DEFAULT_LEVEL);
  private final Map<BlobType, Pack> packs = new EnumMap<>(BlobType.class);
  private final Set<ContentId> known = new HashSet<>();

  private static final class Pack {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<PackedBlob> blobs = new ArrayList<>();
  }

  TestVault(Restic restic) throws IOException, InterruptedException {
    this.repository = restic.repository();
    this.seal = Seal.of(restic.run("cat", "masterkey"));
  }

  ContentId add(BlobType type, byte[] blob) {
    ContentId id = ContentId.of(blob);
    if (!known.add(id)) {
      return id;
    }
    var frame = new byte[blob.length];
    OptionalInt length = compressor.compress(blob, 0, blob.length, frame, 0);
    byte[] stored = length.isPresent() ? Arrays.copyOf(frame, length.getAsInt()) : blob;
    byte[] sealed = seal.close(stored);
    Pack pack = packs.computeIfAbsent(type, _ -> new Pack());
    pack.blobs.add(
        new PackedBlob(
            id, type, pack.bytes.size(), sealed.length, length.isPresent() ? blob.length : 0));
    pack.bytes.writeBytes(sealed);
    return id;
  }

  /** Writes packs, index and snapshot, in the order that the format demands. */
  void finish(Snapshot snapshot) throws IOException {
    var index = new IndexWriter();
    for (Pack pack : packs.values()) {
      byte[] header = seal.close(PackHeader.encode(pack.blobs));
      pack.bytes.writeBytes(header);
      pack.bytes.writeBytes(PackHeader.encodeLength(header.length));
      byte[] bytes = pack.bytes.toByteArray();
      ContentId id = ContentId.of(bytes);
      Path place = repository.resolve("data").resolve(id.toString().substring(0, 2));
      Files.createDirectories(place);
      Files.write(place.resolve(id.toString()), bytes);
      index.pack(id);
      pack.blobs.forEach(index::blob);
    }
    write("index", index.finish());
    write("snapshots", SnapshotCodec.encode(snapshot));
  }

  private void write(String directory, byte[] json) throws IOException {
    byte[] sealed = seal.close(UnpackedFile.encode(json, 2, compressor));
    Files.write(repository.resolve(directory).resolve(ContentId.of(sealed).toString()), sealed);
  }

  @Override
  public void close() {
    compressor.close();
  }
}
