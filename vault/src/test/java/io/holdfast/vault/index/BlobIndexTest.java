package io.holdfast.vault.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.PackedBlob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BlobIndexTest {
  private final BlobIndex index = new BlobIndex();

  private static ContentId id(Random random) {
    byte[] bytes = new byte[ContentId.LENGTH];
    random.nextBytes(bytes);
    return ContentId.fromBytes(bytes, 0);
  }

  private void add(ContentId pack, PackedBlob blob) {
    index.add(pack, List.of(blob));
  }

  @Test
  @DisplayName("finds what was added, and nothing else, as a plain map does")
  void likeAMap() {
    var random = new Random(1);
    Map<ContentId, BlobPlace> model = new HashMap<>();
    for (int p = 0; p < 40; p++) {
      ContentId pack = id(random);
      long offset = 0;
      for (int b = 0; b < 500; b++) {
        var blob =
            new PackedBlob(
                id(random),
                random.nextBoolean() ? BlobType.DATA : BlobType.TREE,
                offset,
                PackedBlob.SEAL + random.nextInt(1 << 20),
                random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1 << 22));
        offset += blob.length();
        add(pack, blob);
        model.put(blob.id(), new BlobPlace(pack, blob));
      }
    }
    assertThat(index.size()).isEqualTo(model.size());
    assertThat(index.packs()).hasSize(40);
    model.forEach((id, place) -> {
      BlobType type = place.blob().type();
      BlobType other = type == BlobType.DATA ? BlobType.TREE : BlobType.DATA;
      assertThat(index.find(type, id)).contains(place);
      assertThat(index.findAll(type, id)).containsExactly(place);
      assertThat(index.contains(type, id)).isTrue();
      assertThat(index.contains(other, id)).isFalse();
    });
    for (int i = 0; i < 1000; i++) {
      assertThat(index.find(BlobType.DATA, id(random))).isEmpty();
    }
    var all = new ArrayList<BlobPlace>();
    index.forEach(all::add);
    assertThat(all).containsExactlyInAnyOrderElementsOf(model.values());
  }

  @Test
  @DisplayName("keeps every place of a blob, and the same place once")
  void places() {
    var random = new Random(2);
    ContentId blob = id(random);
    ContentId one = id(random);
    ContentId two = id(random);
    var first = new PackedBlob(blob, BlobType.DATA, 0, 100, 0);
    var again = new PackedBlob(blob, BlobType.DATA, 100, 100, 0);
    add(one, first);
    add(two, first);
    add(one, first);
    add(one, again);
    assertThat(index.findAll(BlobType.DATA, blob))
        .containsExactly(
            new BlobPlace(one, first), new BlobPlace(two, first), new BlobPlace(one, again));
    assertThat(index.size()).isEqualTo(3);
  }

  @Test
  @DisplayName("numbers of 32 bits come back without a sign")
  void largeNumbers() {
    var random = new Random(3);
    ContentId pack = id(random);
    var blob = new PackedBlob(id(random), BlobType.DATA, 0x9000_0000L, 0x6fff_ffffL, 0xffff_ffffL);
    add(pack, blob);
    assertThat(index.find(BlobType.DATA, blob.id())).contains(new BlobPlace(pack, blob));
  }

  @Test
  @DisplayName("names that begin alike are told apart")
  void collisions() {
    ContentId pack = id(new Random(4));
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = new byte[ContentId.LENGTH];
      bytes[30] = (byte) (i >> 8);
      bytes[31] = (byte) i;
      add(pack, new PackedBlob(ContentId.fromBytes(bytes, 0), BlobType.DATA, 32L * i, 32, 0));
    }
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = new byte[ContentId.LENGTH];
      bytes[30] = (byte) (i >> 8);
      bytes[31] = (byte) i;
      assertThat(
              index
                  .find(BlobType.DATA, ContentId.fromBytes(bytes, 0))
                  .orElseThrow()
                  .blob()
                  .offset())
          .isEqualTo(32L * i);
    }
  }
}
