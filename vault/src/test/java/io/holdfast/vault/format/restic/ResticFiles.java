package io.holdfast.vault.format.restic;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobDecompressor;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.IndexReader;
import io.holdfast.vault.format.PackHeader;
import io.holdfast.vault.format.PackedBlob;
import io.holdfast.vault.format.UnpackedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of a repository that restic wrote, opened and read by the codecs. */
final class ResticFiles implements AutoCloseable {
  private final Path repository;
  private final Seal seal;
  private final BlobDecompressor decompressor = new BlobDecompressor();
  private final Map<ContentId, Located> blobs = new HashMap<>();

  /** A blob and the pack that it is in. */
  record Located(ContentId pack, PackedBlob blob) {}

  ResticFiles(Restic restic) throws IOException, InterruptedException {
    this.repository = restic.repository();
    this.seal = Seal.of(restic.run("cat", "masterkey"));
    for (byte[] index : documents("index")) {
      read(index).forEach(located -> blobs.put(located.blob().id(), located));
    }
  }

  /** What an index says. */
  static List<Located> read(byte[] index) throws FormatException {
    var all = new ArrayList<Located>();
    IndexReader.read(
        index,
        "index",
        (pack, id, type, offset, length, plain) ->
            all.add(
                new Located(
                    pack,
                    new PackedBlob(ContentId.fromBytes(id, 0), type, offset, length, plain))));
    return all;
  }

  byte[] config() throws IOException {
    return seal.open(Files.readAllBytes(repository.resolve("config")));
  }

  /** The JSON of all files in a directory, in the order of their names. */
  List<byte[]> documents(String directory) throws IOException {
    var documents = new ArrayList<byte[]>();
    for (byte[] opened : opened(directory)) {
      documents.add(UnpackedFile.decode(opened, 64 << 20, decompressor, directory));
    }
    return documents;
  }

  /** All files in a directory, opened. */
  List<byte[]> opened(String directory) throws IOException {
    var opened = new ArrayList<byte[]>();
    for (Path file : files(directory)) {
      opened.add(seal.open(Files.readAllBytes(file)));
    }
    return opened;
  }

  List<Path> files(String directory) throws IOException {
    try (Stream<Path> all = Files.walk(repository.resolve(directory))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The header of a pack. */
  byte[] header(byte[] pack) throws FormatException {
    int length = PackHeader.sealedLength(pack, pack.length, "pack");
    int end = pack.length - PackHeader.LENGTH_BYTES;
    return seal.open(Arrays.copyOfRange(pack, end - length, end));
  }

  Map<ContentId, Located> blobs() {
    return blobs;
  }

  byte[] blob(ContentId id) throws IOException {
    Located located = blobs.get(id);
    PackedBlob blob = located.blob();
    String pack = located.pack().toString();
    byte[] bytes =
        Files.readAllBytes(repository.resolve("data").resolve(pack.substring(0, 2)).resolve(pack));
    int at = (int) blob.offset();
    byte[] opened = seal.open(Arrays.copyOfRange(bytes, at, at + (int) blob.length()));
    if (!blob.isCompressed()) {
      return opened;
    }
    var content = new byte[(int) blob.contentLength()];
    decompressor.exactly(opened, 0, opened.length, content, 0, content.length, "blob " + id);
    return content;
  }

  @Override
  public void close() {
    decompressor.close();
  }
}
