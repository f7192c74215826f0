package io.holdfast.engine.repository.signature;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.signature.ManifestSignature.Live;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Looks at the signatures of a repository with nothing but the public key.
 *
 * <p>The newest signature lists all backups that there were, so it alone tells which ones are
 * missing or too many. That the newest ones of all were removed, or an older state of everything
 * was put back, only somebody can tell who has seen a later number. Where several installations
 * share the repository, each that has signed with the key has a chain of its own. Used once.
 */
public final class SignatureCheck {
  private final Repository repository;
  private final VerifyingKey key;
  private final boolean removalsAreKnown;
  private final List<RepositoryProblem> problems = new ArrayList<>();

  /** Backups whose signature is good by itself, in the order of their runs. */
  private final TreeMap<RunId, Good> good = new TreeMap<>();

  /** The others. */
  private final TreeMap<RunId, Bad> bad = new TreeMap<>();

  private record Good(
      ManifestSignature says, String digest, Optional<InstallationName> installation) {}

  /**
   * A backup whose signature is not good.
   *
   * @param why what is wrong; empty where the manifest is damaged, which others tell
   * @param installation whose it says it is; empty where the manifest is damaged
   * @param claimed whether it says that it is of this key
   */
  private record Bad(
      Optional<String> why, Optional<Optional<InstallationName>> installation, boolean claimed) {
    boolean mayBeOf(Optional<InstallationName> owner) {
      return installation.isEmpty() || installation.get().equals(owner);
    }
  }

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
    this(repository, key, false);
  }

  /**
   * @param removalsAreKnown whether somebody else tells what is gone, and knows it better than the
   *     newest signature
   */
  SignatureCheck(Repository repository, VerifyingKey key, boolean removalsAreKnown) {
    this.repository = repository;
    this.key = key;
    this.removalsAreKnown = removalsAreKnown;
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
    Set<Optional<InstallationName>> signers =
        good.values().stream().map(Good::installation).collect(Collectors.toSet());
    int older = 0;
    for (Optional<InstallationName> signer : signers) {
      older += beforeSigning(signer);
    }
    bad.forEach((run, found) -> {
      // What other installations publish, they sign or not with keys of their own.
      if (signers.isEmpty() || found.claimed() || signers.stream().anyMatch(found::mayBeOf)) {
        found.why().ifPresent(text -> add(run, text));
      }
    });
    signers.forEach(this::chain);
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
    try (BackupReader reader = repository.openUnjudged(run)) {
      stored = reader.stored();
    } catch (HoldfastException damaged) {
      if (damaged.code().kind() == ErrorCode.Kind.CORRUPT) {
        bad.put(run, new Bad(Optional.empty(), Optional.empty(), false));
        return;
      }
      if (damaged.code() == ErrorCode.BACKUP_NOT_FOUND) {
        return;
      }
      throw damaged;
    }
    Optional<InstallationName> owner = stored.manifest().installation();
    switch (SignatureLook.at(stored, key)) {
      case SignatureLook.Good(var says, var digest) -> good.put(run, new Good(says, digest, owner));
      case SignatureLook.Bad(var why, var claimed) ->
          bad.put(run, new Bad(Optional.of(why), Optional.of(owner), claimed));
    }
  }

  /** Those of an installation, oldest first. */
  private TreeMap<RunId, Good> of(Optional<InstallationName> owner) {
    var own = new TreeMap<RunId, Good>(good);
    own.values().removeIf(found -> !found.installation().equals(owner));
    return own;
  }

  /** Takes out those that were made before there were signatures, and counts them. */
  private int beforeSigning(Optional<InstallationName> owner) {
    RunId first = of(owner).lastEntry().getValue().says().first();
    int all = bad.size() + good.size();
    bad.headMap(first, false).values().removeIf(found -> found.mayBeOf(owner));
    good.headMap(first, false).values().removeIf(found -> found.installation().equals(owner));
    return all - bad.size() - good.size();
  }

  private void chain(Optional<InstallationName> owner) {
    TreeMap<RunId, Good> own = of(owner);
    Good head = own.lastEntry().getValue();
    Map<RunId, Live> listed = new HashMap<>();
    head.says().live().forEach(live -> listed.put(live.run(), live));
    long last = 0;
    for (Map.Entry<RunId, Good> entry : own.entrySet()) {
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
        .filter(live -> !own.containsKey(live.run()) && !isThere(live.run(), owner))
        .filter(live -> !removalsAreKnown)
        .filter(live -> !head.says().expires().contains(live.run()))
        .sorted(Comparator.comparingLong(Live::number))
        .forEach(live ->
            add(
                live.run(),
                "is gone: the newest signature, of " + head.says().run() + ", lists it"));
  }

  /** One that says now that it is another's is not what was signed. */
  private boolean isThere(RunId run, Optional<InstallationName> owner) {
    Bad found = bad.get(run);
    return found != null && found.mayBeOf(owner);
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
