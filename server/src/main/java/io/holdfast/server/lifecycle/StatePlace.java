package io.holdfast.server.lifecycle;

import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.server.configuration.ServerSettings.Database;
import io.holdfast.server.state.StateLocation;
import java.util.Optional;

/** Where the state database of a server is. */
final class StatePlace {
  private static final String FILE = "server.db";

  private StatePlace() {}

  static StateLocation of(ServerPlan plan, FileLayer files, FilePath directory) {
    Optional<Database> database = plan.settings().database();
    if (database.isEmpty()) {
      return new StateLocation.Sqlite(directory.resolve(FILE));
    }
    Optional<SecretSource> password = database.get().password();
    return new StateLocation.Postgres(
        database.get().url(),
        database.get().user(),
        () -> password.map(secret -> secret.fetch(files, plan.variables())).orElse(""));
  }
}
