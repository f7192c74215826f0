package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.repository.transfer.Extents;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes a tree of a backup as a tar file, as an archive of a repository would hold it, so that
 * somebody can carry it away. Every content is verified while it passes. Used once, by one thread.
 */
public final class TreeTar implements ArtifactSource.TreeVisitor {
  private static final int BUFFER = 256 << 10;

  private final String root;
  private final OutputStream out;
  private final byte[] bytes = new byte[BUFFER];

  private TreeTar(String root, OutputStream out) {
    this.root = root;
    this.out = out;
  }

  /**
   * Writes a tree.
   *
   * @param name of an artifact that is a tree; the directory that all of it lies in
   * @throws IOException if it cannot be read or written; what was written then is no whole tar file
   */
  public static void write(ArtifactSource source, String name, OutputStream out)
      throws IOException {
    var tar = new TreeTar(name, out);
    source.tree(name, tar);
    out.write(new byte[TarHeader.END]);
  }

  @Override
  public void entry(TreeEntry entry) throws IOException {
    out.write(TarHeader.of(root, entry, List.of()));
  }

  @Override
  public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
    try (Content.Reader reader = content.open()) {
      List<Extent> data = Extents.normal(reader.extents(), reader.size());
      boolean sparse = !Extents.isDense(data, reader.size());
      var stored = new TreeEntry.RegularFile(entry.path(), entry.metadata(), reader.size(), sparse);
      out.write(TarHeader.of(root, stored, data));
      long at = 0;
      for (Extent extent : data) {
        reader.skipHole(extent.offset() - at);
        copy(reader, extent.length());
        at = extent.end();
      }
      reader.skipHole(reader.size() - at);
      out.write(new byte[TarHeader.padding(Extents.total(data))]);
    }
  }

  private void copy(Content.Reader reader, long length) throws IOException {
    long left = length;
    while (left > 0) {
      ByteBuffer room = ByteBuffer.wrap(bytes, 0, (int) Math.min(bytes.length, left));
      int count = reader.read(room);
      if (count < 0) {
        throw new IOException("ends " + left + " bytes early");
      }
      out.write(bytes, 0, count);
      left -= count;
    }
  }
}
