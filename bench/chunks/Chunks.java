import com.github.luben.zstd.ZstdCompressCtx;
import io.holdfast.vault.chunk.Chunker;
import io.holdfast.vault.chunk.Polynomial;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What copies of one file cost in a vault, one after the other, for each way of cutting them into
 * chunks: content-defined as restic cuts, or page-aligned of one size.
 *
 * <p>Counts what a vault stores for them: the compressed chunks, what a pack and an index add for
 * each new one, and the list of chunks that each backup's tree holds.
 */
final class Chunks {
  /** Nonce and tag, the entry in the pack's header, and the entry in the index, compressed. */
  private static final int FOR_EACH_STORED = 32 + 41 + 42;

  /** A chunk's name in a tree: 64 hexadecimal digits, compressed. */
  private static final int FOR_EACH_NAMED = 33;

  private final Set<String> stored = new HashSet<>();

  private Chunks() {}

  public static void main(String[] arguments) throws Exception {
    List<Path> copies = new ArrayList<>();
    for (String argument : arguments) {
      copies.add(Path.of(argument));
    }
    var content = new Chunker(Polynomial.random(new Random(1)));
    System.out.println("| chunks | first copy, MiB | each later one | chunks of one copy |");
    System.out.println("| --- | ---: | ---: | ---: |");
    row("content-defined", copies, (data, from, end) -> {
      int cut = content.cut(data, from, end);
      return cut < 0 ? end : cut;
    });
    for (int size : new int[] {4, 8, 16, 32, 64, 128, 256, 512, 1024}) {
      row("pages of " + size + " KiB", copies, (data, from, end) -> Math.min(end, from + (size << 10)));
    }
  }

  private static void row(String name, List<Path> copies, Cut cut) throws Exception {
    var chunks = new Chunks();
    var row = new StringBuilder("| " + name + " |");
    var later = new ArrayList<String>();
    int number = 0;
    for (Path copy : copies) {
      Cost cost = chunks.add(copy, cut);
      String size = String.format(Locale.ROOT, "%.1f", cost.bytes() / (double) (1 << 20));
      if (number++ == 0) {
        row.append(' ').append(size).append(" |");
      } else {
        later.add(size);
      }
      if (number == copies.size()) {
        row.append(' ').append(String.join(", ", later)).append(" | ");
        row.append(cost.chunks()).append(" |");
      }
    }
    System.out.println(row);
  }

  /** Reads a file in pieces that end where a chunk ends, so that memory is bounded. */
  private Cost add(Path file, Cut cut) throws Exception {
    long bytes = 0;
    long count = 0;
    var buffer = new byte[64 << 20];
    try (InputStream in = Files.newInputStream(file);
        var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      int held = 0;
      boolean ended = false;
      while (!ended || held > 0) {
        int read = in.readNBytes(buffer, held, buffer.length - held);
        held += read;
        ended = held < buffer.length;
        int from = 0;
        List<Future<Long>> sizes = new ArrayList<>();
        // Content-defined chunks need to see as far as the largest one.
        while (from < held && (ended || held - from >= Chunker.MAX_SIZE)) {
          int end = cut.end(buffer, from, held);
          count++;
          bytes += FOR_EACH_NAMED;
          var digest = MessageDigest.getInstance("SHA-256");
          digest.update(buffer, from, end - from);
          if (stored.add(HexFormat.of().formatHex(digest.digest()))) {
            byte[] chunk = java.util.Arrays.copyOfRange(buffer, from, end);
            sizes.add(threads.submit(() -> compressed(chunk)));
          }
          from = end;
        }
        for (Future<Long> size : sizes) {
          bytes += size.get() + FOR_EACH_STORED;
        }
        System.arraycopy(buffer, from, buffer, 0, held - from);
        held -= from;
      }
    }
    return new Cost(bytes, count);
  }

  private static long compressed(byte[] chunk) {
    try (var context = new ZstdCompressCtx().setLevel(3).setChecksum(false)) {
      return Math.min(chunk.length, context.compress(chunk).length);
    }
  }

  /** Where the chunk ends that begins at a place. */
  private interface Cut {
    int end(byte[] data, int from, int end);
  }

  private record Cost(long bytes, long chunks) {}
}
