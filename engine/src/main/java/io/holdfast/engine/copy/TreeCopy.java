package io.holdfast.engine.copy;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSink;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.artifact.TreeSink;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileType;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Copies trees of one backup.
 *
 * <p>A repository may want to know of a file that other names of it will follow, before they do;
 * the kernel would tell by the inode, and a tree in a repository does not. So the listing is read
 * twice, and each file with several names gets a number in place of an inode's.
 */
final class TreeCopy {
  private long nextInode;

  TreeCopy(long firstInode) {
    this.nextInode = firstInode;
  }

  Artifact copy(ArtifactSource source, ArtifactSink sink, String name) throws IOException {
    Map<TreePath, Integer> names = names(source, name);
    try (TreeSink tree = sink.tree(name)) {
      source.tree(
          name,
          new ArtifactSource.TreeVisitor() {
            @Override
            public void entry(TreeEntry entry) throws IOException {
              tree.add(entry);
            }

            @Override
            public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
              Integer further = names.get(entry.path());
              tree.file(
                  entry,
                  further == null
                      ? content
                      : new LinkedContent(content, stat(entry, nextInode++, further + 1)));
            }
          });
      return tree.finish();
    }
  }

  /** How many further names each file has, of those that have any. */
  private static Map<TreePath, Integer> names(ArtifactSource source, String name)
      throws IOException {
    var names = new HashMap<TreePath, Integer>();
    source.entries(
        name,
        entry -> {
          if (entry instanceof TreeEntry.HardLink link) {
            names.merge(link.original(), 1, Integer::sum);
          }
        });
    return names;
  }

  private static FileStat stat(TreeEntry.RegularFile file, long inode, long links) {
    Metadata metadata = file.metadata();
    return new FileStat(
        FileType.REGULAR,
        metadata.mode(),
        metadata.uid(),
        metadata.gid(),
        file.size(),
        file.size(),
        metadata.modified(),
        // Of no file that there ever was, so that none is taken for this one.
        new FileTime(0, 0),
        0,
        inode,
        links,
        0);
  }

  /** Content of a file with several names. */
  private record LinkedContent(Content content, FileStat stat) implements Content {
    @Override
    public Reader open() throws IOException {
      return content.open();
    }

    @Override
    public boolean isDetached() {
      return content.isDetached();
    }

    @Override
    public Optional<FileStat> file() {
      return Optional.of(stat);
    }
  }
}
