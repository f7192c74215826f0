package io.holdfast.engine.repository.signature;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupIndex;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.DataChecks;
import io.holdfast.engine.repository.Maintenance;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryKeys;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.foreign.ForeignSnapshots;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A repository whose backups are signed as they are published. All else is the other repository's
 * matter. Every method is handed on here, those with a default too; a test holds it to that.
 *
 * <p>Order: the signature is made from what the {@link Ledger} knows, goes into the backup, and
 * into the ledger once the backup is published. A deletion goes into the ledger first, so that what
 * a crash leaves between the two shows as a backup too many and never as one that was taken away.
 */
public final class SigningRepository implements Repository {
  private static final int MOST_KEY = 64 << 10;

  private final Repository repository;
  private final FileLayer files;
  private final FilePath state;
  private final FilePath keyFile;
  private final Clock clock;
  private final SecureRandom random;
  private final Function<Manifest, List<RunId>> expiring;

  /**
   * Touches nothing.
   *
   * @param state the installation's own state, where the ledger is
   * @param keyFile holds the private key; read whenever a backup begins
   */
  public SigningRepository(
      Repository repository,
      FileLayer files,
      FilePath state,
      FilePath keyFile,
      Clock clock,
      SecureRandom random) {
    this(repository, files, state, keyFile, clock, random, none -> List.of());
  }

  private SigningRepository(
      Repository repository,
      FileLayer files,
      FilePath state,
      FilePath keyFile,
      Clock clock,
      SecureRandom random,
      Function<Manifest, List<RunId>> expiring) {
    this.repository = repository;
    this.files = files;
    this.state = state;
    this.keyFile = keyFile;
    this.clock = clock;
    this.random = random;
    this.expiring = expiring;
  }

  @Override
  public Repository announcing(Function<Manifest, List<RunId>> retention) {
    return new SigningRepository(
        repository.announcing(retention), files, state, keyFile, clock, random, retention);
  }

  @Override
  public Repository under(Cancellation cancellation) {
    return new SigningRepository(
        repository.under(cancellation), files, state, keyFile, clock, random, expiring);
  }

  @Override
  public BackupWriter begin(BackupStart start) throws IOException {
    var signer = new Signer(key(), new Ledgers(repository, files, state, random), clock, expiring);
    return new SigningWriter(repository.begin(start.sealedBy(signer)), signer);
  }

  private SigningKey key() {
    try {
      byte[] pem = FileTrees.readAll(files, keyFile, MOST_KEY);
      return SigningKey.parse(new String(pem, StandardCharsets.ISO_8859_1), keyFile.toString());
    } catch (IOException unreadable) {
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          "the signing key cannot be read: " + unreadable.getMessage(),
          "Put it there, readable for the user that Holdfast runs as, or take signing_key_file out.",
          unreadable);
    }
  }

  @Override
  public void delete(RunId run) throws IOException {
    Optional<Ledger> before = Ledger.read(files, state);
    boolean listed =
        before.isPresent() && before.get().live().stream().anyMatch(l -> l.run().equals(run));
    if (!listed) {
      repository.delete(run);
      return;
    }
    before.get().without(run).write(files, state);
    try {
      repository.delete(run);
    } catch (IOException | RuntimeException kept) {
      before.get().write(files, state);
      throw kept;
    }
  }

  /** Besides: whether a backup that was signed here is gone, or an older state was put back. */
  @Override
  public List<RepositoryProblem> checkStructure(Cancellation cancellation) throws IOException {
    var problems = new ArrayList<>(repository.checkStructure(cancellation));
    Optional<Ledger> ledger = Ledger.read(files, state);
    if (ledger.isPresent()) {
      List<RunId> there = repository.index().runs();
      for (ManifestSignature.Live live : ledger.get().live()) {
        if (!there.contains(live.run())) {
          problems.add(
              new RepositoryProblem(
                  ErrorCode.MANIFEST_CORRUPT,
                  Optional.of(live.run()),
                  "signature " + live.number(),
                  "was published and signed here, and is gone without Holdfast having removed it"));
        }
      }
    }
    return List.copyOf(problems);
  }

  @Override
  public String kind() {
    return repository.kind();
  }

  @Override
  public String location() {
    return repository.location();
  }

  @Override
  public Optional<FilePath> place() {
    return repository.place();
  }

  @Override
  public void create() throws IOException {
    repository.create();
  }

  @Override
  public void examine() throws IOException {
    repository.examine();
  }

  @Override
  public List<RunId> prepare() throws IOException {
    return repository.prepare();
  }

  @Override
  public boolean hasRunsUnderWay() throws IOException {
    return repository.hasRunsUnderWay();
  }

  @Override
  public List<BackupEntry> list() throws IOException {
    return repository.list();
  }

  @Override
  public BackupIndex index() throws IOException {
    return repository.index();
  }

  @Override
  public List<RepositoryProblem> unreadable() throws IOException {
    return repository.unreadable();
  }

  @Override
  public List<BackupEntry> listFailed() throws IOException {
    return repository.listFailed();
  }

  @Override
  public ForeignSnapshots foreign() {
    return repository.foreign();
  }

  @Override
  public BackupReader open(RunId run) throws IOException {
    return repository.open(run);
  }

  @Override
  public Optional<Maintenance> maintenance() {
    return repository.maintenance();
  }

  @Override
  public Optional<DataChecks> dataChecks() {
    return repository.dataChecks();
  }

  @Override
  public Optional<RepositoryKeys> keys() {
    return repository.keys();
  }

  @Override
  public List<Finding> tryPlace(Cancellation cancellation) throws IOException {
    return repository.tryPlace(cancellation);
  }

  @Override
  public int highestSequence() throws IOException {
    return repository.highestSequence();
  }

  @Override
  public void close() throws IOException {
    repository.close();
  }
}
