package io.holdfast.vault.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.CountingBackend;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.Operation;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.PackedBlob;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobPlace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PackReadsTest {
  private static final int WINDOW = PackReads.Windows.SIZE_OF_CONTENT;

  private final CountingBackend backend =
      new CountingBackend(new MemoryBackend(new MemoryBackend.Storage()));
  private final BlobIndex index = new BlobIndex();
  private final List<BlobPlace> places = new ArrayList<>();
  private final byte[] pack = new byte[3 * WINDOW];
  private final ContentId id;

  PackReadsTest() {
    new Random(5).nextBytes(pack);
    id = ContentId.of(pack);
  }

  @BeforeEach
  void store() throws IOException {
    backend.create();
    backend.write(FileId.of(FileType.PACK, id), ByteBuffer.wrap(pack));
    var random = new Random(6);
    for (int at = 0, end; at < pack.length - 1000; at = end) {
      end = Math.min(at + 1 + random.nextInt(1 << 20), pack.length - 1000);
      ContentId blob = ContentId.of(pack, at, end - at);
      var packed = new PackedBlob(blob, BlobType.DATA, at, Math.max(end - at, PackedBlob.SEAL), 0);
      index.add(id, List.of(packed));
      places.add(new BlobPlace(id, packed));
    }
  }

  private static byte[] part(byte[] pack, PackedBlob blob) {
    return Arrays.copyOfRange(pack, (int) blob.offset(), (int) (blob.offset() + blob.length()));
  }

  private static byte[] read(PackReads.Windows windows, BlobPlace place) throws IOException {
    var sealed = new byte[(int) place.blob().length()];
    windows.read(place, sealed);
    return sealed;
  }

  @Test
  @DisplayName("all blobs of a pack in order take as many requests as it has windows")
  void inOrder() throws IOException {
    var windows = PackReads.Windows.ofContent(backend, index);

    for (BlobPlace place : places) {
      assertThat(read(windows, place)).isEqualTo(part(pack, place.blob()));
    }

    assertThat(backend.count(Operation.READ).calls()).isEqualTo(3);
  }

  @Test
  @DisplayName("who reads trees alone fetches smaller windows, each once, in any order")
  void trees() throws IOException {
    var windows = PackReads.Windows.ofTrees(backend, index);

    for (BlobPlace place : places.reversed()) {
      assertThat(read(windows, place)).isEqualTo(part(pack, place.blob()));
    }

    assertThat(backend.count(Operation.READ).calls())
        .isEqualTo(pack.length / PackReads.Windows.SIZE_OF_TREES);
  }

  @Test
  @DisplayName("what a pack lacks is told, and tried again")
  void lost() throws IOException {
    var windows = PackReads.Windows.ofContent(backend, index);
    backend.delete(FileId.of(FileType.PACK, id));

    assertThatThrownBy(() -> read(windows, places.getFirst()))
        .isInstanceOfSatisfying(
            BackendException.class,
            e -> assertThat(e.reason()).isEqualTo(BackendException.Reason.NOT_FOUND));

    backend.write(FileId.of(FileType.PACK, id), ByteBuffer.wrap(pack));
    assertThat(read(windows, places.getFirst())).isEqualTo(part(pack, places.getFirst().blob()));
  }

  @Test
  @DisplayName("of a pack that was cut, all is read that is still there")
  void cut() throws IOException {
    int left = pack.length - 3000;
    backend.delete(FileId.of(FileType.PACK, id));
    backend.write(FileId.of(FileType.PACK, id), ByteBuffer.wrap(pack, 0, left));
    for (var windows :
        List.of(
            PackReads.Windows.ofContent(backend, index),
            PackReads.Windows.ofTrees(backend, index))) {
      for (BlobPlace place : places) {
        if (place.blob().offset() + place.blob().length() <= left) {
          assertThat(read(windows, place)).isEqualTo(part(pack, place.blob()));
        } else {
          assertThatThrownBy(() -> read(windows, place)).isInstanceOf(BackendException.class);
        }
      }
    }
  }

  @Test
  @DisplayName("a blob behind what the index knew when it was asked first is read by itself")
  void laterPart() throws IOException {
    var windows = PackReads.Windows.ofContent(backend, index);
    read(windows, places.getFirst());
    var later = new PackedBlob(id, BlobType.DATA, pack.length - 500, 500, 0);

    assertThat(read(windows, new BlobPlace(id, later))).isEqualTo(part(pack, later));
  }
}
