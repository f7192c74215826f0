package io.holdfast.store.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A delta offers the live file of the same path to each content, where there is one. */
class DeltaTest {
  @TempDir Path temporary;
  private final FileLayer files = PosixFileLayer.create();
  private final List<String> offered = new CopyOnWriteArrayList<>();

  /** Of bytes; remembers what it was offered. */
  private record Offered(String name, byte[] bytes, List<String> offered) implements Content {
    @Override
    public Reader open() throws IOException {
      offered.add(name + ": nothing");
      return new BytesContent(bytes).open();
    }

    @Override
    public Reader open(ReadableFile similar) throws IOException {
      var start = ByteBuffer.allocate(10);
      similar.read(start, 0);
      offered.add(
          name + ": " + new String(start.array(), 0, start.position(), StandardCharsets.UTF_8));
      return new BytesContent(bytes).open();
    }

    @Override
    public boolean isDetached() {
      return true;
    }
  }

  private void restore(Optional<FilePath> live) throws IOException {
    FilePath staged = FilePath.of(temporary.resolve("staged"));
    files.createDirectory(staged, 0700);
    try (var restorer =
        new TreeRestorer(files, staged, live, new Cancellation(), w -> {}, e -> true)) {
      for (String name : List.of("absent", "directory", "link", "same")) {
        byte[] bytes = ("content of " + name).getBytes(StandardCharsets.UTF_8);
        restorer.file(
            new TreeEntry.RegularFile(
                TreePath.of(name),
                new Metadata(0600, 0, 0, new FileTime(1, 0), Map.of()),
                bytes.length,
                false),
            new Offered(name, bytes, offered));
      }
      restorer.finish();
    }
    assertThat(temporary.resolve("staged/same")).hasContent("content of same");
  }

  @Test
  @DisplayName("only regular files are offered, and links are not followed")
  void offers() throws IOException {
    Path live = Files.createDirectory(temporary.resolve("live"));
    Files.writeString(live.resolve("same"), "live");
    Files.createDirectory(live.resolve("directory"));
    Files.createSymbolicLink(live.resolve("link"), live.resolve("same"));

    restore(Optional.of(FilePath.of(live)));

    assertThat(offered)
        .containsExactlyInAnyOrder(
            "absent: nothing", "directory: nothing", "link: nothing", "same: live");
  }

  @Test
  @DisplayName("without a delta nothing is")
  void withoutDelta() throws IOException {
    restore(Optional.empty());

    assertThat(offered).hasSize(4).allMatch(offer -> offer.endsWith(": nothing"));
  }
}
