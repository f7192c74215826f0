package io.holdfast.vault.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.RandomNodes;
import io.holdfast.vault.format.tree.TreeReader;
import io.holdfast.vault.format.tree.TreeWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentFuzzTest {
  /** A campaign looks longer. */
  private static final int ROUNDS = Boolean.getBoolean("holdfast.campaign") ? 500_000 : 5000;

  /** Reads a document to its end. */
  @FunctionalInterface
  interface Decoder {
    void decode(byte[] document) throws FormatException;
  }

  private static byte[] tree(int seed, int nodes) {
    var tree = new TreeWriter(nodes);
    new RandomNodes(new Random(seed)).nodes(nodes).forEach(tree::add);
    return tree.finish();
  }

  static Stream<Arguments> documents() {
    byte[] header = PackHeader.encode(Documents.blobs());
    Decoder trees = bytes -> TreeReader.readAll(bytes, "it");
    return Stream.of(
        Arguments.of("config", Documents.config().encode(), (Decoder) Config::decode),
        Arguments.of(
            "lock", Documents.lock().encode(), (Decoder) bytes -> LockFile.decode(bytes, "it")),
        Arguments.of(
            "snapshot",
            SnapshotCodec.encode(Documents.full()),
            (Decoder) bytes -> SnapshotCodec.decode(bytes, "it")),
        Arguments.of(
            "index",
            Documents.index(),
            (Decoder)
                bytes -> IndexReader.read(bytes, "it", (pack, id, type, at, length, plain) -> {})),
        Arguments.of("small tree", tree(1, 2), trees),
        Arguments.of("tree", tree(2, 20), trees),
        Arguments.of(
            "pack header",
            header,
            (Decoder)
                bytes -> PackHeader.decode(bytes, 3_000_000_170L + header.length + 36, "it")));
  }

  @ParameterizedTest(name = "{0}")
  @Tag("P5")
  @MethodSource("documents")
  @DisplayName("P5: every document that was cut short is refused in the documented way")
  void truncated(String name, byte[] document, Decoder decoder) throws Exception {
    decoder.decode(document);
    int end = document.length;
    while (document[end - 1] == '\n') {
      end--;
    }
    for (int length = 0; length < end; length++) {
      byte[] cut = Arrays.copyOf(document, length);
      assertThatExceptionOfType(FormatException.class)
          .as("%s bytes of %s", length, document.length)
          .isThrownBy(() -> decoder.decode(cut));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  @DisplayName("Whatever is changed in a document, it is read or refused in the documented way")
  void changed(String name, byte[] document, Decoder decoder) {
    var random = new Random(99);
    byte[] likely = "\"\\{}[]:,0-9.eEtfnu\n \u0000\u001f".getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = document.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        int at = random.nextInt(bytes.length);
        bytes[at] =
            switch (random.nextInt(3)) {
              case 0 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
              case 1 -> likely[random.nextInt(likely.length)];
              default -> bytes[random.nextInt(bytes.length)];
            };
      }
      try {
        decoder.decode(bytes);
      } catch (FormatException documented) {
        assertThat(documented.getMessage()).matches("(?s)(it|config): .+");
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  @DisplayName("Whatever is left out, doubled or moved in a document, the same holds")
  void spliced(String name, byte[] document, Decoder decoder) {
    var random = new Random(100);
    for (int round = 0; round < ROUNDS; round++) {
      int from = random.nextInt(document.length);
      int to = from + random.nextInt(Math.min(50, document.length - from) + 1);
      int at = random.nextInt(document.length);
      byte[] bytes =
          random.nextBoolean()
              ? joined(document, 0, at, document, from, to, document, at, document.length)
              : joined(document, 0, from, document, to, document.length, document, 0, 0);
      try {
        decoder.decode(bytes);
      } catch (FormatException documented) {
        assertThat(documented.getMessage()).matches("(?s)(it|config): .+");
      }
    }
  }

  private static byte[] joined(
      byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo, byte[] c, int cFrom, int cTo) {
    var joined = new byte[aTo - aFrom + bTo - bFrom + cTo - cFrom];
    System.arraycopy(a, aFrom, joined, 0, aTo - aFrom);
    System.arraycopy(b, bFrom, joined, aTo - aFrom, bTo - bFrom);
    System.arraycopy(c, cFrom, joined, aTo - aFrom + bTo - bFrom, cTo - cFrom);
    return joined;
  }

  @Test
  @DisplayName("Bytes at random are refused in the documented way")
  void noise() {
    var random = new Random(101);
    List<Decoder> decoders = documents().map(document -> (Decoder) document.get()[2]).toList();
    for (int round = 0; round < ROUNDS / 2; round++) {
      var bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[0] = (byte) (random.nextBoolean() ? '{' : '[');
      }
      for (Decoder decoder : decoders) {
        assertThatExceptionOfType(FormatException.class).isThrownBy(() -> decoder.decode(bytes));
      }
    }
  }

  @Test
  @DisplayName("Any tree comes back, and is written again byte for byte")
  void trees() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      List<Node> nodes = new RandomNodes(new Random(seed)).nodes(seed % 40);
      var writer = new TreeWriter(nodes.size());
      nodes.forEach(writer::add);
      byte[] json = writer.finish();
      List<Node> read = TreeReader.readAll(json, "it");
      assertThat(read).isEqualTo(nodes);
      var again = new TreeWriter(0);
      read.forEach(again::add);
      assertThat(again.finish()).isEqualTo(json);
    }
  }
}
