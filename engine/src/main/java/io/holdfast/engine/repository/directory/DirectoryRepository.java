package io.holdfast.engine.repository.directory;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupIndex;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.Maintenance;
import io.holdfast.engine.repository.OpenBackups;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.directory.archive.ArchiveBackupReader;
import io.holdfast.engine.repository.directory.archive.ArchiveBackupWriter;
import io.holdfast.engine.repository.directory.plain.PlainBackupReader;
import io.holdfast.engine.repository.directory.plain.PlainBackupWriter;
import io.holdfast.engine.repository.layout.BackupName;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.repository.layout.RunningBackup;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A repository that is a directory.
 *
 * <pre>
 * holdfast.json                                what this directory is, and of what version
 * completed/&lt;run_id&gt;_&lt;trigger&gt;/              a published backup, plain
 * completed/&lt;run_id&gt;_&lt;trigger&gt;.tar.zst        or .tar.gz: the same tree in an archive
 * failed/&lt;run_id&gt;_&lt;trigger&gt;/manifest.json    the record of a run that did not publish
 * .running/&lt;run_id&gt;_&lt;trigger&gt;/               a backup under way
 * .deleting/                                   backups that are being removed
 * .state/                                      belongs to the engine
 * </pre>
 *
 * <p>A backup is deleted by renaming it into {@code .deleting}, which makes it gone at once, and
 * then removing it; {@link #prepare} finishes what was interrupted. Thread-safe as {@link
 * Repository} says.
 */
public final class DirectoryRepository implements Repository {
  private final FileLayer files;
  private final Clock clock;
  private final RepositoryLayout layout;
  private final int level;
  private final StorageErrors errors;
  private final RepositoryFormat format;
  private final StoredBackups stored;
  private final OpenBackups open = new OpenBackups();

  /**
   * Touches nothing.
   *
   * @param root where the repository lies, or will lie
   * @param level how hard to compress with zstd, 1 to 19
   */
  public DirectoryRepository(FileLayer files, Clock clock, FilePath root, int level) {
    this.files = files;
    this.clock = clock;
    this.layout = new RepositoryLayout(root);
    this.level = level;
    this.errors = new StorageErrors(files, root);
    this.format = new RepositoryFormat(files, layout);
    this.stored = new StoredBackups(files, layout, errors);
  }

  @Override
  public String kind() {
    return "directory";
  }

  @Override
  public String location() {
    return layout.root().toString();
  }

  @Override
  public Optional<FilePath> place() {
    return Optional.of(layout.root());
  }

  @Override
  public void create() throws IOException {
    errors.translate(format::create);
  }

  @Override
  public void examine() throws IOException {
    errors.translate(format::examine);
  }

  @Override
  public boolean isMade() throws IOException {
    return errors.translate(() -> files.find(layout.formatFile()).isPresent());
  }

  @Override
  public List<RunId> prepare() throws IOException {
    return errors.translate(() -> {
      format.require();
      format.tidy();
      return new Preparation(files, layout, stored, clock).run();
    });
  }

  @Override
  public boolean hasRunsUnderWay() throws IOException {
    return errors.translate(() ->
        files.find(layout.running()).isPresent() && !stored.names(layout.running()).isEmpty());
  }

  @Override
  public BackupWriter begin(BackupStart start) throws IOException {
    return errors.translate(() -> {
      format.require();
      var name = new BackupName(start.run(), start.trigger(), start.compression());
      var running = new RunningBackup(files, layout, name, clock, errors, start.seal());
      files.createDirectory(running.directory(), RepositoryLayout.DIRECTORY_MODE);
      return switch (start.compression()) {
        case NONE -> new PlainBackupWriter(running);
        case GZIP, ZSTD -> new ArchiveBackupWriter(running, level);
      };
    });
  }

  @Override
  public List<BackupEntry> list() throws IOException {
    return entries(layout.completed(), layout::completed);
  }

  @Override
  public BackupIndex index() throws IOException {
    return errors.translate(() -> {
      format.require();
      return DirectoryIndex.read(stored, clock);
    });
  }

  @Override
  public List<BackupEntry> listFailed() throws IOException {
    return entries(layout.failed(), layout::failed);
  }

  private List<BackupEntry> entries(FilePath directory, Function<BackupName, FilePath> place)
      throws IOException {
    return errors.translate(() -> {
      format.require();
      var entries = new ArrayList<BackupEntry>();
      for (BackupName name : stored.names(directory)) {
        stored.entryIfThere(name, place.apply(name)).ifPresent(entries::add);
      }
      return List.copyOf(entries);
    });
  }

  @Override
  public BackupReader open(RunId run) throws IOException {
    return errors.translate(() -> {
      format.require();
      Runnable close = open.open(run);
      try {
        return reader(completed(run), close);
      } catch (IOException | RuntimeException failure) {
        close.run();
        // One that is deleted at this moment is not damaged, but gone.
        requireCompleted(run);
        throw failure;
      }
    });
  }

  private void requireCompleted(RunId run) throws IOException {
    var unused = completed(run);
  }

  private BackupReader reader(BackupName name, Runnable close) throws IOException {
    FilePath path = layout.completed(name);
    if (name.isArchive()) {
      return ArchiveBackupReader.open(files, errors, path, name, close);
    }
    return new PlainBackupReader(files, errors, path, stored.read(name, path), close);
  }

  @Override
  public void delete(RunId run) throws IOException {
    errors.translate(() -> {
      format.require();
      Optional<BackupName> published = stored.completed(run);
      if (published.isPresent()) {
        open.whileClosed(run, () -> delete(layout.completed(published.get())));
        return;
      }
      delete(layout.failed(stored.failed(run).orElseThrow(() -> unknown(run))));
    });
  }

  private void delete(FilePath path) throws IOException {
    FilePath trash = layout.deleting().resolve(path.name());
    FileTrees.deleteTree(files, trash);
    files.renameNew(path, trash);
    files.sync(path.parent());
    FileTrees.deleteTree(files, trash);
  }

  @Override
  public int highestSequence() throws IOException {
    return errors.translate(() -> {
      int highest = 0;
      for (FilePath directory :
          List.of(layout.completed(), layout.failed(), layout.running(), layout.deleting())) {
        for (BackupName name : stored.names(directory)) {
          highest = Math.max(highest, name.run().sequence());
        }
      }
      return highest;
    });
  }

  @Override
  public List<RepositoryProblem> checkStructure(Cancellation cancellation) throws IOException {
    return errors.translate(() -> {
      format.require();
      return new StructureCheck(files, layout, stored, cancellation).run();
    });
  }

  @Override
  public Optional<Maintenance> maintenance() {
    return Optional.of(new DirectoryMaintenance(this));
  }

  @Override
  public void close() {}

  private BackupName completed(RunId run) throws IOException {
    return stored.completed(run).orElseThrow(() -> unknown(run));
  }

  private HoldfastException unknown(RunId run) {
    return new HoldfastException(
            ErrorCode.BACKUP_NOT_FOUND,
            "no backup of run " + run + " in " + location(),
            "`holdfast backup list` shows what there is.")
        .with("run_id", run.value());
  }
}
