package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Looking up: find, follow, resolveLinks, space. */
interface LookupContract extends FileLayerFixture {
  @Test
  @DisplayName("find says of each type of file what the JDK says of it")
  default void findAgreesWithTheJdk() throws IOException {
    write("file", "content");
    directory("directory");
    symlink("link", "nowhere");
    files().createHardLink(at("second name"), at("file"));
    for (String name : new String[] {"file", "directory", "link", "second name"}) {
      var jdk =
          Files.readAttributes(Path.of(at(name).toString()), "unix:*", LinkOption.NOFOLLOW_LINKS);
      var stat = files().find(at(name)).orElseThrow();
      assertThat(number(jdk, "mode") & 07777).isEqualTo(stat.mode());
      assertThat(number(jdk, "uid")).isEqualTo(stat.uid());
      assertThat(number(jdk, "gid")).isEqualTo(stat.gid());
      assertThat(number(jdk, "size")).isEqualTo(stat.size());
      assertThat(number(jdk, "ino")).isEqualTo(stat.inode());
      assertThat(number(jdk, "dev")).isEqualTo(stat.device());
      assertThat(number(jdk, "nlink")).isEqualTo(stat.links());
      assertThat(jdk).containsEntry("isDirectory", stat.isDirectory());
      assertThat(jdk).containsEntry("isRegularFile", stat.isRegular());
      assertThat(jdk).containsEntry("isSymbolicLink", stat.isSymlink());
      assertThat(jdk).containsEntry("lastModifiedTime", jdkTime(stat.modified()));
      assertThat(jdk).containsEntry("ctime", jdkTime(stat.changed()));
    }
  }

  private static long number(Map<String, Object> attributes, String name) {
    return ((Number) Objects.requireNonNull(attributes.get(name))).longValue();
  }

  private static java.nio.file.attribute.FileTime jdkTime(FileTime time) {
    return java.nio.file.attribute.FileTime.from(
        Instant.ofEpochSecond(time.seconds(), time.nanos()));
  }

  @Test
  default void findIsEmptyWhereNothingIs() throws IOException {
    write("file", "");
    assertThat(files().find(at("nothing"))).isEmpty();
    assertThat(files().find(at("nothing/below"))).isEmpty();
    assertThat(files().find(at("file/below"))).isEmpty();
  }

  @Test
  default void findMeansTheLinkAndFollowWhatItLeadsTo() throws IOException {
    write("file", "four");
    symlink("link", "file");
    symlink("link to link", "link");
    assertThat(files().find(at("link")).orElseThrow().isSymlink()).isTrue();
    assertThat(files().find(at("link")).orElseThrow().size()).isEqualTo(4);
    var file = files().find(at("file")).orElseThrow();
    assertThat(files().follow(at("link to link")).isSameFile(file)).isTrue();
    assertThat(files().follow(at("link to link")).isRegular()).isTrue();
    assertThat(files().follow(at("file")).isSameFile(file)).isTrue();
  }

  @Test
  default void followFailsWhereNothingIs() throws IOException {
    symlink("dangling", "nothing");
    symlink("loop", "loop");
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().follow(at("nothing")));
    refused(Reason.NOT_FOUND, at("dangling"), () -> files().follow(at("dangling")));
    refused(Reason.SYMLINK, at("loop"), () -> files().follow(at("loop")));
  }

  @Test
  @DisplayName("an open directory is the same whatever its name leads to by now")
  default void anOpenDirectoryIsHeld() throws IOException {
    directory("here");
    directory("elsewhere");
    write("here/file", "here");
    write("elsewhere/file", "elsewhere, and longer");
    symlink("link", "here");
    refused(Reason.NOT_A_DIRECTORY, at("link"), () -> files().openDirectory(at("link")));
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().openDirectory(at("nothing")));
    try (var directory = files().openDirectory(at("here"))) {
      files().renameNew(at("here"), at("moved"));
      symlink("here", "elsewhere");
      assertThat(directory.stat().isSameFile(files().find(at("moved")).orElseThrow())).isTrue();
      assertThat(directory.list()).containsExactly("file".getBytes(StandardCharsets.US_ASCII));
      var way = directory.resolve("file".getBytes(StandardCharsets.US_ASCII));
      assertThat(files().find(way).orElseThrow().size()).isEqualTo(4);
      files().delete(way);
    }
    assertThat(files().find(at("moved/file"))).isEmpty();
    assertThat(files().find(at("elsewhere/file"))).isPresent();
  }

  @Test
  default void linksAreFollowedInAllButTheLastComponent() throws IOException {
    directory("directory");
    write("directory/file", "inside");
    symlink("link", "directory");
    symlink("loop", "loop");
    assertThat(content(at("link/file"))).isEqualTo("inside");
    refused(Reason.SYMLINK, at("loop/file"), () -> files().find(at("loop/file")));
  }

  @Test
  default void resolveLinksLeavesNoLinkAndNoDots() throws IOException {
    directory("directory");
    write("directory/file", "");
    symlink("link", "directory");
    symlink("second", "link/../link/file");
    var real = files().resolveLinks(room()).resolve("directory/file");
    assertThat(files().resolveLinks(at("second"))).isEqualTo(real);
    assertThat(files().resolveLinks(at("link/./file"))).isEqualTo(real);
    assertThat(files().resolveLinks(at("link/../directory/file"))).isEqualTo(real);
  }

  @Test
  default void resolveLinksNeedsThePathToExist() throws IOException {
    symlink("dangling", "nothing");
    symlink("a", "b");
    symlink("b", "a");
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().resolveLinks(at("nothing")));
    refused(Reason.NOT_FOUND, at("dangling"), () -> files().resolveLinks(at("dangling")));
    refused(Reason.SYMLINK, at("a"), () -> files().resolveLinks(at("a")));
  }

  @Test
  default void spaceIsWhatTheJdkSaysAlsoOfADanglingLink() throws IOException {
    var store = Files.getFileStore(Path.of(room().toString()));
    write("file", "");
    symlink("dangling", "nothing");
    for (String name : new String[] {"file", "dangling", "."}) {
      var space = files().space(at(name));
      assertThat(space.total()).isEqualTo(store.getTotalSpace());
      assertThat(space.usable()).isBetween(1L, space.total());
    }
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().space(at("nothing")));
  }

  @Test
  default void sizeAndAllocationOfAnEmptyFileAreZero() throws IOException {
    write("empty", "");
    assertThat(files().find(at("empty")).orElseThrow())
        .returns(0L, FileStat::size)
        .returns(0L, FileStat::allocated)
        .returns(0L, FileStat::deviceNumber);
  }
}
