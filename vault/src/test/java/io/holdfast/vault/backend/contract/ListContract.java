package io.holdfast.vault.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.Backend.Listed;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Lists: all that is there, and nothing else. */
interface ListContract extends BackendFixture {
  int MANY = 4000;

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFIG")
  @DisplayName("a vault in which nothing is stored has empty lists")
  default void emptyAtFirst(FileType type) throws Exception {
    assertThat(backend().list(type)).isEmpty();
  }

  @Test
  @DisplayName("every file is in the list of its sort, once and with its size")
  default void everyFileOnce() throws Exception {
    for (FileType type : BackendFixture.named()) {
      var expected = new ArrayList<Listed>();
      for (int i = 0; i < 20; i++) {
        byte[] content = bytes(100L * type.ordinal() + i, i * 37);
        FileId file = id(type, content);
        if (i > 0 || type == FileType.KEY) {
          write(type, content);
          expected.add(listed(file, content.length));
        }
      }
      assertThat(backend().list(type)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(another().list(type)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  @DisplayName("thousands of files are listed like a few")
  default void manyFiles() throws Exception {
    List<List<Listed>> parts =
        together(
            8,
            number -> {
              var part = new ArrayList<Listed>();
              for (int i = number; i < MANY; i += 8) {
                byte[] content = bytes(i, i % 50 + 8);
                part.add(listed(write(FileType.PACK, content), content.length));
              }
              return part;
            });
    assertThat(backend().list(FileType.PACK))
        .hasSize(MANY)
        .containsExactlyInAnyOrderElementsOf(parts.stream().flatMap(List::stream).toList());
    assertThat(backend().list(FileType.INDEX)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFIG")
  @DisplayName("what is not named like a file of a vault is passed over")
  default void foreignIsPassedOver(FileType type) throws Exception {
    byte[] content = bytes(1, 100);
    FileId file = write(type, content);
    String name = file.id().orElseThrow().toString();
    for (String foreign :
        List.of(
            "README.txt",
            ".hidden",
            name.substring(1),
            name + "0",
            name + "-tmp-1234",
            name.substring(0, 63) + "g",
            name.replaceAll("[a-f0-9]", "A"),
            "." + name)) {
      putForeign(type, foreign);
    }
    assertThat(backend().list(type)).containsExactly(listed(file, content.length));
  }

  @Test
  @DisplayName("there is no list of the one config")
  default void noListOfConfigs() {
    assertThatThrownBy(() -> backend().list(FileType.CONFIG))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("what was there all the time is listed, whatever comes and goes meanwhile")
  default void listWhileOthersWork() throws Exception {
    var lasting = new ArrayList<Listed>();
    for (int i = 0; i < 50; i++) {
      lasting.add(listed(write(FileType.PACK, bytes(i, 64)), 64));
    }
    var done = new AtomicBoolean();
    together(
        4,
        number -> {
          if (number == 0) {
            for (int i = 0; i < 30; i++) {
              assertThat(backend().list(FileType.PACK))
                  .containsAll(lasting)
                  .doesNotHaveDuplicates();
            }
            done.set(true);
          }
          for (long i = 1_000_000L * number; number > 0 && !done.get(); i++) {
            backend().delete(write(FileType.PACK, bytes(i, 64)));
          }
          return true;
        });
    assertThat(backend().list(FileType.PACK)).containsExactlyInAnyOrderElementsOf(lasting);
  }
}
