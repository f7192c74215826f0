package io.holdfast.engine.repository.signature;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.repository.signature.ManifestSignature.Live;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the signer remembers, in the state of the installation, where whoever can change the
 * repository cannot reach: {@code signatures}, lines as those of a signature.
 *
 * @param key which key signs
 * @param chain the chain
 * @param number of the newest signature
 * @param first the run of number 1
 * @param live the signed backups that ought to be there
 */
record Ledger(String key, String chain, long number, RunId first, List<Live> live) {
  private static final String NAME = "signatures";
  private static final int MOST = 64 << 20;

  Ledger {
    live = List.copyOf(live);
  }

  /**
   * Empty if there is none, or it is damaged: as what is lost it is made again from the signatures
   * of the repository, and nobody is kept from a restore by a file that a restore does not need.
   */
  static Optional<Ledger> read(FileLayer files, FilePath state) throws IOException {
    FilePath path = state.resolve(NAME);
    if (files.find(path).isEmpty()) {
      return Optional.empty();
    }
    String text = new String(FileTrees.readAll(files, path, MOST), StandardCharsets.US_ASCII);
    List<String> lines = text.lines().toList();
    try {
      var live = new ArrayList<Live>();
      for (String line : lines.subList(1, lines.size())) {
        String[] parts = line.split(" ", -1);
        live.add(new Live(Long.parseLong(parts[0]), new RunId(parts[1]), parts[2]));
      }
      String[] head = lines.getFirst().split(" ", -1);
      return Optional.of(
          new Ledger(head[0], head[1], Long.parseLong(head[2]), new RunId(head[3]), live));
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }

  void write(FileLayer files, FilePath state) throws IOException {
    var text = new StringBuilder();
    text.append(key)
        .append(' ')
        .append(chain)
        .append(' ')
        .append(number)
        .append(' ')
        .append(first)
        .append('\n');
    for (Live each : live) {
      text.append(each.number())
          .append(' ')
          .append(each.run())
          .append(' ')
          .append(each.signature())
          .append('\n');
    }
    FileTrees.createDirectories(files, state, 0700);
    FileTrees.replaceAtomically(
        files, state.resolve(NAME), text.toString().getBytes(StandardCharsets.US_ASCII), 0600);
  }

  /** With one more signature. */
  Ledger with(ManifestSignature signature, String text) {
    var all = new ArrayList<>(live);
    all.removeIf(each -> each.run().equals(signature.run()));
    all.add(new Live(signature.number(), signature.run(), ManifestSignature.digest(text)));
    return new Ledger(key, chain, Math.max(number, signature.number()), first, all);
  }

  /** Without a backup that Holdfast removed. */
  Ledger without(RunId run) {
    return new Ledger(
        key, chain, number, first, live.stream().filter(each -> !each.run().equals(run)).toList());
  }
}
