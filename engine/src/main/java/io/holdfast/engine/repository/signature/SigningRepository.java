package io.holdfast.engine.repository.signature;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.component.SecretInspection;
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
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.DataChecks;
import io.holdfast.engine.repository.Maintenance;
import io.holdfast.engine.repository.Removals;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryKeys;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.foreign.ForeignSnapshots;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.InstallationName;
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
  private static final String SUBJECT = "signing key";

  private final Repository repository;
  private final Optional<InstallationName> own;
  private final FileLayer files;
  private final FilePath state;
  private final FilePath keyFile;
  private final Clock clock;
  private final SecureRandom random;
  private final Function<Manifest, List<RunId>> expiring;

  /**
   * Touches nothing.
   *
   * @param own the name of the installation, if it has one
   * @param state the installation's own state, where the ledger is
   * @param keyFile holds the private key; read whenever a backup begins
   */
  public SigningRepository(
      Repository repository,
      Optional<InstallationName> own,
      FileLayer files,
      FilePath state,
      FilePath keyFile,
      Clock clock,
      SecureRandom random) {
    this(repository, own, files, state, keyFile, clock, random, none -> List.of());
  }

  private SigningRepository(
      Repository repository,
      Optional<InstallationName> own,
      FileLayer files,
      FilePath state,
      FilePath keyFile,
      Clock clock,
      SecureRandom random,
      Function<Manifest, List<RunId>> expiring) {
    this.repository = repository;
    this.own = own;
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
        repository.announcing(retention), own, files, state, keyFile, clock, random, retention);
  }

  @Override
  public boolean claim(RunId run) throws IOException {
    return repository.claim(run);
  }

  @Override
  public void unclaim(RunId run) {
    repository.unclaim(run);
  }

  @Override
  public Repository under(Cancellation cancellation) {
    return new SigningRepository(
        repository.under(cancellation), own, files, state, keyFile, clock, random, expiring);
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
          "Put it there, readable for the user that Holdfast runs as. Without signing_key_file backups"
              + " are not signed from then on, which 'repository check --public-key' tells of each.",
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

  /**
   * Besides: whether a backup that was signed here is gone, or an older state was put back; and
   * what the signatures tell that are there.
   */
  @Override
  public List<RepositoryProblem> checkStructure(Cancellation cancellation) throws IOException {
    var problems = new ArrayList<>(repository.checkStructure(cancellation));
    for (ManifestSignature.Live gone : removed().gone()) {
      problems.add(
          new RepositoryProblem(
              ErrorCode.MANIFEST_CORRUPT,
              Optional.of(gone.run()),
              "signature " + gone.number(),
              "was published and signed here, and is gone without Holdfast having removed it"));
    }
    problems.addAll(signatures(cancellation));
    return List.copyOf(problems);
  }

  /** What is gone, the ledger knows better than the newest signature: deletions too. */
  private List<RepositoryProblem> signatures(Cancellation cancellation) throws IOException {
    SigningKey key = key();
    boolean known = Ledger.read(files, state).filter(l -> l.key().equals(key.id())).isPresent();
    SignatureCheck.Report report =
        new SignatureCheck(repository, key.verifying(), known).execute(0, cancellation);
    // A key that has signed nothing yet says nothing of what others, or none, have signed.
    return known || report.newest().isPresent() ? report.problems() : List.of();
  }

  private LedgerRemovals removed() {
    return new LedgerRemovals(repository, files, state, this::key);
  }

  @Override
  public Optional<Removals> removals() {
    return Optional.of(removed());
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
  public boolean isShared() {
    return repository.isShared();
  }

  @Override
  public void create() throws IOException {
    repository.create();
  }

  @Override
  public void resume() throws IOException {
    repository.resume();
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

  /** Besides, a backup is refused whose signature shows that somebody was at it. */
  @Override
  public BackupReader open(RunId run) throws IOException {
    BackupReader reader = repository.open(run);
    try {
      guard().require(reader.stored());
      return reader;
    } catch (RuntimeException refused) {
      reader.close();
      throw refused;
    }
  }

  @Override
  public BackupReader openUnjudged(RunId run) throws IOException {
    return repository.openUnjudged(run);
  }

  /** Without the key, as on the day when all but the repository is lost, nothing is refused. */
  private SignatureGuard guard() {
    Optional<VerifyingKey> verifying;
    try {
      verifying = Optional.of(key().verifying());
    } catch (HoldfastException unreadable) {
      verifying = Optional.empty();
    }
    return new SignatureGuard(verifying, own, ledger());
  }

  /** A file that cannot be read on the day of a restore is as one that is lost. */
  private Optional<Ledger> ledger() {
    try {
      return Ledger.read(files, state);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
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
  public boolean isMade() throws IOException {
    return repository.isMade();
  }

  @Override
  public Compression stored(Compression asked) {
    return repository.stored(asked);
  }

  /** And whether there is a key to sign with. */
  @Override
  public List<Finding> inspect() {
    var findings = new ArrayList<>(repository.inspect());
    try {
      var unused = key();
      findings.add(new Finding(Severity.OK, SUBJECT, "it can be read", ""));
    } catch (HoldfastException wrong) {
      findings.add(new Finding(Severity.ERROR, SUBJECT, wrong.message(), wrong.guidance()));
    }
    SecretInspection.openToOthers(SUBJECT, keyFile, files).ifPresent(findings::add);
    return findings;
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
