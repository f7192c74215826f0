package io.holdfast.testkit.file;

import static io.holdfast.testkit.file.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Times, to the nanosecond, before and after 1970. */
interface TimeContract extends FileLayerFixture {
  FileTime[] TIMES = {
    new FileTime(0, 0),
    new FileTime(1_700_000_000, 123_456_789),
    new FileTime(-1, 999_999_999),
    new FileTime(-1_000_000_000, 1),
    new FileTime(1L << 32, 5),
  };

  @Test
  default void timesAreExactOnEveryTypeOfFile() throws IOException {
    write("file", "");
    directory("directory");
    symlink("link", "file");
    symlink("dangling", "nothing");
    files().createSpecial(at("fifo"), FileType.FIFO, 0600, 0);
    for (var time : TIMES) {
      for (var name : new String[] {"file", "directory", "link", "dangling", "fifo"}) {
        files().setModified(at(name), time);
        assertThat(files().find(at(name)).orElseThrow().modified()).as(name).isEqualTo(time);
      }
    }
  }

  @Test
  default void theTimeOfALinkIsNotThatOfItsTarget() throws IOException {
    write("file", "");
    symlink("link", "file");
    var before = files().find(at("file")).orElseThrow().modified();
    files().setModified(at("link"), TIMES[1]);
    assertThat(files().find(at("file")).orElseThrow().modified()).isEqualTo(before);
    refused(Reason.NOT_FOUND, at("nothing"), () -> files().setModified(at("nothing"), TIMES[0]));
  }

  @Test
  default void timesOfAnOpenFileStayAfterItsClose() throws IOException {
    for (var time : TIMES) {
      try (var file = files().create(at("file"), 0600)) {
        file.write(ByteBuffer.wrap(new byte[] {1}), 0);
        file.setModified(time);
      }
      assertThat(files().find(at("file")).orElseThrow().modified()).isEqualTo(time);
      files().delete(at("file"));
    }
  }
}
