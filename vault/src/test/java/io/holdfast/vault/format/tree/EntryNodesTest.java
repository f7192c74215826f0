package io.holdfast.vault.format.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileType;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EntryNodesTest {
  private static final ContentId ID = ContentId.of(new byte[] {1});
  private static final TreePath PATH =
      TreePath.ofBytes(new byte[] {'d', '/', 'n', -1, '"', '\\', '\n'});
  private static final NodeName NAME = NodeName.of(new byte[] {'n', -1, '"', '\\', '\n'});

  private static Metadata metadata(int mode, FileTime modified) {
    return new Metadata(mode, 4_294_967_295L, 7, modified, Map.of());
  }

  private static Metadata metadata() {
    return metadata(0640, new FileTime(5, 6));
  }

  private static AttributeName attribute(String name) {
    return new AttributeName(name.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static TreeEntry back(Node node, boolean sparse) throws FormatException {
    // Through JSON, since that is what it is for.
    byte[] json = new TreeWriter(1).add(node).finish();
    Node read = TreeReader.readAll(json, "tree 1").getFirst();
    assertThat(read).isEqualTo(node);
    return EntryNodes.entry(read, PATH, sparse).orElseThrow();
  }

  @ParameterizedTest
  @DisplayName("A file comes back with its size; whether it is sparse the caller says")
  @CsvSource({"0, false", "1, true", "9223372036854775807, true"})
  void files(long size, boolean sparse) throws Exception {
    var entry = new TreeEntry.RegularFile(PATH, metadata(), 3, sparse);
    Node node = EntryNodes.file(entry, size, List.of(ID, ID), Node.Inode.NONE);
    assertThat(node.name()).isEqualTo(NAME);
    assertThat(node.size()).isEqualTo(size);
    assertThat(node.content()).contains(ContentIds.of(List.of(ID, ID)));
    assertThat(node.times()).isEqualTo(Node.Times.all(new Timestamp(5, 6, 0)));
    assertThat(back(node, sparse))
        .isEqualTo(new TreeEntry.RegularFile(PATH, metadata(), size, sparse));
  }

  @Test
  @DisplayName("A directory, and the root of a tree, which has no name of its own, come back")
  void directories() throws Exception {
    Node node = EntryNodes.directory(NAME, metadata(), ID);
    assertThat(node.subtree()).contains(ID);
    assertThat(node.content()).isEmpty();
    assertThat(back(node, true)).isEqualTo(new TreeEntry.Directory(PATH, metadata()));
    assertThatIllegalArgumentException().isThrownBy(() -> EntryNodes.name(TreePath.ROOT));
    assertThat(EntryNodes.name(TreePath.of("a"))).isEqualTo(NodeName.of("a"));
  }

  @ParameterizedTest
  @DisplayName("All twelve bits of a mode come back")
  @CsvSource({"0", "0777", "04755", "02755", "01777", "07777"})
  void modes(String octal) throws Exception {
    Metadata metadata = metadata(Integer.parseInt(octal, 8), new FileTime(0, 0));
    assertThat(back(EntryNodes.directory(NAME, metadata, ID), false).metadata())
        .isEqualTo(metadata);
  }

  @ParameterizedTest
  @DisplayName("Targets of links come back byte for byte")
  @CsvSource({"'..'", "/", "'a\u00ffb'", "'\u0001\b\f\u007f'", "'\"\\<&'", "'\u00c3\u00bc'"})
  void symlinks(String latin1) throws Exception {
    byte[] target = latin1.getBytes(StandardCharsets.ISO_8859_1);
    var entry = new TreeEntry.Symlink(PATH, metadata(0777, new FileTime(1, 0)), target);
    assertThat(back(EntryNodes.symlink(entry), false)).isEqualTo(entry);
  }

  @Test
  @DisplayName("A link to nowhere is refused")
  void noTarget() {
    Node node = new NodeBuilder(NAME, NodeType.SYMLINK).build();
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> EntryNodes.entry(node, TreePath.of("a"), false))
        .withMessage("symbolic link a: it has no target");
  }

  @ParameterizedTest
  @DisplayName("Special files come back with the kernel's number for the device")
  @CsvSource({
    "FIFO, 0, FIFO",
    "SOCKET, 0, SOCKET",
    // null: major 1, minor 3
    "CHARACTER_DEVICE, 259, CHARACTER_DEVICE",
    // sda1: major 8, minor 1
    "BLOCK_DEVICE, 2049, BLOCK_DEVICE",
    // nvme: major 259, minor 300 = 0x12c
    "BLOCK_DEVICE, 1114924, BLOCK_DEVICE",
    // major 4095, minor 1048575: the largest that Linux has
    "BLOCK_DEVICE, 4294967295, BLOCK_DEVICE",
    // major 4096: beyond Linux, as the C library writes it
    "CHARACTER_DEVICE, 17592186044416, CHARACTER_DEVICE",
  })
  void special(FileType type, long device, NodeType nodeType) throws Exception {
    var entry = new TreeEntry.Special(PATH, metadata(), type, device);
    Node node = EntryNodes.special(entry);
    assertThat(node.type()).isEqualTo(nodeType);
    assertThat(node.device()).isEqualTo(device);
    assertThat(node.mode() & ~0777).isEqualTo(nodeType.modeBits());
    assertThat(back(node, false)).isEqualTo(entry);
  }

  @ParameterizedTest
  @DisplayName("What is not special is no special file")
  @EnumSource(
      value = FileType.class,
      names = {"REGULAR", "DIRECTORY", "SYMLINK"})
  void notSpecial(FileType type) {
    var entry = new TreeEntry.Special(PATH, metadata(), type, 0);
    assertThatIllegalArgumentException().isThrownBy(() -> EntryNodes.special(entry));
  }

  @ParameterizedTest
  @DisplayName("Nodes of no kind that Unix has are passed over")
  @EnumSource(
      value = NodeType.class,
      names = {"IRREGULAR", "INVALID"})
  void unknown(NodeType type) throws Exception {
    assertThat(EntryNodes.entry(new NodeBuilder(NAME, type).build(), PATH, false)).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("Times come back to the nanosecond, or are known to be lost")
  @CsvSource({
    "0, 0, true",
    "1, 999999999, true",
    "-1, 999999999, true",
    "-62167219200, 0, true",
    "253402300799, 999999999, true",
    "-62167219201, 0, false",
    "253402300800, 0, false",
    "9223372036854775807, 1, false",
    "-9223372036854775808, 1, false",
  })
  void times(long seconds, int nanos, boolean exact) throws Exception {
    var time = new FileTime(seconds, nanos);
    var entry = new TreeEntry.Directory(PATH, metadata(0, time));
    TreeEntry back = back(EntryNodes.directory(NAME, entry.metadata(), ID), false);
    assertThat(back.metadata().modified().nanos()).isEqualTo(nanos);
    assertThat(back.metadata().modified().equals(time)).isEqualTo(exact);
    assertThat(EntryNodes.losses(entry).contains(EntryNodes.Loss.TIME)).isEqualTo(!exact);
  }

  @Test
  @DisplayName("Attributes come back in order with any bytes; a name that is no text is lost")
  void attributes() throws Exception {
    var every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    Map<AttributeName, byte[]> attributes =
        Map.of(
            attribute("user.b"), every,
            attribute("user.a\u00c3\u00bc\n"), new byte[0],
            attribute("trusted.x"), new byte[] {0});
    var entry =
        new TreeEntry.Directory(PATH, new Metadata(0, 0, 0, new FileTime(0, 0), attributes));
    assertThat(EntryNodes.losses(entry)).isEmpty();
    Map<AttributeName, byte[]> back =
        back(EntryNodes.directory(NAME, entry.metadata(), ID), false).metadata().attributes();
    assertThat(back.keySet()).containsExactlyElementsOf(entry.metadata().attributes().keySet());
    attributes.forEach((name, value) -> assertThat(back.get(name)).isEqualTo(value));

    var bad =
        new TreeEntry.Directory(
            PATH,
            new Metadata(
                0, 0, 0, new FileTime(0, 0), Map.of(attribute("user.\u00ff"), new byte[0])));
    assertThat(EntryNodes.losses(bad)).containsExactly(EntryNodes.Loss.ATTRIBUTE_NAME);
    Node node = EntryNodes.directory(NAME, bad.metadata(), ID);
    assertThat(new String(new TreeWriter(1).add(node).finish(), StandardCharsets.UTF_8))
        .contains("\"user.\\ufffd\"");
  }

  @Test
  @DisplayName("An attribute that restic has written as null has no bytes")
  void nullAttribute() {
    Node node =
        new NodeBuilder(NAME, NodeType.FILE)
            .extendedAttributes(
                List.of(new ExtendedAttribute(attribute("user.a"), Optional.empty())))
            .build();
    assertThat(EntryNodes.metadata(node).attributes().get(attribute("user.a"))).isEmpty();
  }

  @Test
  @DisplayName("Names of one file are found again by inode, in the order of the tree")
  void hardLinks() throws Exception {
    var inode = new Node.Inode(42, 43, 3);
    var file = new TreeEntry.RegularFile(TreePath.of("d/a"), metadata(), 9, false);
    Node original = EntryNodes.file(file, 9, List.of(ID), inode);
    var link = new TreeEntry.HardLink(TreePath.of("d/b"), metadata(), file.path());
    Node again = EntryNodes.hardLink(link, original);
    assertThat(again.name()).isEqualTo(NodeName.of("b"));
    assertThat(again.inode()).isEqualTo(inode);
    assertThat(again.content()).isEqualTo(original.content());
    assertThat(again.size()).isEqualTo(9);

    var links = new HardLinks();
    assertThat(links.original(original, file.path())).isEmpty();
    assertThat(links.original(again, link.path())).contains(file.path());
    Optional<TreeEntry> whole = EntryNodes.entry(again, link.path(), false);
    assertThat(whole).map(TreeEntry::metadata).contains(link.metadata());
  }

  @Test
  @DisplayName("A hard link needs an original with more than one link")
  void lonelyHardLink() {
    var file = new TreeEntry.RegularFile(TreePath.of("a"), metadata(), 9, false);
    var link = new TreeEntry.HardLink(TreePath.of("b"), metadata(), file.path());
    for (Node.Inode inode :
        List.of(Node.Inode.NONE, new Node.Inode(42, 43, 1), new Node.Inode(0, 43, 2))) {
      Node original = EntryNodes.file(file, 9, List.of(ID), inode);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> EntryNodes.hardLink(link, original))
          .withMessage("a has one name, and b would be another");
    }
  }

  @Test
  @DisplayName("One inode with two contents, one number on two devices, and no file are no links")
  void notLinked() {
    var links = new HardLinks();
    var inode = new Node.Inode(42, 43, 2);
    var builder = new NodeBuilder(NAME, NodeType.FILE).inode(inode).size(1);
    Node first = builder.content(ContentIds.of(List.of(ID))).build();
    assertThat(links.original(first, TreePath.of("1"))).isEmpty();
    Node changed = builder.content(ContentIds.EMPTY).build();
    assertThat(links.original(changed, TreePath.of("2"))).isEmpty();
    Node elsewhere = builder.inode(new Node.Inode(42, 44, 2)).build();
    assertThat(links.original(elsewhere, TreePath.of("3"))).isEmpty();
    Node directory = new NodeBuilder(NAME, NodeType.DIRECTORY).inode(inode).build();
    assertThat(links.original(directory, TreePath.of("4"))).isEmpty();
    Node symlink = new NodeBuilder(NAME, NodeType.SYMLINK).inode(inode).build();
    assertThat(links.original(symlink, TreePath.of("5"))).isEmpty();
    assertThat(links.original(first, TreePath.of("6"))).contains(TreePath.of("1"));
    assertThat(links.original(elsewhere, TreePath.of("7"))).contains(TreePath.of("3"));
  }

  @Test
  @DisplayName("Links of more than half the range of 64 bits are more than one")
  void manyLinks() {
    Node node = new NodeBuilder(NAME, NodeType.FILE).inode(new Node.Inode(-1, -1, -1)).build();
    assertThat(HardLinks.isLinked(node)).isTrue();
  }
}
