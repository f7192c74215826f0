package io.holdfast.engine.file.posix;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.file.OpenDirectory;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.file.WritableFile;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file layer of Linux, by the functions of its C library. Holds nothing open and no memory
 * between operations; any number of instances may be used by any number of threads.
 *
 * <p>The process needs the JVM's leave for native access ({@code --enable-native-access}). The
 * first operation of a process links the way into C, which takes tens of milliseconds; making an
 * instance does not.
 *
 * <p>A path of 4096 bytes or more is refused as {@code TOO_LONG}, as by every program that names
 * files by their whole path.
 */
public final class PosixFileLayer implements FileLayer {
  private static final int PATH_MAX = 4096;

  private final Machine machine;

  private PosixFileLayer(Machine machine) {
    this.machine = machine;
  }

  /**
   * The file layer of this machine.
   *
   * @throws HoldfastException {@code PLATFORM_UNSUPPORTED} for anything but Linux on x86_64 or
   *     aarch64
   */
  public static PosixFileLayer create() {
    return new PosixFileLayer(
        Machine.of(System.getProperty("os.name"), System.getProperty("os.arch")));
  }

  @Override
  public Optional<FileStat> find(FilePath path) throws FileLayerException {
    return Inodes.find(machine, path);
  }

  @Override
  public FileStat follow(FilePath path) throws FileLayerException {
    return Inodes.follow(machine, path);
  }

  @Override
  public FilePath resolveLinks(FilePath path) throws FileLayerException {
    try (var memory = new CallMemory()) {
      var resolved = memory.reserve(PATH_MAX);
      check(
          "resolve",
          path,
          LibC.realpath(memory, memory.string(path.toBytes()), resolved.address()));
      int length = 0;
      while (resolved.get(ValueLayout.JAVA_BYTE, length) != 0) {
        length++;
      }
      return FilePath.ofBytes(resolved.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Override
  public List<byte[]> list(FilePath directory) throws FileLayerException {
    return DirectoryReader.names(machine, directory);
  }

  @Override
  public OpenDirectory openDirectory(FilePath directory) throws FileLayerException {
    return PosixOpenDirectory.open(machine, directory);
  }

  @Override
  public ReadableFile open(FilePath path) throws FileLayerException {
    return PosixReadableFile.open(machine, path);
  }

  @Override
  public WritableFile create(FilePath path, int mode) throws FileLayerException {
    return PosixWritableFile.create(machine, path, mode);
  }

  @Override
  public void createDirectory(FilePath path, int mode) throws FileLayerException {
    Arguments.mode(mode);
    try (var memory = new CallMemory()) {
      long address = memory.string(path.toBytes());
      check("create directory", path, LibC.mkdir(memory, address, mode & 0777));
      try {
        PermissionBits.set(machine, path, mode);
      } catch (Throwable failure) {
        LibC.rmdir(memory, address);
        throw failure;
      }
    }
  }

  @Override
  public void createSymlink(FilePath path, byte[] target) throws FileLayerException {
    try (var memory = new CallMemory()) {
      long targetAddress = memory.string(Arguments.text("target of a link", target));
      check(
          "create symlink",
          path,
          LibC.symlink(memory, targetAddress, memory.string(path.toBytes())));
    }
  }

  @Override
  public void createHardLink(FilePath path, FilePath existing) throws FileLayerException {
    try (var memory = new CallMemory()) {
      long existingAddress = memory.string(existing.toBytes());
      check(
          "create hard link",
          path,
          LibC.link(memory, existingAddress, memory.string(path.toBytes())));
    }
  }

  @Override
  public void createSpecial(FilePath path, FileType type, int mode, long deviceNumber)
      throws FileLayerException {
    Arguments.mode(mode);
    try (var memory = new CallMemory()) {
      long address = memory.string(path.toBytes());
      check(
          "create special file",
          path,
          LibC.syscall(
              memory,
              machine.mknodat,
              LibC.AT_FDCWD,
              address,
              StatxLayout.specialBits(type) | (mode & 0777),
              deviceNumber,
              0));
      try {
        PermissionBits.set(machine, path, mode);
      } catch (Throwable failure) {
        LibC.unlink(memory, address);
        throw failure;
      }
    }
  }

  @Override
  public byte[] readSymlink(FilePath path) throws FileLayerException {
    try (var memory = new CallMemory()) {
      long address = memory.string(path.toBytes());
      var target = memory.reserve(PATH_MAX);
      long length =
          check(
              "read symlink",
              path,
              LibC.readlink(memory, address, target.address(), target.byteSize()));
      return target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  @Override
  public Map<AttributeName, byte[]> attributes(FilePath path) throws FileLayerException {
    return ExtendedAttributes.all(path);
  }

  @Override
  public void setAttribute(FilePath path, byte[] name, byte[] value) throws FileLayerException {
    ExtendedAttributes.set(path, name, value);
  }

  @Override
  public void setMode(FilePath path, int mode) throws FileLayerException {
    PermissionBits.set(machine, path, mode);
  }

  @Override
  public void setOwner(FilePath path, long uid, long gid) throws FileLayerException {
    try (var memory = new CallMemory()) {
      check(
          "set owner",
          path,
          LibC.lchown(memory, memory.string(path.toBytes()), Arguments.id(uid), Arguments.id(gid)));
    }
  }

  @Override
  public void setModified(FilePath path, FileTime time) throws FileLayerException {
    try (var memory = new CallMemory()) {
      long times = Arguments.times(memory, time);
      check(
          "set times",
          path,
          LibC.utimensat(memory, memory.string(path.toBytes()), times, LibC.AT_SYMLINK_NOFOLLOW));
    }
  }

  @Override
  public void rename(FilePath from, FilePath to) throws FileLayerException {
    try (var memory = new CallMemory()) {
      long fromAddress = memory.string(from.toBytes());
      int result = LibC.rename(memory, fromAddress, memory.string(to.toBytes()));
      check("rename", from, notEmpty(result));
    }
  }

  @Override
  public void renameNew(FilePath from, FilePath to) throws FileLayerException {
    RenameNew.rename(machine, from, to);
  }

  @Override
  public void delete(FilePath path) throws FileLayerException {
    try (var memory = new CallMemory()) {
      check("delete", path, LibC.unlink(memory, memory.string(path.toBytes())));
    }
  }

  @Override
  public void deleteDirectory(FilePath path) throws FileLayerException {
    try (var memory = new CallMemory()) {
      int result = LibC.rmdir(memory, memory.string(path.toBytes()));
      check("delete directory", path, notEmpty(result));
    }
  }

  @Override
  public void sync(FilePath path) throws FileLayerException {
    Syncing.sync(machine, path);
  }

  @Override
  public void syncFileSystem(FilePath path) throws FileLayerException {
    var stat = find(path).orElseThrow(() -> missing("sync file system", path));
    // Only these two can be opened without a side effect; the rest lies where its directory does.
    var opened = stat.isRegular() || stat.isDirectory() ? path : path.parent();
    Syncing.syncFileSystem(machine, opened);
  }

  @Override
  public Space space(FilePath path) throws FileLayerException {
    return FreeSpace.at(machine, path);
  }

  @Override
  public Optional<HeldLock> tryLock(FilePath path) throws FileLayerException {
    return PosixLock.tryLock(machine, path);
  }

  /**
   * Where a directory should be empty and is not, POSIX allows two answers; XFS gives the other.
   */
  private static int notEmpty(int result) {
    return result == -Errno.EEXIST ? -Errno.ENOTEMPTY : result;
  }

  private static FileLayerException missing(String operation, FilePath path) {
    return new FileLayerException(operation, path, Reason.NOT_FOUND, "");
  }

  private static long check(String operation, FilePath path, long result)
      throws FileLayerException {
    if (result < 0) {
      throw Errno.failure(operation, path, (int) -result);
    }
    return result;
  }
}
