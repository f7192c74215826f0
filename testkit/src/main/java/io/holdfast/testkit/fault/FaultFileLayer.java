package io.holdfast.testkit.fault;

import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.file.OpenDirectory;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.file.WritableFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file layer that does what another one does, until its plan says otherwise.
 *
 * <p>Every call of every operation counts, in the order of the calls: those of the layer, and those
 * of the files and locks that it opened. With one thread, the same work gives the same numbers;
 * with several, which call gets which number is up to chance.
 *
 * <p>A crash throws {@link SimulatedCrash}, in whatever thread it strikes, and then from every
 * further call of any thread. When the first one is thrown, nothing is on its way to the disk any
 * more, and what was open is closed and unlocked, as the kernel does for a dead process. What was
 * written and not synced stays: this is the death of a process, not of the machine.
 *
 * <p>With the plan {@link FaultPlan#none} it passes the contract suite of file layers.
 */
public final class FaultFileLayer implements FileLayer {
  private final FileLayer files;
  private final Gate gate;

  /** Does by means of {@code files} what the plan lets happen. */
  public FaultFileLayer(FileLayer files, FaultPlan plan) {
    this.files = files;
    this.gate = new Gate(plan);
  }

  /** The operations that were counted so far; operation {@code k} is at index {@code k - 1}. */
  public List<Operation> trace() {
    return gate.trace();
  }

  /** Whether the planned operation was reached, so that the fault has struck. */
  public boolean struck() {
    return gate.struck();
  }

  @Override
  public Optional<FileStat> find(FilePath path) throws IOException {
    return gate.pass(Operation.reading("find", path), () -> files.find(path));
  }

  @Override
  public FileStat follow(FilePath path) throws IOException {
    return gate.pass(Operation.reading("follow", path), () -> files.follow(path));
  }

  @Override
  public FilePath resolveLinks(FilePath path) throws IOException {
    return gate.pass(Operation.reading("resolveLinks", path), () -> files.resolveLinks(path));
  }

  @Override
  public List<byte[]> list(FilePath directory) throws IOException {
    return gate.pass(Operation.reading("list", directory), () -> files.list(directory));
  }

  @Override
  public OpenDirectory openDirectory(FilePath directory) throws IOException {
    return gate.pass(Operation.reading("list", directory), () -> files.openDirectory(directory));
  }

  @Override
  public ReadableFile open(FilePath path) throws IOException {
    return gate.pass(
        Operation.reading("open", path), () -> new FaultReadableFile(gate, path, files.open(path)));
  }

  @Override
  public WritableFile create(FilePath path, int mode) throws IOException {
    return gate.pass(
        Operation.mutating("create", path),
        () -> new FaultWritableFile(gate, path, files.create(path, mode)));
  }

  @Override
  public void createDirectory(FilePath path, int mode) throws IOException {
    gate.pass(
        Operation.mutating("createDirectory", path).with(Integer.toOctalString(mode)),
        () -> files.createDirectory(path, mode));
  }

  @Override
  public void createSymlink(FilePath path, byte[] target) throws IOException {
    gate.pass(Operation.mutating("createSymlink", path), () -> files.createSymlink(path, target));
  }

  @Override
  public void createHardLink(FilePath path, FilePath existing) throws IOException {
    gate.pass(
        Operation.mutating("createHardLink", path).with("to " + existing),
        () -> files.createHardLink(path, existing));
  }

  @Override
  public void createSpecial(FilePath path, FileType type, int mode, long deviceNumber)
      throws IOException {
    gate.pass(
        Operation.mutating("createSpecial", path),
        () -> files.createSpecial(path, type, mode, deviceNumber));
  }

  @Override
  public byte[] readSymlink(FilePath path) throws IOException {
    return gate.pass(Operation.reading("readSymlink", path), () -> files.readSymlink(path));
  }

  @Override
  public Map<AttributeName, byte[]> attributes(FilePath path) throws IOException {
    return gate.pass(Operation.reading("attributes", path), () -> files.attributes(path));
  }

  @Override
  public void setAttribute(FilePath path, byte[] name, byte[] value) throws IOException {
    gate.pass(
        Operation.mutating("setAttribute", path).with(FilePath.display(name)),
        () -> files.setAttribute(path, name, value));
  }

  @Override
  public void setMode(FilePath path, int mode) throws IOException {
    gate.pass(
        Operation.mutating("setMode", path).with(Integer.toOctalString(mode)),
        () -> files.setMode(path, mode));
  }

  @Override
  public void setOwner(FilePath path, long uid, long gid) throws IOException {
    gate.pass(Operation.mutating("setOwner", path), () -> files.setOwner(path, uid, gid));
  }

  @Override
  public void setModified(FilePath path, FileTime time) throws IOException {
    gate.pass(Operation.mutating("setModified", path), () -> files.setModified(path, time));
  }

  @Override
  public void rename(FilePath from, FilePath to) throws IOException {
    gate.pass(Operation.mutating("rename", from).with("to " + to), () -> files.rename(from, to));
  }

  @Override
  public void renameNew(FilePath from, FilePath to) throws IOException {
    gate.pass(
        Operation.mutating("renameNew", from).with("to " + to), () -> files.renameNew(from, to));
  }

  @Override
  public void delete(FilePath path) throws IOException {
    gate.pass(Operation.mutating("delete", path), () -> files.delete(path));
  }

  @Override
  public void deleteDirectory(FilePath path) throws IOException {
    gate.pass(Operation.mutating("deleteDirectory", path), () -> files.deleteDirectory(path));
  }

  @Override
  public void sync(FilePath path) throws IOException {
    gate.pass(Operation.mutating("sync", path), () -> files.sync(path));
  }

  @Override
  public void syncFileSystem(FilePath path) throws IOException {
    gate.pass(Operation.mutating("syncFileSystem", path), () -> files.syncFileSystem(path));
  }

  @Override
  public Space space(FilePath path) throws IOException {
    return gate.pass(Operation.reading("space", path), () -> files.space(path));
  }

  @Override
  public Optional<HeldLock> tryLock(FilePath path) throws IOException {
    return gate.pass(
        Operation.mutating("tryLock", path),
        () -> files.tryLock(path).map(lock -> new FaultHeldLock(gate, path, lock)));
  }
}
