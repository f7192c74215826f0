package io.holdfast.engine.repository.directory;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.directory.archive.ArchiveBackupReader;
import io.holdfast.engine.repository.layout.BackupName;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at everything in a repository but the content of artifacts. Used by one thread. */
final class StructureCheck {
  private final FileLayer files;
  private final RepositoryLayout layout;
  private final StoredBackups stored;
  private final Cancellation cancellation;
  private final List<RepositoryProblem> problems = new ArrayList<>();

  StructureCheck(
      FileLayer files, RepositoryLayout layout, StoredBackups stored, Cancellation cancellation) {
    this.files = files;
    this.layout = layout;
    this.stored = stored;
    this.cancellation = cancellation;
  }

  List<RepositoryProblem> run() throws IOException {
    for (byte[] name : files.list(layout.root())) {
      if (!RepositoryFormat.belongs(name)) {
        strange(Optional.empty(), layout.root().resolve(name));
      }
    }
    for (FilePath directory : List.of(layout.completed(), layout.failed(), layout.running())) {
      names(directory);
    }
    for (BackupName name : stored.names(layout.completed())) {
      cancellation.check();
      backup(name);
    }
    for (BackupName name : stored.names(layout.failed())) {
      cancellation.check();
      check(name, layout.failed(name), () -> stored.read(name, layout.failed(name)));
    }
    return List.copyOf(problems);
  }

  /** Names that are none, and runs that stand twice. */
  private void names(FilePath directory) throws IOException {
    var runs = new HashSet<RunId>();
    for (byte[] name : files.list(directory)) {
      Optional<BackupName> backup = BackupName.parse(name);
      boolean archive = backup.filter(BackupName::isArchive).isPresent();
      if (backup.isEmpty() || (archive && !directory.equals(layout.completed()))) {
        strange(Optional.empty(), directory.resolve(name));
      } else if (!runs.add(backup.get().run())) {
        problem(
            Optional.of(backup.get().run()),
            directory.resolve(name),
            "is a second backup of the same run");
      }
    }
  }

  private void backup(BackupName name) throws IOException {
    FilePath directory = layout.completed(name);
    check(
        name,
        directory,
        () -> {
          if (name.isArchive()) {
            ArchiveBackupReader.structure(files, directory, name);
            return;
          }
          Manifest manifest = stored.read(name, directory).manifest();
          for (ComponentRecord component : manifest.components()) {
            if (component.isRestorable()) {
              component(name, directory, component);
            }
          }
          require(name, directory.resolve(BackupLayout.CHECKSUMS), FileType.REGULAR, -1);
        });
  }

  private void component(BackupName name, FilePath directory, ComponentRecord component)
      throws IOException {
    FilePath place = directory.resolve(component.name().value());
    Set<String> expected = new HashSet<>();
    require(name, place, FileType.DIRECTORY, -1);
    for (Artifact artifact : component.artifacts()) {
      FilePath path = place.resolve(artifact.name());
      expected.add(artifact.name());
      if (artifact.type() == ArtifactType.FILE) {
        require(name, path, FileType.REGULAR, artifact.sizeBytes());
      } else {
        String listing = BackupLayout.listingName(artifact.name());
        expected.add(listing);
        require(name, path, FileType.DIRECTORY, -1);
        require(name, place.resolve(listing), FileType.REGULAR, -1);
      }
    }
    if (files.find(place).filter(FileStat::isDirectory).isPresent()) {
      for (byte[] child : files.list(place)) {
        if (!expected.contains(FilePath.display(child))) {
          strange(Optional.of(name.run()), place.resolve(child));
        }
      }
    }
  }

  private void require(BackupName name, FilePath path, FileType type, long size)
      throws IOException {
    Optional<FileStat> stat = files.find(path);
    if (stat.isEmpty()) {
      problem(Optional.of(name.run()), path, "is missing");
    } else if (stat.get().type() != type) {
      problem(Optional.of(name.run()), path, "is not what it should be");
    } else if (size >= 0 && stat.get().size() != size) {
      problem(
          Optional.of(name.run()), path, "has " + stat.get().size() + " bytes instead of " + size);
    }
  }

  private void check(BackupName name, FilePath path, Check check) throws IOException {
    int before = problems.size();
    try {
      check.run();
    } catch (FileLayerException failure) {
      if (files.find(path).isPresent()) {
        throw failure;
      }
    } catch (HoldfastException damage) {
      if (damage.code().kind() != ErrorCode.Kind.CORRUPT) {
        throw damage;
      }
      problems.add(
          new RepositoryProblem(
              damage.code(), Optional.of(name.run()), path.toString(), damage.message()));
    }
    if (problems.size() > before && files.find(path).isEmpty()) {
      // One that was removed since it was listed lacks nothing.
      problems.subList(before, problems.size()).clear();
    }
  }

  private void strange(Optional<RunId> run, FilePath path) {
    problem(run, path, "does not belong here");
  }

  private void problem(Optional<RunId> run, FilePath path, String message) {
    problems.add(
        new RepositoryProblem(
            ErrorCode.ARTIFACT_CORRUPT, run, path.toString(), path + " " + message));
  }

  @FunctionalInterface
  private interface Check {
    void run() throws IOException;
  }
}
