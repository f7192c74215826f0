package io.holdfast.engine.file.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameListTest {
  private static List<byte[]> list(List<byte[]> names) {
    var builder = new NameList.Builder();
    for (byte[] name : names) {
      System.arraycopy(name, 0, builder.room(name.length), builder.offset(), name.length);
    }
    return builder.build();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 15, 16, 17, 1000, 70_000})
  void holdsAndSortsWhateverItIsGiven(int size) {
    var random = new Random(size);
    var names = new ArrayList<byte[]>();
    for (int i = 0; i < size; i++) {
      var name = new byte[1 + random.nextInt(i % 10 == 0 ? 255 : 20)];
      random.nextBytes(name);
      names.add(name);
    }
    var list = list(names);
    names.sort(Arrays::compareUnsigned);
    assertThat(list).hasSize(size);
    for (int i = 0; i < size; i++) {
      assertThat(list.get(i)).isEqualTo(names.get(i));
    }
  }

  @Test
  void bytesAreUnsignedAndPrefixesComeFirst() {
    byte[][] ordered = {{1}, {1, 1}, {127}, {(byte) 128}, {(byte) 255}, {(byte) 255, 1}};
    var shuffled = new ArrayList<>(List.of(ordered));
    for (int seed = 0; seed < 50; seed++) {
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(list(shuffled).toArray(byte[][]::new)).isDeepEqualTo(ordered);
    }
  }

  @Test
  void aNameOfMoreThan255BytesIsNone() {
    var builder = new NameList.Builder();
    assertThatThrownBy(() -> builder.room(256)).isInstanceOf(IllegalArgumentException.class);
  }
}
