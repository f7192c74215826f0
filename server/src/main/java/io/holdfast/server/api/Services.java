package io.holdfast.server.api;

import io.holdfast.engine.Engine;
import io.holdfast.server.catalogue.Catalogue;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.json.JsonBody;
import io.holdfast.server.idempotency.Idempotency;
import io.holdfast.server.run.RunMemory;
import io.holdfast.server.run.Runs;
import io.holdfast.server.security.Audit;
import io.holdfast.server.security.Tokens;
import io.holdfast.server.setting.BackupSettings;
import io.holdfast.server.state.StateDatabase;
import java.time.Clock;
import java.util.Optional;

/**
 * What the API speaks for.
 *
 * @param restoresAnHour how many restores one caller may start in an hour, 1 or more
 * @param isTarget whether others may keep their vaults here
 */
public record Services(
    Engine engine,
    Catalogue catalogue,
    Runs runs,
    RunMemory memory,
    StateDatabase state,
    Idempotency idempotency,
    BackupSettings settings,
    Tokens tokens,
    Audit audit,
    ServerEvents events,
    ServerStatus status,
    OperationLimits limits,
    Looks looks,
    JsonBody json,
    Clock clock,
    int restoresAnHour,
    boolean isTarget) {

  /** The document of a request that may have none. */
  <T> Optional<T> body(Request request, Class<T> type) {
    return request.body().length == 0 ? Optional.empty() : Optional.of(json.read(request, type));
  }
}
