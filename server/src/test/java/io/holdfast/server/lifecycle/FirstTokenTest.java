package io.holdfast.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.http.Access;
import io.holdfast.server.http.Caller;
import io.holdfast.server.security.Tokens;
import io.holdfast.server.state.StateDatabase;
import io.holdfast.server.state.StateDatabases;
import io.holdfast.server.state.StateLocation;
import io.holdfast.server.state.TokenStore;
import io.holdfast.testkit.fault.FaultFileLayer;
import io.holdfast.testkit.fault.FaultPlan;
import io.holdfast.testkit.fault.SimulatedCrash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstTokenTest {
  @TempDir Path dir;

  private final FileLayer files = PosixFileLayer.create();
  private StateDatabase state;

  @BeforeEach
  void open() {
    state =
        StateDatabases.open(
                new StateLocation.Sqlite(FilePath.of(dir.resolve("server.db"))),
                files,
                Clock.systemUTC())
            .database();
  }

  @AfterEach
  void close() {
    state.close();
  }

  private Tokens tokens() {
    return new Tokens(state.tokens(), new SecureRandom(), Clock.systemUTC());
  }

  private void ensure(FileLayer layer) throws IOException {
    FirstToken.ensure(tokens(), layer, FilePath.of(dir), new ServerEvents());
  }

  private Optional<Caller> bearer() throws IOException {
    return tokens().authenticate(Files.readString(dir.resolve("admin-token")).strip());
  }

  @Test
  @DisplayName("a file that cannot be written costs a start, and not the way in")
  void unwritten() throws Exception {
    assertThatThrownBy(() -> ensure(new FaultFileLayer(files, FaultPlan.fullAfter(0))))
        .isInstanceOf(IOException.class);
    assertThat(state.tokens().all()).isEmpty();
    ensure(files);
    assertThat(bearer().map(Caller::access)).contains(Access.ADMIN);
  }

  @Test
  @DisplayName("killed at any instruction, the start after it has a token that is in the file")
  void killed() throws Exception {
    boolean struck = true;
    for (int k = 1; struck; k++) {
      state.tokens().all().stream()
          .map(TokenStore.Token::id)
          .forEach(id -> state.tokens().revoke(id, Clock.systemUTC().instant()));
      Files.deleteIfExists(dir.resolve("admin-token"));
      var layer = new FaultFileLayer(files, FaultPlan.crashBefore(k));
      try {
        ensure(layer);
      } catch (SimulatedCrash expected) {
        // As planned.
      }
      struck = layer.struck();
      ensure(files);
      assertThat(bearer().map(Caller::access)).as("killed at %d", k).contains(Access.ADMIN);
    }
  }

  @Test
  @DisplayName("names that are taken are passed over, and the token in the file is the stored one")
  void namesTaken() throws Exception {
    tokens().make("admin", Access.VIEWER, Optional.empty());
    tokens().make("admin-2", Access.OPERATOR, Optional.empty());
    var soon = Optional.of(Clock.systemUTC().instant().plus(Duration.ofDays(1)));
    tokens().make("admin-4", Access.ADMIN, soon);
    ensure(files);
    assertThat(bearer().map(Caller::name)).contains("admin-3");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(dir.resolve("admin-token"))))
        .isEqualTo("rw-------");
    ensure(files);
    assertThat(state.tokens().all()).hasSize(4);
  }
}
