package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.ManifestFiles;
import io.holdfast.engine.repository.content.StoredArtifacts;
import io.holdfast.engine.repository.layout.RunningBackup;
import io.holdfast.engine.repository.listing.ChecksumList;
import io.holdfast.engine.repository.listing.ListingReader;
import io.holdfast.engine.repository.transfer.FileInput;
import io.holdfast.engine.repository.transfer.FileOutput;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.chunk.Chunker;
import io.holdfast.vault.chunk.Polynomial;
import io.holdfast.vault.format.Snapshot;
import io.holdfast.vault.format.Timestamp;
import io.holdfast.vault.format.tree.EntryNodes;
import io.holdfast.vault.format.tree.Node;
import io.holdfast.vault.format.tree.NodeName;
import io.holdfast.vault.lock.VaultLock;
import io.holdfast.vault.pack.BlobWriter;
import io.holdfast.vault.pack.ContentWriter;
import io.holdfast.vault.pack.StoredBlobs;
import io.holdfast.vault.prune.Publication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongConsumer;

/**
 * Writes a backup into a vault.
 *
 * <p>Order of writes:
 *
 * <ol>
 *   <li>Packs with the chunks of artifacts and the trees above them, as they come.
 *   <li>The checksums, the manifest and the trees that hold them.
 *   <li>The indexes of all packs. Then what was stored since {@link #verify} is verified too.
 *   <li>The snapshot: with it the backup is published.
 * </ol>
 *
 * Whoever dies in between leaves packs and indexes that nothing refers to.
 */
final class VaultBackupWriter implements BackupWriter {
  private static final int FILE_MODE = 0600;
  private static final int DIRECTORY_MODE = 0700;

  /** Where the tree of each backup hangs, for programs that group snapshots by their paths. */
  private static final List<String> PATHS = List.of("/holdfast");

  private final FileLayer files;
  private final RunningBackup running;
  private final Vault vault;
  private final VaultLock lock;
  private final Snapshots.Look look;
  private final StoredBlobs known;
  private final Snapshots snapshots;
  private final VaultErrors errors;
  private final BlobWriter blobs;
  private final Workers workers = Workers.start("backup");
  private final VaultTools tools;
  private final Map<ComponentName, VaultComponentWriter> components = new ConcurrentSkipListMap<>();
  private boolean published;

  /**
   * Begins a backup.
   *
   * @param running its directory on this machine, which is there and empty
   * @param lock keeps others from removing what the vault has; given back in the end
   * @param look what was found in the vault
   * @param known what of that need not be stored again
   * @param earlier closed in the end
   * @param snapshots told in the end if nothing was published: what was stored is in no index
   * @param level how hard to compress
   */
  VaultBackupWriter(
      FileLayer files,
      RunningBackup running,
      Vault vault,
      VaultLock lock,
      VaultErrors errors,
      Snapshots.Look look,
      StoredBlobs known,
      EarlierBackups earlier,
      Snapshots snapshots,
      int level)
      throws IOException {
    this.files = files;
    this.running = running;
    this.vault = vault;
    this.lock = lock;
    this.look = look;
    this.known = known;
    this.snapshots = snapshots;
    this.errors = errors;
    this.blobs = new BlobWriter(vault, known, level);
    var own = files.follow(running.directory());
    var now = FileTime.of(running.clock().instant());
    this.tools =
        new VaultTools(
            errors,
            blobs,
            new ContentWriter(
                blobs, new Chunker(new Polynomial(vault.config().chunkerPolynomial())), workers),
            earlier,
            workers,
            new Metadata(FILE_MODE, own.uid(), own.gid(), now, Map.of()),
            new Metadata(DIRECTORY_MODE, own.uid(), own.gid(), now, Map.of()));
  }

  @Override
  public ComponentWriter component(
      ComponentName name, Cancellation cancellation, LongConsumer progress) throws IOException {
    return errors.translate(() -> {
      var writer =
          new VaultComponentWriter(
              tools, files, new Meter(cancellation, progress), running.directory(), name);
      components.put(name, writer);
      return writer;
    });
  }

  /** Every blob was decoded before it was stored; see {@link BlobWriter#verify} for the rest. */
  @Override
  public void verify(Cancellation cancellation, LongConsumer progress) throws IOException {
    errors.translate(() -> {
      blobs.flush();
      blobs.verify(cancellation, progress);
    });
  }

  @Override
  public void checkpoint(Manifest manifest) throws IOException {
    running.checkpoint(manifest);
  }

  @Override
  public Manifest publish(Manifest manifest) throws IOException {
    requireComplete(manifest);
    Manifest received = running.received(manifest);
    publish(received, Optional.empty());
    return received;
  }

  @Override
  public void publishCopy(StoredManifest original) throws IOException {
    requireComplete(original.manifest());
    running.requireCopy(original.manifest());
    publish(original.manifest(), Optional.of(original));
  }

  private void requireComplete(Manifest manifest) {
    running.requirePublishable(manifest);
    StoredArtifacts.requireStored(
        manifest,
        name ->
            Optional.ofNullable(components.get(name))
                .filter(VaultComponentWriter::isClosed)
                .map(VaultComponentWriter::artifacts));
  }

  private void publish(Manifest manifest, Optional<StoredManifest> original) throws IOException {
    errors.translate(() -> write(manifest, original));
    try {
      FileTrees.deleteTree(files, running.directory());
    } catch (IOException left) {
      // The backup is published; the next prepare() removes what is left of the work on it.
    }
  }

  /**
   * @param original what this is a copy of, if it is one
   */
  private void write(Manifest manifest, Optional<StoredManifest> original) throws IOException {
    var meter = new Meter(new Cancellation(), bytes -> {});
    var root = new ArrayList<Node>();
    FilePath spool = running.directory().resolve(BackupLayout.CHECKSUMS);
    String checksums;
    try (var out = new FileOutput(files.create(spool, FILE_MODE))) {
      checksums = ChecksumList.write(out, manifest, this::listing);
    }
    var bytes = ManifestFiles.of(running.stored(manifest, checksums, original));
    root.add(ListingSpool.store(tools, files, spool, meter));
    if (bytes.signature().isPresent()) {
      root.add(own(BackupLayout.MANIFEST_SIGNATURE, bytes.signature().get(), meter));
    }
    root.add(own(BackupLayout.MANIFEST, bytes.manifest(), meter));
    root.add(own(BackupLayout.MANIFEST_CHECKSUM, bytes.checksum(), meter));
    for (ComponentRecord component : manifest.components()) {
      VaultComponentWriter writer = components.get(component.name());
      if (component.isRestorable() && writer != null) {
        root.add(
            EntryNodes.directory(
                NodeName.of(component.name().value()),
                tools.rootMetadata(),
                TreeAssembly.store(blobs, writer.nodes())));
      }
    }
    ContentId tree = TreeAssembly.store(blobs, root);
    blobs.finish();
    blobs.verify(new Cancellation(), read -> {});
    // The index in memory says what these say: should a prune remove them, it has to be read anew.
    look.indexFiles().addAll(blobs.indexes());
    requireFree(manifest);
    new Publication(vault, lock, known, look.indexFiles()).publish(snapshot(manifest, tree));
    published = true;
  }

  /** Two of one name could be told apart by nobody, and one of them would never be restored. */
  private void requireFree(Manifest manifest) throws IOException {
    for (KnownBackup other : snapshots.backups()) {
      if (other.tags().run().equals(manifest.runId())) {
        throw new HoldfastException(
            ErrorCode.NAME_TAKEN,
            "somebody else has published a backup of run " + manifest.runId() + " meanwhile",
            "Run it again: it gets another number. If that comes back, two installations have a copy"
                + " of one state directory; give each its own.");
      }
    }
  }

  private Node own(String name, byte[] bytes, Meter meter) throws IOException {
    return ListingSpool.node(
        tools,
        name.getBytes(StandardCharsets.US_ASCII),
        tools.contents().store(new BytesContent(bytes), meter));
  }

  private Snapshot snapshot(Manifest manifest, ContentId tree) {
    Metadata owner = tools.fileMetadata();
    return new Snapshot(
        Timestamp.of(manifest.startedAt(), ZoneOffset.UTC),
        Optional.empty(),
        tree,
        PATHS,
        // What other programs tell machines apart by: `restic forget --host` keeps to one of them.
        manifest.installation().map(InstallationName::value).orElse(manifest.host()),
        "holdfast",
        owner.uid(),
        owner.gid(),
        List.of(),
        BackupTags.of(manifest),
        Optional.empty(),
        "holdfast " + manifest.softwareVersion(),
        Optional.empty());
  }

  private ListingReader listing(ComponentName component, Artifact tree) throws IOException {
    String subject = BackupLayout.listing(component, tree.name());
    return new ListingReader(
        new FileInput(files.open(running.directory().resolve(subject))), subject, tree.sha256());
  }

  @Override
  public void fail(Manifest manifest) throws IOException {
    close();
    running.fail(manifest);
  }

  @Override
  public void close() throws IOException {
    try (var earlier = tools.earlier();
        blobs) {
      workers.close();
    } finally {
      try {
        if (!published) {
          snapshots.forgetIndex();
        }
      } finally {
        ReadingLock.giveBack(lock);
      }
    }
  }
}
