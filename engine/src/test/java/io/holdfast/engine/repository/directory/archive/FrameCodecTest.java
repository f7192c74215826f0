package io.holdfast.engine.repository.directory.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.repository.Compression;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameCodecTest {
  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private static ByteBuffer compress(FrameCodec codec, byte[] bytes) {
    ByteBuffer frame = ByteBuffer.allocateDirect(codec.bound(bytes.length));
    codec.compress(direct(bytes), frame);
    return frame.flip();
  }

  private static byte[] sample(int kind, int length) {
    var bytes = new byte[length];
    if (kind > 0) {
      new Random(kind).nextBytes(bytes);
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  @DisplayName("zeros and noise of every size come back, within the bound")
  void roundTrip(Compression compression) {
    try (FrameCodec codec = FrameCodec.of(compression, 3)) {
      for (int kind = 0; kind < 2; kind++) {
        for (int length : new int[] {1, 2, 511, 512, 65_535, 65_536, 1 << 20, Frames.SIZE}) {
          byte[] bytes = sample(kind, length);
          ByteBuffer plain = ByteBuffer.allocateDirect(length);
          codec.decompress(compress(codec, bytes), plain);
          var back = new byte[length];
          plain.flip().get(back);
          assertThat(back).isEqualTo(bytes);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  @DisplayName("a frame that holds more or less than it should is refused, never unpacked further")
  void wrongLength(Compression compression) {
    try (FrameCodec codec = FrameCodec.of(compression, 3)) {
      ByteBuffer frame = compress(codec, sample(0, 4_000_000));
      for (int length : new int[] {1, 100, 3_999_999, 4_000_001}) {
        assertThatThrownBy(
                () -> codec.decompress(frame.duplicate(), ByteBuffer.allocateDirect(length)))
            .as("%s", length)
            .isInstanceOf(IllegalArgumentException.class);
      }
      ByteBuffer longer =
          ByteBuffer.allocateDirect(frame.remaining() + 1)
              .put(frame.duplicate())
              .put((byte) 0)
              .flip();
      assertThatThrownBy(() -> codec.decompress(longer, ByteBuffer.allocateDirect(4_000_000)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  @DisplayName("noise is no frame")
  void noise(Compression compression) {
    try (FrameCodec codec = FrameCodec.of(compression, 3)) {
      for (int i = 0; i < 200; i++) {
        ByteBuffer noise = direct(sample(i + 1, i));
        assertThatThrownBy(() -> codec.decompress(noise, ByteBuffer.allocateDirect(100)))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }
}
