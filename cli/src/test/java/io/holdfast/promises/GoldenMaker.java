package io.holdfast.promises;

import io.holdfast.engine.Engine;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.file.WritableFile;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the repository that {@link GoldenRepositoryTest} reads for ever after. Run once for a
 * format version, as root, in an empty directory that is not called after anybody; what it leaves
 * in {@code repository} is then packed with {@code tar -czf}.
 */
final class GoldenMaker {
  private GoldenMaker() {}

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    Platform platform = Platform.create(root);
    hardCases(PosixFileLayer.create(), FilePath.of(root.resolve("live/memory")));
    String configuration =
        platform.configuration().replace("max_count: 3", "max_count: 0")
            + "  broken: {kind: sqlite, path: live/broken.db, critical: false}\n";
    for (Compression compression : Compression.values()) {
      try (Engine engine =
          platform.open(
              PosixFileLayer.create(),
              platform.configuration().replace("max_count: 3", "max_count: 0"))) {
        require(Platform.backup(engine, compression).manifest().status(), RunStatus.COMPLETED);
      }
    }
    try (Engine engine = platform.open(PosixFileLayer.create(), configuration)) {
      require(Platform.backup(engine, Compression.ZSTD).manifest().status(), RunStatus.PARTIAL);
    }
    try (Engine engine =
        platform.open(PosixFileLayer.create(), configuration.replace(", critical: false", ""))) {
      require(Platform.backup(engine, Compression.NONE).manifest().status(), RunStatus.FAILED);
    }
    Files.delete(root.resolve("repository/.state/lock"));
  }

  private static void hardCases(FileLayer files, FilePath memory) throws IOException {
    FilePath cases = memory.resolve("fixture");
    files.createDirectory(cases, 0755);
    FileTrees.writeNew(
        files, cases.resolve(new byte[] {'n', (byte) 0xff, '\n'}), new byte[] {1, 2, 3}, 0640);
    FileTrees.writeNew(files, cases.resolve("x".repeat(255)), new byte[0], 0);
    FileTrees.writeNew(files, cases.resolve("setuid"), new byte[] {4}, 04755);
    files.setAttribute(
        cases.resolve("setuid"), "user.note".getBytes(StandardCharsets.UTF_8), new byte[] {0, 1});
    files.setModified(cases.resolve("setuid"), new FileTime(-86_401, 123_456_789));
    files.createSymlink(
        cases.resolve("dangling"), "../../nowhere".getBytes(StandardCharsets.UTF_8));
    files.createSpecial(cases.resolve("fifo"), FileType.FIFO, 0600, 0);
    files.createHardLink(cases.resolve("zz-twin"), cases.resolve("setuid"));
    try (WritableFile sparse = files.create(cases.resolve("sparse"), 0600)) {
      sparse.write(ByteBuffer.wrap(new byte[] {5}), 1 << 20);
      sparse.setLength(3 << 20);
    }
    files.createDirectory(cases.resolve("empty"), 0500);
  }

  private static void require(RunStatus is, RunStatus wanted) {
    if (is != wanted) {
      throw new IllegalStateException(is + " instead of " + wanted);
    }
  }
}
