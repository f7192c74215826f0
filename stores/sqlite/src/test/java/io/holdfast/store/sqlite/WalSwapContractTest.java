package io.holdfast.store.sqlite;

import io.holdfast.testkit.handler.HandlerContract;
import io.holdfast.testkit.handler.Subject;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A database with a write-ahead log, restored by swap, is a component")
class WalSwapContractTest extends HandlerContract {
  private @Nullable DatabaseSubject subject;

  @Override
  protected Subject subject(Path directory) {
    subject = new DatabaseSubject(directory, "wal", false, Map.of());
    return subject;
  }

  @AfterEach
  void stopTheApplication() throws Exception {
    if (subject != null) {
      subject.close();
    }
  }
}
