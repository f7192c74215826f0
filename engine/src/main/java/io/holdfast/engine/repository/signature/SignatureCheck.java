package io.holdfast.engine.repository.signature;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.ManifestFiles;
import io.holdfast.engine.repository.signature.ManifestSignature.Live;
import io.holdfast.engine.repository.transfer.Sha256;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks at the signatures of a repository with nothing but the public key.
 *
 * <p>The newest signature lists all backups that there were, so it alone tells which ones are
 * missing or too many. That the newest ones of all were removed, or an older state of everything
 * was put back, only somebody can tell who has seen a later number. Used once.
 */
public final class SignatureCheck {
  private final Repository repository;
  private final VerifyingKey key;
  private final List<RepositoryProblem> problems = new ArrayList<>();

  /** Backups whose signature is good by itself, in the order of their runs. */
  private final TreeMap<RunId, Good> good = new TreeMap<>();

  /** What is wrong with the others; empty where the manifest is damaged, which others tell. */
  private final TreeMap<RunId, Optional<String>> bad = new TreeMap<>();

  private record Good(ManifestSignature says, String digest) {}

  /**
   * What was found.
   *
   * @param problems what is wrong; empty if nothing is
   * @param newest the newest signature, if there is one
   * @param signed how many backups have good signatures
   * @param older how many are older than the first signature, so that nothing vouches for them
   */
  public record Report(
      List<RepositoryProblem> problems, Optional<ManifestSignature> newest, int signed, int older) {
    public Report {
      problems = List.copyOf(problems);
    }
  }

  /**
   * @param key whose signatures are wanted
   */
  public SignatureCheck(Repository repository, VerifyingKey key) {
    this.repository = repository;
    this.key = key;
  }

  /**
   * Looks.
   *
   * @param atLeast the number of a signature that was seen before; 0 if none was
   */
  public Report execute(long atLeast, Cancellation cancellation) throws IOException {
    for (RunId run : repository.index().runs()) {
      cancellation.check();
      look(run);
    }
    Optional<Good> head = Optional.ofNullable(good.lastEntry()).map(Map.Entry::getValue);
    int older = head.map(h -> beforeSigning(h.says().first())).orElse(0);
    bad.forEach((run, why) -> why.ifPresent(text -> add(run, text)));
    head.ifPresent(this::chain);
    long newest = head.map(h -> h.says().number()).orElse(0L);
    if (newest < atLeast) {
      problems.add(
          new RepositoryProblem(
              ErrorCode.MANIFEST_CORRUPT,
              head.map(h -> h.says().run()),
              BackupLayout.MANIFEST_SIGNATURE,
              "the newest signature has the number "
                  + newest
                  + ", and number "
                  + atLeast
                  + " was there before: an older state was put back, or newer backups were removed"));
    }
    return new Report(problems, head.map(Good::says), good.size(), older);
  }

  private void look(RunId run) throws IOException {
    StoredManifest stored;
    try (BackupReader reader = repository.open(run)) {
      stored = reader.stored();
    } catch (HoldfastException damaged) {
      if (damaged.code().kind() == ErrorCode.Kind.CORRUPT) {
        bad.put(run, Optional.empty());
        return;
      }
      if (damaged.code() == ErrorCode.BACKUP_NOT_FOUND) {
        return;
      }
      throw damaged;
    }
    if (stored.signature().isEmpty()) {
      bad.put(run, Optional.of("is not signed"));
      return;
    }
    String text = stored.signature().get();
    try {
      ManifestSignature.Parsed parsed = ManifestSignature.parse(text);
      Optional<String> wrong = wrong(parsed, stored);
      if (wrong.isPresent()) {
        bad.put(run, wrong);
      } else {
        good.put(run, new Good(parsed.says(), ManifestSignature.digest(text)));
      }
    } catch (IllegalArgumentException malformed) {
      bad.put(run, Optional.of("has a signature that cannot be read: " + malformed.getMessage()));
    }
  }

  private Optional<String> wrong(ManifestSignature.Parsed parsed, StoredManifest stored) {
    ManifestSignature says = parsed.says();
    if (!says.key().equals(key.id())) {
      return Optional.of("is signed by another key, " + says.key());
    }
    if (!key.verifies(parsed.body(), parsed.signature())) {
      return Optional.of("has a signature that was changed");
    }
    Manifest manifest = stored.manifest();
    if (!says.run().equals(manifest.runId()) || !says.backup().equals(manifest.backupId())) {
      return Optional.of("has the signature of another backup, " + says.run());
    }
    String digest = Sha256.hex(Sha256.of(ManifestFiles.of(stored).manifest()));
    return says.manifest().equals(digest)
        ? Optional.empty()
        : Optional.of("has a manifest that was changed after it was signed");
  }

  /** Takes out those that were made before there were signatures, and counts them. */
  private int beforeSigning(RunId first) {
    Map<RunId, Optional<String>> before = bad.headMap(first, false);
    int count = before.size() + good.headMap(first, false).size();
    before.clear();
    good.headMap(first, false).clear();
    return count;
  }

  private void chain(Good head) {
    Map<RunId, Live> listed = new HashMap<>();
    head.says().live().forEach(live -> listed.put(live.run(), live));
    long last = 0;
    for (Map.Entry<RunId, Good> entry : good.entrySet()) {
      ManifestSignature says = entry.getValue().says();
      if (!says.chain().equals(head.says().chain())) {
        add(entry.getKey(), "is of another chain of signatures: of another repository, perhaps");
        continue;
      }
      if (says.number() <= last) {
        add(entry.getKey(), "has the number " + says.number() + " and comes after " + last);
      }
      last = Math.max(last, says.number());
      if (!entry.getValue().equals(head)) {
        listed(entry.getKey(), entry.getValue(), Optional.ofNullable(listed.get(entry.getKey())));
      }
    }
    head.says().live().stream()
        .filter(live -> !good.containsKey(live.run()) && !bad.containsKey(live.run()))
        .filter(live -> !head.says().expires().contains(live.run()))
        .sorted(Comparator.comparingLong(Live::number))
        .forEach(live ->
            add(
                live.run(),
                "is gone: the newest signature, of " + head.says().run() + ", lists it"));
  }

  private void listed(RunId run, Good found, Optional<Live> listed) {
    if (listed.isEmpty()) {
      add(run, "had been removed before the newest backup was signed, and is back");
    } else if (!listed.get().signature().equals(found.digest())) {
      add(run, "has another signature than the newest one lists");
    }
  }

  private void add(RunId run, String message) {
    problems.add(
        new RepositoryProblem(
            ErrorCode.MANIFEST_CORRUPT,
            Optional.of(run),
            BackupLayout.MANIFEST_SIGNATURE,
            message));
  }
}
