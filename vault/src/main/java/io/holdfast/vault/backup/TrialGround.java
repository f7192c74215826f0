package io.holdfast.vault.backup;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Storage;
import io.holdfast.vault.backend.Waiter;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.trial.StorageTrial;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Finds where a storage can be tried. Where no vault was made yet, a directory is tried in one of
 * its own, which is removed; a server that keeps nothing but vaults cannot be tried before.
 */
record TrialGround(Storage storage, FileLayer files) {
  private static final String NAME = ".holdfast-trial-";
  private static final int DIRECTORY_MODE = 0700;

  private static final Finding NO_VAULT =
      new Finding(
          Severity.OK,
          "vault",
          "none is there yet",
          "'holdfast repository init' makes it, or else the first backup.");

  private static final Finding UNTRIED =
      new Finding(
          Severity.WARNING,
          "vault",
          "none is there yet, and without one nothing can be tried there",
          "Make it by 'holdfast repository init', and try again; or correct the address.");

  /** Tries all promises of the storage. */
  List<Finding> findings(Cancellation cancellation) throws IOException {
    try (Backend one = storage.open();
        Backend other = storage.open()) {
      boolean made;
      try {
        made = VaultAccess.exists(one);
      } catch (BackendException away) {
        // The trial tells why.
        return trial(one, other, cancellation);
      }
      if (made) {
        return trial(one, other, cancellation);
      }
      if (storage.place().isPresent()) {
        return with(inDirectory(storage.place().get(), cancellation), NO_VAULT);
      }
      if (storage.isMadeWithVault() && holdsNothing(one)) {
        return List.of(UNTRIED);
      }
      return with(trial(one, other, cancellation), NO_VAULT);
    }
  }

  /** A server that knows no repository of that name answers even a list with "not found". */
  private static boolean holdsNothing(Backend backend) throws IOException {
    try {
      var unused = backend.list(FileType.LOCK);
      return false;
    } catch (BackendException e) {
      return e.reason() == BackendException.Reason.NOT_FOUND;
    }
  }

  private List<Finding> inDirectory(FilePath place, Cancellation cancellation) throws IOException {
    var random = new SecureRandom();
    FilePath ground;
    try {
      ground = ground(place, random);
    } catch (FileLayerException unusable) {
      return List.of(
          new Finding(
              Severity.ERROR,
              "reachable",
              "it failed: " + unusable.getMessage(),
              "Let `path` name a directory that Holdfast may write to, or one that it may make."));
    }
    try (Backend one = new LocalBackend(files, ground, random);
        Backend other = new LocalBackend(files, ground, random)) {
      return trial(one, other, cancellation);
    } finally {
      FileTrees.deleteTree(files, ground);
    }
  }

  /** Makes a directory where the vault is to be, or as near to that as there is one. */
  private FilePath ground(FilePath place, SecureRandom random) throws IOException {
    FilePath existing = place;
    while (files.find(existing).isEmpty() && existing.length() > 1) {
      existing = existing.parent();
    }
    byte[] name = new byte[Long.BYTES];
    random.nextBytes(name);
    FilePath ground = files.resolveLinks(existing).resolve(NAME + HexFormat.of().formatHex(name));
    files.createDirectory(ground, DIRECTORY_MODE);
    return ground;
  }

  private static List<Finding> trial(Backend one, Backend other, Cancellation cancellation) {
    return new StorageTrial(
            one, other, new SecureRandom(), Clock.systemUTC(), Waiter.real(), cancellation)
        .findings();
  }

  private static List<Finding> with(List<Finding> tried, Finding further) {
    // What is wrong with a storage comes first.
    if (tried.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
      return tried;
    }
    var all = new ArrayList<>(tried);
    all.add(further);
    return List.copyOf(all);
  }
}
