package io.holdfast.engine.file;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file system of which one part is read-only, as if it were mounted so: what lies there is read
 * and not touched, whoever owns it. Locks are taken all the same, on files that are there or in
 * directories that are: they keep others from removing what is being read, and end with this
 * process. So a name can be removed too, which is how such a lock is given back.
 *
 * <p>The part is told by how paths begin, and not by where links lead. As thread-safe as what it
 * stands before.
 */
public final class ReadOnlyPart implements FileLayer {
  private final FileLayer delegate;
  private final FilePath part;

  /**
   * @param part a directory, which need not be there; it and all below it is read-only
   */
  public ReadOnlyPart(FileLayer delegate, FilePath part) {
    this.delegate = delegate;
    this.part = part;
  }

  private void requireWritable(String operation, FilePath path) throws FileLayerException {
    if (path.startsWith(part)) {
      throw new FileLayerException(
          operation, path, FileLayerException.Reason.READ_ONLY, "it is only looked at");
    }
  }

  @Override
  public Optional<FileStat> find(FilePath path) throws IOException {
    return delegate.find(path);
  }

  @Override
  public FileStat follow(FilePath path) throws IOException {
    return delegate.follow(path);
  }

  @Override
  public FilePath resolveLinks(FilePath path) throws IOException {
    return delegate.resolveLinks(path);
  }

  @Override
  public List<byte[]> list(FilePath directory) throws IOException {
    return delegate.list(directory);
  }

  @Override
  public OpenDirectory openDirectory(FilePath directory) throws IOException {
    return delegate.openDirectory(directory);
  }

  @Override
  public ReadableFile open(FilePath path) throws IOException {
    return delegate.open(path);
  }

  @Override
  public WritableFile create(FilePath path, int mode) throws IOException {
    requireWritable("create", path);
    return delegate.create(path, mode);
  }

  @Override
  public void createDirectory(FilePath path, int mode) throws IOException {
    requireWritable("createDirectory", path);
    delegate.createDirectory(path, mode);
  }

  @Override
  public void createSymlink(FilePath path, byte[] target) throws IOException {
    requireWritable("createSymlink", path);
    delegate.createSymlink(path, target);
  }

  @Override
  public void createHardLink(FilePath path, FilePath existing) throws IOException {
    requireWritable("createHardLink", path);
    delegate.createHardLink(path, existing);
  }

  @Override
  public void createSpecial(FilePath path, FileType type, int mode, long deviceNumber)
      throws IOException {
    requireWritable("createSpecial", path);
    delegate.createSpecial(path, type, mode, deviceNumber);
  }

  @Override
  public byte[] readSymlink(FilePath path) throws IOException {
    return delegate.readSymlink(path);
  }

  @Override
  public Map<AttributeName, byte[]> attributes(FilePath path) throws IOException {
    return delegate.attributes(path);
  }

  @Override
  public void setAttribute(FilePath path, byte[] name, byte[] value) throws IOException {
    requireWritable("setAttribute", path);
    delegate.setAttribute(path, name, value);
  }

  @Override
  public void setMode(FilePath path, int mode) throws IOException {
    requireWritable("setMode", path);
    delegate.setMode(path, mode);
  }

  @Override
  public void setOwner(FilePath path, long uid, long gid) throws IOException {
    requireWritable("setOwner", path);
    delegate.setOwner(path, uid, gid);
  }

  @Override
  public void setModified(FilePath path, FileTime time) throws IOException {
    requireWritable("setModified", path);
    delegate.setModified(path, time);
  }

  @Override
  public void rename(FilePath from, FilePath to) throws IOException {
    requireWritable("rename", from);
    requireWritable("rename", to);
    delegate.rename(from, to);
  }

  @Override
  public void renameNew(FilePath from, FilePath to) throws IOException {
    requireWritable("renameNew", from);
    requireWritable("renameNew", to);
    delegate.renameNew(from, to);
  }

  @Override
  public void delete(FilePath path) throws IOException {
    delegate.delete(path);
  }

  @Override
  public void deleteDirectory(FilePath path) throws IOException {
    requireWritable("deleteDirectory", path);
    delegate.deleteDirectory(path);
  }

  @Override
  public void sync(FilePath path) throws IOException {
    delegate.sync(path);
  }

  @Override
  public void syncFileSystem(FilePath path) throws IOException {
    delegate.syncFileSystem(path);
  }

  @Override
  public Space space(FilePath path) throws IOException {
    return delegate.space(path);
  }

  @Override
  public Optional<HeldLock> tryLock(FilePath path) throws IOException {
    return delegate.tryLock(path);
  }
}
