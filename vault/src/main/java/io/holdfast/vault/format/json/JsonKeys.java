package io.holdfast.vault.format.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys that an object may have, to be found by their bytes without making a text of them.
 * Immutable.
 */
public final class JsonKeys {
  /** An object's keys are remembered in the bits of a {@code long}. */
  private static final int MOST = 64;

  private final String[] names;
  private final byte[][] bytes;
  private final byte[] slots;

  private JsonKeys(String[] names) {
    this.names = names;
    this.bytes = new byte[names.length][];
    this.slots = new byte[4 * MOST];
    Arrays.fill(slots, (byte) -1);
    for (int i = 0; i < names.length; i++) {
      bytes[i] = names[i].getBytes(StandardCharsets.US_ASCII);
      int slot = slot(bytes[i], 0, bytes[i].length);
      while (slots[slot] >= 0) {
        slot = (slot + 1) % slots.length;
      }
      slots[slot] = (byte) i;
    }
  }

  /**
   * @param names up to 64, in ASCII, each once
   */
  public static JsonKeys of(String... names) {
    if (names.length > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " keys");
    }
    return new JsonKeys(names.clone());
  }

  String name(int index) {
    return names[index];
  }

  /** Which key these bytes are; -1 if none of them. */
  int find(byte[] text, int from, int to) {
    int slot = slot(text, from, to);
    while (slots[slot] >= 0) {
      byte[] candidate = bytes[slots[slot]];
      if (Arrays.equals(candidate, 0, candidate.length, text, from, to)) {
        return slots[slot];
      }
      slot = (slot + 1) % slots.length;
    }
    return -1;
  }

  private int slot(byte[] text, int from, int to) {
    int hash = to - from;
    if (hash > 0) {
      hash = hash * 31 + text[from] * 7 + text[to - 1] * 13;
    }
    return (hash & 0x7fff_ffff) % slots.length;
  }
}
