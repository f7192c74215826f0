package io.holdfast.vault.backup;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.SecretInspection;
import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Patience;
import io.holdfast.vault.backend.RetryListener;
import io.holdfast.vault.backend.RetryingBackend;
import io.holdfast.vault.backend.Storage;
import io.holdfast.vault.backend.Waiter;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import io.holdfast.vault.lock.LockOwner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A vault as a configuration describes it.
 *
 * <p>Storage that is elsewhere is tried again and again while work is under way, and for some
 * seconds where something is asked of it: whoever asks wants to hear that it is away.
 *
 * @param storage where it lies, or will
 * @param files the file layer
 * @param clock tells when a key was made
 * @param level how hard to compress
 * @param password asked for each time the vault is opened; empty in a configuration that was told
 *     to be wrong
 * @param variables the value of a variable of the environment, or null
 * @param state where this machine's part is kept
 */
record ConfiguredVault(
    Storage storage,
    FileLayer files,
    Clock clock,
    int level,
    Optional<SecretSource> password,
    UnaryOperator<@Nullable String> variables,
    FilePath state)
    implements VaultSetting {
  private static final FilePath HOST_NAME = FilePath.of("/proc/sys/kernel/hostname");
  private static final int MOST_BYTES = 1024;

  @Override
  public String location() {
    return storage.location();
  }

  @Override
  public Optional<FilePath> place() {
    return storage.place();
  }

  @Override
  public LockOwner owner() {
    return LockOwner.here(host(), "holdfast");
  }

  private String host() {
    try {
      return new String(FileTrees.readAll(files, HOST_NAME, MOST_BYTES), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException unknown) {
      return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "");
    }
  }

  @Override
  public List<Finding> tryStorage(Cancellation cancellation) throws IOException {
    return new TrialGround(storage, files).findings(cancellation);
  }

  @Override
  public boolean isMade() throws IOException {
    try (Backend backend = backend(new SecureRandom())) {
      return VaultAccess.exists(backend.insistingUntil(new Cancellation()));
    }
  }

  @Override
  public List<Finding> inspect() {
    return Stream.concat(
            password.stream()
                .flatMap(secret ->
                    SecretInspection.of("password of the vault", secret, files, variables)
                        .stream()),
            storage.inspect().stream())
        .toList();
  }

  @Override
  public Vault open(boolean create) throws IOException {
    return open(create, new Cancellation());
  }

  @Override
  public Vault open(boolean create, Cancellation cancellation) throws IOException {
    var random = new SecureRandom();
    byte[] secret = password.orElseThrow().fetch(files, variables).getBytes(StandardCharsets.UTF_8);
    Backend backend = backend(random);
    boolean open = false;
    try {
      Vault vault = open(backend.insistingUntil(cancellation), create, secret, random);
      open = true;
      return vault.under(new Cancellation());
    } finally {
      Arrays.fill(secret, (byte) 0);
      if (!open) {
        backend.close();
      }
    }
  }

  private Vault open(Backend backend, boolean create, byte[] secret, SecureRandom random)
      throws IOException {
    // Asked in any case: a storage that is away is told of before anything waits for long.
    if (!VaultAccess.exists(backend)) {
      var place = new VaultPlace(storage, files, state);
      if (!create) {
        place.requireNoBackups(backend);
        throw nothingThere();
      }
      place.requireFree(backend);
      Optional<Vault> made = create(backend, secret, random);
      if (made.isPresent()) {
        return made.get();
      }
    }
    Optional<Vault> opened = VaultAccess.open(backend, secret, random);
    if (opened.isEmpty() && backend.list(FileType.KEY).isEmpty()) {
      throw noKeys();
    }
    return opened.orElseThrow(this::wrongPassword);
  }

  private Backend backend(SecureRandom random) throws IOException {
    Backend backend = storage.open();
    return storage.place().isPresent()
        ? backend
        : new RetryingBackend(
            backend,
            Patience.standard(),
            new Cancellation(),
            Waiter.real(),
            random,
            RetryListener.none());
  }

  /** Makes it; empty if somebody else was quicker. */
  private Optional<Vault> create(Backend backend, byte[] secret, SecureRandom random)
      throws IOException {
    try {
      return Optional.of(
          VaultAccess.create(
              backend,
              secret,
              ScryptParameters.DEFAULT,
              new KeyFile.Origin(host(), "holdfast", clock.instant()),
              random));
    } catch (BackendException e) {
      if (e.reason() == BackendException.Reason.ALREADY_EXISTS) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private HoldfastException nothingThere() {
    return new HoldfastException(
            ErrorCode.REPOSITORY_UNAVAILABLE,
            "there is no vault at " + storage.location(),
            "Correct the address, or mount the file system that holds it. 'holdfast repository init', or"
                + " the first backup of an installation, makes a vault where there is none.")
        .with(Repository.NOTHING_THERE, storage.location());
  }

  private HoldfastException noKeys() {
    return new HoldfastException(
        ErrorCode.REPOSITORY_UNAVAILABLE,
        "the vault at " + location() + " has lost its keys: nothing is in 'keys'",
        "Put the files of 'keys' back from a copy of the vault: no password opens it without them.");
  }

  private HoldfastException wrongPassword() {
    return new HoldfastException(
        ErrorCode.CONFIGURATION_INVALID,
        "the password opens no key of the vault " + storage.location(),
        "Correct the password. Whoever has lost every password of a vault has lost the vault.");
  }
}
