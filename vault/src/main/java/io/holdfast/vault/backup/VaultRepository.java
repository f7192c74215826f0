package io.holdfast.vault.backup;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupIndex;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.DataChecks;
import io.holdfast.engine.repository.Maintenance;
import io.holdfast.engine.repository.OpenBackups;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryKeys;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.directory.DirectoryRepository;
import io.holdfast.engine.repository.foreign.ForeignSnapshots;
import io.holdfast.engine.repository.layout.BackupName;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.repository.layout.RunningBackup;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.lock.VaultLock;
import io.holdfast.vault.lock.VaultLocks;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.BlobWriter;
import io.holdfast.vault.pack.StoredBlobs;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A repository that is a vault: one snapshot for each backup.
 *
 * <p>What a vault has no place for is kept on this machine, in a {@code directory} repository below
 * the state directory: the records of runs that published nothing, and the work on a backup under
 * way. Thread-safe as {@link Repository} says.
 */
public final class VaultRepository implements Repository {
  private final VaultSetting setting;
  private final FileLayer files;
  private final Clock clock;
  private final VaultErrors errors;
  private final FilePath state;
  private final RepositoryLayout work;
  private final DirectoryRepository records;
  private final OpenBackups open;
  private final Claims claims;
  private final VaultConnection connection;
  private final Cancellation cancellation;

  /**
   * Touches nothing.
   *
   * @param setting how to get at the vault
   * @param state where this machine's part is kept
   */
  public VaultRepository(VaultSetting setting, FileLayer files, Clock clock, FilePath state) {
    this.setting = setting;
    this.files = files;
    this.clock = clock;
    this.errors = new VaultErrors(setting.location(), state);
    this.state = state;
    this.work = new RepositoryLayout(state.resolve("vault"));
    this.records = new DirectoryRepository(files, clock, work.root(), 1);
    this.open = new OpenBackups();
    this.claims = new Claims();
    this.connection = new VaultConnection(setting);
    this.cancellation = new Cancellation();
  }

  private VaultRepository(VaultRepository same, Cancellation cancellation) {
    this.setting = same.setting;
    this.files = same.files;
    this.clock = same.clock;
    this.errors = same.errors;
    this.state = same.state;
    this.work = same.work;
    this.records = same.records;
    this.open = same.open;
    this.claims = same.claims;
    this.connection = same.connection;
    this.cancellation = cancellation;
  }

  @Override
  public VaultRepository under(Cancellation wish) {
    return new VaultRepository(this, wish);
  }

  @Override
  public String kind() {
    return "vault";
  }

  @Override
  public String location() {
    return setting.location();
  }

  @Override
  public Optional<FilePath> place() {
    return setting.place();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void create() throws IOException {
    errors.translate(() -> {
      connection.openAgain(true, cancellation);
      records.create();
    });
  }

  @Override
  public void resume() throws IOException {
    errors.translate(() -> {
      connection.openAgain(false, cancellation);
      records.create();
    });
  }

  private Vault vault() throws IOException {
    return connection.open(false, cancellation).vault().under(cancellation);
  }

  private Snapshots snapshots() throws IOException {
    return connection.open(false, cancellation).snapshots().through(vault());
  }

  /** For short questions, which whoever tidies up after a cancellation has too. */
  private Vault insisting() throws IOException {
    return connection.open(false, cancellation).vault().insistingUntil(cancellation);
  }

  @Override
  public List<RunId> prepare() throws IOException {
    return errors.translate(() -> {
      records.create();
      // A backup whose work was not removed after it was published is no failure.
      for (KnownBackup backup : snapshots().backups()) {
        FilePath left = work.running(name(backup));
        if (files.find(left).isPresent()) {
          FileTrees.deleteTree(files, left);
        }
      }
      return records.prepare();
    });
  }

  private static BackupName name(KnownBackup backup) {
    return new BackupName(backup.tags().run(), backup.tags().trigger(), Compression.NONE);
  }

  @Override
  public boolean hasRunsUnderWay() throws IOException {
    return errors.translate(records::hasRunsUnderWay);
  }

  @Override
  public BackupWriter begin(BackupStart start) throws IOException {
    return errors.translate(() -> {
      var storage = cancellation.child();
      Vault vault = vault().under(storage);
      Snapshots snapshots = snapshots().through(vault);
      var name = new BackupName(start.run(), start.trigger(), start.compression());
      var running =
          new RunningBackup(
              files, work, name, clock, new StorageErrors(files, work.root()), start.seal());
      // Before the index is read: what it names stays while this is held.
      VaultLock lock = lock(start.run(), vault, storage);
      try {
        Snapshots.Look look = snapshots.look(storage);
        StoredBlobs known = StoredBlobs.in(vault, look.index());
        files.createDirectory(running.directory(), RepositoryLayout.DIRECTORY_MODE);
        var writer =
            new VaultBackupWriter(
                files,
                running,
                vault,
                lock,
                errors,
                look,
                known,
                new EarlierBackups(
                    errors,
                    known,
                    own(look.backups(), start.installation()),
                    BlobReader.ofTrees(vault, look.index())),
                snapshots,
                start.compression() == Compression.NONE ? BlobWriter.STORED : setting.level());
        return new CancellableWriter(writer, storage);
      } catch (IOException | RuntimeException | Error e) {
        // Even where memory ran out: a server goes on, and would renew it for as long as it runs.
        ReadingLock.giveBack(lock);
        throw e;
      }
    });
  }

  private VaultLock lock(RunId run, Vault vault, Cancellation wish) throws IOException {
    Optional<VaultLock> claimed = claims.lock(run);
    return claimed.isPresent() ? claimed.get() : locks(vault, wish).share(run);
  }

  @Override
  public boolean claim(RunId run) throws IOException {
    return errors.translate(() -> claims.take(run, locks(vault())));
  }

  @Override
  public void unclaim(RunId run) {
    claims.giveBack(run);
  }

  /** What is unchanged since another installation's backup says nothing of this machine's files. */
  private static List<KnownBackup> own(
      List<KnownBackup> backups, Optional<InstallationName> installation) {
    return backups.stream()
        .filter(backup -> backup.tags().installation().equals(installation))
        .toList();
  }

  private VaultLocks locks(Vault vault) {
    return locks(vault, cancellation);
  }

  private VaultLocks locks(Vault vault, Cancellation wish) {
    return new VaultLocks(
        vault,
        vault.insistingUntil(wish),
        setting.owner(),
        clock,
        pid -> ProcessHandle.of(pid).isPresent());
  }

  private VaultListing listing() {
    return new VaultListing(errors, this::vault, this::snapshots, cancellation);
  }

  @Override
  public List<BackupEntry> list() throws IOException {
    return listing().list();
  }

  @Override
  public BackupIndex index() throws IOException {
    return listing().look();
  }

  /** The backups that are there now. */
  List<KnownBackup> backups() throws IOException {
    return errors.translate(() -> snapshots().through(insisting()).backups());
  }

  /** Not where the vault was only looked at from this machine, or is all that is left (P11). */
  private boolean hasRecords() throws IOException {
    return files.find(work.completed()).isPresent();
  }

  @Override
  public List<RepositoryProblem> unreadable() throws IOException {
    return listing().unreadable();
  }

  @Override
  public List<BackupEntry> listFailed() throws IOException {
    return errors.translate(() -> hasRecords() ? records.listFailed() : List.of());
  }

  @Override
  public ForeignSnapshots foreign() {
    return new ForeignVault(errors, this::vault, this::snapshots, this::locks, cancellation);
  }

  @Override
  public BackupReader open(RunId run) throws IOException {
    return errors.translate(() -> {
      Runnable close = open.open(run);
      ReadingLock lock = ReadingLock.NONE;
      try {
        // Before the index is read: where it says that blobs are, they stay while this is held.
        lock = ReadingLock.take(locks(vault()));
        ReadingLock held = lock;
        Snapshots.Look look = snapshots().look(cancellation);
        KnownBackup backup = require(look.backups(), run);
        return read(
            vault(),
            look.index(),
            backup,
            () -> {
              close.run();
              held.close();
            });
      } catch (IOException | RuntimeException | Error failure) {
        close.run();
        lock.close();
        throw failure;
      }
    });
  }

  private VaultBackupReader read(Vault vault, BlobIndex index, KnownBackup backup, Runnable close)
      throws IOException {
    var blobs = new BlobReader(vault, index);
    try {
      return new VaultBackupReader(
          errors,
          vault,
          blobs,
          index,
          SnapshotContent.manifest(blobs, backup),
          backup.snapshot().tree(),
          close);
    } catch (IOException | RuntimeException failure) {
      blobs.close();
      throw failure;
    }
  }

  private KnownBackup require(List<KnownBackup> backups, RunId run) {
    return backups.stream()
        .filter(backup -> backup.tags().run().equals(run))
        .findFirst()
        .orElseThrow(() -> unknown(run));
  }

  private HoldfastException unknown(RunId run) {
    return new HoldfastException(
            ErrorCode.BACKUP_NOT_FOUND,
            "no backup of run " + run + " in " + location(),
            "`holdfast backup list` shows what there is.")
        .with("run_id", run.value());
  }

  /** Only the snapshot goes; what nothing refers to any more, a prune removes. */
  @Override
  public void delete(RunId run) throws IOException {
    Optional<KnownBackup> backup =
        backups().stream().filter(b -> b.tags().run().equals(run)).findFirst();
    if (backup.isEmpty() && isRecord(run)) {
      errors.translate(() -> records.delete(run));
      return;
    }
    KnownBackup known = backup.orElseThrow(() -> unknown(run));
    open.whileClosed(
        run,
        () ->
            errors.translate(
                () -> insisting().backend().delete(FileId.of(FileType.SNAPSHOT, known.id()))));
  }

  /** Whether it is the record of a run that published nothing. */
  private boolean isRecord(RunId run) throws IOException {
    return listFailed().stream().map(BackupEntry::runId).anyMatch(run::equals);
  }

  @Override
  public int highestSequence() throws IOException {
    int highest = errors.translate(() -> hasRecords() ? records.highestSequence() : 0);
    for (KnownBackup backup : backups()) {
      highest = Math.max(highest, backup.tags().run().sequence());
    }
    return highest;
  }

  @Override
  public List<RepositoryProblem> checkStructure(Cancellation wish) throws IOException {
    return errors.translate(() -> {
      Vault vault = vault();
      return ReadingLock.during(locks(vault), () -> new VaultCheck(vault, wish).structure());
    });
  }

  @Override
  public Optional<Maintenance> maintenance() {
    return Optional.of(
        new VaultMaintenance(this::vault, this::locks, errors, files, state, setting.level()));
  }

  @Override
  public Optional<DataChecks> dataChecks() {
    return Optional.of(new VaultDataChecks(this::vault, this::locks, errors, files, state));
  }

  @Override
  public Optional<RepositoryKeys> keys() {
    return Optional.of(new VaultKeys(this::vault, errors, clock, setting.owner()));
  }

  @Override
  public boolean isMade() throws IOException {
    return errors.translate(setting::isMade);
  }

  @Override
  public List<Finding> inspect() {
    return setting.inspect();
  }

  /** The format knows zstd and nothing else. */
  @Override
  public Compression stored(Compression asked) {
    return asked == Compression.NONE ? asked : Compression.ZSTD;
  }

  @Override
  public List<Finding> tryPlace(Cancellation wish) throws IOException {
    return errors.translate(() -> setting.tryStorage(wish));
  }

  @Override
  public void close() throws IOException {
    claims.close();
    connection.close();
    records.close();
  }
}
