package io.holdfast.testkit.file;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The suite that every {@link FileLayer} must pass, decorators included, on real files below the
 * directory of {@code java.io.tmpdir}. A subclass supplies the layer.
 *
 * <p>What needs root, or a program that is not there, is skipped with a printed reason. The tests
 * change the umask and mount file systems, so they must not run in parallel with others in one JVM;
 * what they mount they unmount.
 */
public abstract class FileLayerContract
    implements LookupContract,
        NamesContract,
        ContentContract,
        SparseContract,
        RenameContract,
        DeletionContract,
        LinkContract,
        SpecialFileContract,
        ModeAndOwnerContract,
        TimeContract,
        AttributeContract,
        LockContract,
        PermissionContract,
        HostileFileSystemContract,
        ConcurrencyContract,
        TreesContract {
  private final FilePath room =
      FilePath.of(Path.of(System.getProperty("java.io.tmpdir")))
          .resolve("file-layer-" + UUID.randomUUID());
  private final FileLayer files = createFileLayer();

  /** The layer under test. Called once for each test. */
  protected abstract FileLayer createFileLayer();

  @Override
  public final FileLayer files() {
    return files;
  }

  @Override
  public final FilePath room() {
    return room;
  }

  @BeforeEach
  final void makeRoom() throws IOException {
    PosixFileLayer.create().createDirectory(room, 0755);
  }

  @AfterEach
  final void clearRoom() throws IOException {
    FileTrees.deleteTree(PosixFileLayer.create(), room);
  }
}
