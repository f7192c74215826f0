package io.holdfast.store.sqlite;

import io.holdfast.testkit.handler.HandlerContract;
import io.holdfast.testkit.handler.Subject;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A database copied by VACUUM INTO is a component")
class VacuumContractTest extends HandlerContract {
  private @Nullable DatabaseSubject subject;

  @Override
  protected Subject subject(Path directory) {
    subject = new DatabaseSubject(directory, "wal", false, Map.of("method", "vacuum"));
    return subject;
  }

  @AfterEach
  void stopTheApplication() throws Exception {
    if (subject != null) {
      subject.close();
    }
  }
}
