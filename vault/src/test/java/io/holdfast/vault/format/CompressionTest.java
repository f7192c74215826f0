package io.holdfast.vault.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
  private final BlobCompressor compressor = new BlobCompressor(BlobCompressor.DEFAULT_LEVEL);
  private final BlobDecompressor decompressor = new BlobDecompressor();

  @AfterEach
  void close() {
    compressor.close();
    decompressor.close();
  }

  private static byte[] text(int length) {
    var random = new Random(length);
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(4));
    }
    return bytes;
  }

  private static byte[] noise(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** As rustic writes: without the length of the content. */
  private static byte[] unsized(byte[] content) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var zstd = new ZstdOutputStream(out)) {
      zstd.write(content);
    }
    assertThat(Zstd.getFrameContentSize(out.toByteArray())).isLessThanOrEqualTo(0);
    return out.toByteArray();
  }

  @ParameterizedTest
  @DisplayName("A blob that compresses is made smaller, in the middle of arrays, and comes back")
  @ValueSource(ints = {100, 5000, 1 << 20, 9 << 20})
  void roundTrip(int size) throws Exception {
    byte[] blob = text(size);
    var source = new byte[size + 7];
    System.arraycopy(blob, 0, source, 3, size);
    var frame = new byte[size + 11];
    int length = compressor.compress(source, 3, size, frame, 5).orElseThrow();
    assertThat(length).isLessThan(size);
    assertThat(Arrays.copyOf(frame, 5)).containsOnly(0);
    var target = new byte[size + 2];
    decompressor.exactly(frame, 5, length, target, 1, size, "blob 1");
    assertThat(Arrays.copyOfRange(target, 1, size + 1)).isEqualTo(blob);
  }

  @ParameterizedTest
  @DisplayName("A blob that does not compress is left as it is")
  @ValueSource(ints = {0, 1, 2, 100, 1 << 20})
  void incompressible(int size) {
    assertThat(compressor.compress(noise(size), 0, size, new byte[size], 0))
        .isEqualTo(OptionalInt.empty());
    // The same object goes on to work.
    assertThat(compressor.compress(text(1000), 0, 1000, new byte[1000], 0)).isPresent();
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: content that is shorter or longer than expected is refused")
  void wrongLength() {
    byte[] frame = Zstd.compress(text(1000));
    var target = new byte[2000];
    for (int expected : new int[] {0, 999, 1001}) {
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(
              () -> decompressor.exactly(frame, 0, frame.length, target, 0, expected, "blob 1"))
          .withMessageStartingWith("blob 1: ");
    }
  }

  @Test
  @DisplayName(
      "Every frame cut short or with a bit flipped is refused, or gives what it should hold")
  void damaged() throws Exception {
    byte[] content = text(300);
    byte[] frame = Zstd.compress(content);
    var target = new byte[300];
    for (int length = 0; length < frame.length; length++) {
      int cut = length;
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> decompressor.exactly(frame, 0, cut, target, 0, 300, "blob 1"));
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> decompressor.upTo(300, Arrays.copyOf(frame, cut), "file 1"));
    }
    for (int bit = 0; bit < 8 * frame.length; bit++) {
      byte[] flipped = frame.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        decompressor.exactly(flipped, 0, flipped.length, target, 0, 300, "blob 1");
        decompressor.upTo(300, flipped, "file 1");
      } catch (FormatException documented) {
        assertThat(documented).hasMessageMatching("(blob|file) 1: .+");
      }
    }
    decompressor.exactly(frame, 0, frame.length, target, 0, 300, "blob 1");
    assertThat(target).isEqualTo(content);
  }

  @Test
  @DisplayName(
      "A file that claims more than the limit, or holds more, is refused before it is made")
  void bombs() throws Exception {
    byte[] content = new byte[50 << 20];
    byte[] told = Zstd.compress(content);
    byte[] untold = unsized(content);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> decompressor.upTo(1 << 20, told, "index 1"))
        .withMessage("index 1: it has 52428800 bytes uncompressed, and the limit is 1048576");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> decompressor.upTo(1 << 20, untold, "index 1"))
        .withMessage("index 1: it has more bytes uncompressed than the limit of 1048576");
    assertThat(decompressor.upTo(50 << 20, told, "index 1")).isEqualTo(content);
    assertThat(decompressor.upTo(50 << 20, untold, "index 1")).isEqualTo(content);
  }

  @Test
  @DisplayName("A frame whose header lies about its content is refused")
  void lies() {
    byte[] frame = Zstd.compress(text(1000));
    // Magic, then a descriptor; the length of two bytes follows, 256 less than it says.
    int at = 5;
    assertThat((frame[at] & 0xff) + ((frame[at + 1] & 0xff) << 8) + 256).isEqualTo(1000);
    for (int claimed : new int[] {1, 999, 1001, 60_000}) {
      byte[] lying = frame.clone();
      int stored = claimed - 256;
      lying[at] = (byte) stored;
      lying[at + 1] = (byte) (stored >> 8);
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> decompressor.upTo(1 << 20, lying, "index 1"));
    }
  }

  @Test
  @DisplayName("Files: version 1 is the JSON, version 2 a byte and the JSON compressed")
  void files() throws Exception {
    byte[] json = Documents.index();
    assertThat(UnpackedFile.encode(json, 1, compressor)).isEqualTo(json);
    byte[] two = UnpackedFile.encode(json, 2, compressor);
    assertThat(two[0]).isEqualTo((byte) 2);
    assertThat(Zstd.decompress(Arrays.copyOfRange(two, 1, two.length), json.length))
        .isEqualTo(json);
    for (byte[] file : new byte[][] {json, two}) {
      assertThat(UnpackedFile.decode(file, json.length, decompressor, "index 1")).isEqualTo(json);
    }
    byte[] array = Documents.utf8("[]");
    assertThat(UnpackedFile.decode(array, 2, decompressor, "index 1")).isEqualTo(array);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> UnpackedFile.decode(json, json.length - 1, decompressor, "index 1"));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> UnpackedFile.decode(two, json.length - 1, decompressor, "index 1"));
  }

  @Test
  @DisplayName("Every file of version 2 cut short is refused")
  void filesCutShort() {
    byte[] file = UnpackedFile.encode(Documents.index(), 2, compressor);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> UnpackedFile.decode(cut, 1 << 20, decompressor, "index 1"));
    }
  }

  @Test
  @Tag("P6")
  @DisplayName("P6: an encoding that came later is told apart")
  void laterEncoding() {
    assertThatExceptionOfType(UnsupportedVersionException.class)
        .isThrownBy(() -> UnpackedFile.decode(new byte[] {3, 1}, 9, decompressor, "index 1"))
        .satisfies(e -> assertThat(e.version()).isEqualTo(3));
  }

  @Test
  @DisplayName("There are levels 1 to 22")
  void levels() {
    assertThatIllegalArgumentException().isThrownBy(() -> new BlobCompressor(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new BlobCompressor(23));
    try (var strong = new BlobCompressor(22)) {
      assertThat(strong.compress(text(1000), 0, 1000, new byte[1000], 0)).isPresent();
    }
  }
}
