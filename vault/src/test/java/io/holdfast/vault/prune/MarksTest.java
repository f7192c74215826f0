package io.holdfast.vault.prune;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.lock.HeldLock.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarksTest {
  private static final ContentId ONE = ContentId.of("one".getBytes(UTF_8));
  private static final ContentId TWO = ContentId.of("two".getBytes(UTF_8));
  private static final Holder WRITER = new Holder("host", 1);
  private static final Holder LATE = new Holder("a host", 2);

  @TempDir Path temporary;

  private final FileLayer files = PosixFileLayer.create();

  @Test
  void whatNobodyKnowsMayGoAtOnce() {
    Marks marks = Marks.NONE.now(Set.of(), Set.of(ONE, TWO));

    assertThat(marks.free()).containsExactlyInAnyOrder(ONE, TWO);
    assertThat(marks.waiting().all()).isEmpty();
  }

  @Test
  void whoCameAfterwardsIsNotWaitedFor() {
    Marks marks = Marks.NONE.now(Set.of(WRITER), Set.of(ONE));
    assertThat(marks.free()).isEmpty();

    Marks later = marks.now(Set.of(WRITER, LATE), Set.of(ONE, TWO));
    assertThat(later.free()).isEmpty();
    Marks last = later.now(Set.of(LATE), Set.of(ONE, TWO));
    assertThat(last.free()).containsExactly(ONE);
    assertThat(last.waiting().all()).containsExactly(new Marks.Mark(Set.of(LATE), Set.of(TWO)));
  }

  @Test
  void whoEndedOnceIsNotWaitedForAgain() {
    Marks marks = Marks.NONE.now(Set.of(WRITER, LATE), Set.of(ONE)).now(Set.of(LATE), Set.of(ONE));

    // Another process of the same number.
    assertThat(marks.now(Set.of(WRITER), Set.of(ONE)).free()).containsExactly(ONE);
  }

  @Test
  void whatAnIndexNamesAgainIsMarkedNoMore() {
    Marks marks = Marks.NONE.now(Set.of(WRITER), Set.of(ONE, TWO));

    assertThat(marks.now(Set.of(), Set.of(TWO)).free()).containsExactly(TWO);
    // Should it come to be named by nothing once more, it is as if for the first time.
    assertThat(marks.now(Set.of(WRITER), Set.of(TWO)).now(Set.of(LATE), Set.of(ONE, TWO)).free())
        .containsExactly(TWO);
  }

  @Test
  void whatWasNamedMeanwhileIsAsIfMarkedNever() {
    Marks marks = Marks.NONE.now(Set.of(WRITER), Set.of(ONE, TWO));

    Marks left = marks.without(Set.of(ONE));
    assertThat(left.all()).containsExactly(new Marks.Mark(Set.of(WRITER), Set.of(TWO)));
    assertThat(marks.without(Set.of(ONE, TWO))).isEqualTo(Marks.NONE);
    assertThat(left.now(Set.of(LATE), Set.of(ONE, TWO)).free()).containsExactly(TWO);
  }

  @Test
  void theFileKeepsThem() throws IOException {
    FilePath path = FilePath.of(temporary.resolve("state/marks"));
    var marks =
        new Marks(
            List.of(
                new Marks.Mark(Set.of(WRITER, LATE), Set.of(ONE)),
                new Marks.Mark(Set.of(LATE), Set.of(TWO))));
    var file = new MarkFile(files, path, "vault");
    assertThat(file.read()).isEqualTo(Marks.NONE);

    file.write(marks);

    assertThat(file.read()).isEqualTo(marks);
    assertThat(new MarkFile(files, path, "another").read()).isEqualTo(Marks.NONE);
  }

  @Test
  void aDamagedFileIsNone() throws IOException {
    Path path = temporary.resolve("marks");
    var file = new MarkFile(files, FilePath.of(path), "vault");
    file.write(new Marks(List.of(new Marks.Mark(Set.of(WRITER), Set.of(ONE)))));
    byte[] good = Files.readAllBytes(path);
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(path, bad);
      assertThat(file.read()).as("byte %d", at).isEqualTo(Marks.NONE);
      Files.write(path, java.util.Arrays.copyOf(good, at));
      assertThat(file.read()).as("cut at %d", at).isEqualTo(Marks.NONE);
    }
  }
}
