package io.holdfast.engine.file;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands every operation on, after telling {@link #before} of it; override that, or single
 * operations, to fail, to change a file at the worst moment, or to count.
 *
 * <p>As thread-safe as what overrides it.
 */
public class ForwardingFileLayer implements FileLayer {
  private final FileLayer delegate;

  public ForwardingFileLayer(FileLayer delegate) {
    this.delegate = delegate;
  }

  /**
   * Called before each operation; what it throws is what the operation throws.
   *
   * @param operation the name of the method of {@link FileLayer}
   * @param path the path that changes or is asked about
   */
  protected void before(String operation, FilePath path) throws IOException {}

  @Override
  public Optional<FileStat> find(FilePath path) throws IOException {
    before("find", path);
    return delegate.find(path);
  }

  @Override
  public FileStat follow(FilePath path) throws IOException {
    before("follow", path);
    return delegate.follow(path);
  }

  @Override
  public FilePath resolveLinks(FilePath path) throws IOException {
    before("resolveLinks", path);
    return delegate.resolveLinks(path);
  }

  @Override
  public List<byte[]> list(FilePath directory) throws IOException {
    before("list", directory);
    return delegate.list(directory);
  }

  @Override
  public OpenDirectory openDirectory(FilePath directory) throws IOException {
    before("list", directory);
    return delegate.openDirectory(directory);
  }

  @Override
  public ReadableFile open(FilePath path) throws IOException {
    before("open", path);
    return delegate.open(path);
  }

  @Override
  public WritableFile create(FilePath path, int mode) throws IOException {
    before("create", path);
    return delegate.create(path, mode);
  }

  @Override
  public void createDirectory(FilePath path, int mode) throws IOException {
    before("createDirectory", path);
    delegate.createDirectory(path, mode);
  }

  @Override
  public void createSymlink(FilePath path, byte[] target) throws IOException {
    before("createSymlink", path);
    delegate.createSymlink(path, target);
  }

  @Override
  public void createHardLink(FilePath path, FilePath existing) throws IOException {
    before("createHardLink", path);
    delegate.createHardLink(path, existing);
  }

  @Override
  public void createSpecial(FilePath path, FileType type, int mode, long deviceNumber)
      throws IOException {
    before("createSpecial", path);
    delegate.createSpecial(path, type, mode, deviceNumber);
  }

  @Override
  public byte[] readSymlink(FilePath path) throws IOException {
    before("readSymlink", path);
    return delegate.readSymlink(path);
  }

  @Override
  public Map<AttributeName, byte[]> attributes(FilePath path) throws IOException {
    before("attributes", path);
    return delegate.attributes(path);
  }

  @Override
  public void setAttribute(FilePath path, byte[] name, byte[] value) throws IOException {
    before("setAttribute", path);
    delegate.setAttribute(path, name, value);
  }

  @Override
  public void setMode(FilePath path, int mode) throws IOException {
    before("setMode", path);
    delegate.setMode(path, mode);
  }

  @Override
  public void setOwner(FilePath path, long uid, long gid) throws IOException {
    before("setOwner", path);
    delegate.setOwner(path, uid, gid);
  }

  @Override
  public void setModified(FilePath path, FileTime time) throws IOException {
    before("setModified", path);
    delegate.setModified(path, time);
  }

  @Override
  public void rename(FilePath from, FilePath to) throws IOException {
    before("rename", to);
    delegate.rename(from, to);
  }

  @Override
  public void renameNew(FilePath from, FilePath to) throws IOException {
    before("renameNew", to);
    delegate.renameNew(from, to);
  }

  @Override
  public void delete(FilePath path) throws IOException {
    before("delete", path);
    delegate.delete(path);
  }

  @Override
  public void deleteDirectory(FilePath path) throws IOException {
    before("deleteDirectory", path);
    delegate.deleteDirectory(path);
  }

  @Override
  public void sync(FilePath path) throws IOException {
    before("sync", path);
    delegate.sync(path);
  }

  @Override
  public void syncFileSystem(FilePath path) throws IOException {
    before("syncFileSystem", path);
    delegate.syncFileSystem(path);
  }

  @Override
  public Space space(FilePath path) throws IOException {
    before("space", path);
    return delegate.space(path);
  }

  @Override
  public Optional<HeldLock> tryLock(FilePath path) throws IOException {
    before("tryLock", path);
    return delegate.tryLock(path);
  }
}
