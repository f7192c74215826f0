package io.holdfast.vault.format.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoModeTest {
  @ParameterizedTest
  @DisplayName("Type and permissions become the bits of Go's fs.FileMode")
  @CsvSource({
    "FILE, 0644, 420",
    "FILE, 0, 0",
    "FILE, 04755, 8389101",
    "FILE, 02755, 4194797",
    "FILE, 01644, 1048996",
    "FILE, 07777, 13631999",
    "DIRECTORY, 0755, 2147484141",
    "DIRECTORY, 01777, 2148532735",
    "SYMLINK, 0777, 134218239",
    "BLOCK_DEVICE, 0660, 67109296",
    "CHARACTER_DEVICE, 0666, 69206454",
    "FIFO, 0600, 33554816",
    "SOCKET, 0755, 16777709",
    "IRREGULAR, 0, 524288",
  })
  void modes(NodeType type, String octal, long expected) {
    int mode = Integer.parseInt(octal, 8);
    assertThat(GoMode.of(type, mode)).isEqualTo(expected);
    assertThat(GoMode.unixMode(expected)).isEqualTo(mode);
  }

  @Test
  @DisplayName("All twelve bits come back, for every type")
  void roundTrip() {
    for (NodeType type : NodeType.values()) {
      for (int mode = 0; mode <= 07777; mode++) {
        long goMode = GoMode.of(type, mode);
        assertThat(GoMode.unixMode(goMode)).isEqualTo(mode);
        assertThat(goMode).isBetween(0L, 0xffff_ffffL);
      }
    }
  }

  @Test
  @DisplayName("A mode of more than twelve bits is refused")
  void range() {
    assertThatIllegalArgumentException().isThrownBy(() -> GoMode.of(NodeType.FILE, 010000));
    assertThatIllegalArgumentException().isThrownBy(() -> GoMode.of(NodeType.FILE, -1));
  }
}
