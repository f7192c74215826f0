package io.holdfast.cli.stub;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.JsonText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Problems as the server tells them: with the reason, and without what is inside. */
final class StubProblem {
  private StubProblem() {}

  static String text(int status, Map<String, Object> members) {
    var problem = new LinkedHashMap<String, Object>();
    problem.put("type", "https://holdfast.dev/problems");
    problem.put("title", "A Problem");
    problem.put("status", status);
    problem.put("instance", "3f2a-correlation");
    problem.putAll(members);
    return JsonText.of(problem);
  }

  static int status(HoldfastException error) {
    return switch (error.code()) {
      case USAGE -> 400;
      case BACKUP_NOT_FOUND, COMPONENT_NOT_FOUND -> 404;
      case BUSY, NAME_TAKEN -> 409;
      case CONFIRMATION_REQUIRED,
          BACKUP_UNSUITABLE,
          VALUE_REFUSED,
          MANIFEST_CORRUPT,
          FORMAT_UNSUPPORTED,
          ARTIFACT_CORRUPT ->
          422;
      default -> 500;
    };
  }

  static Map<String, Object> members(HoldfastException error) {
    String detail =
        switch (error.code()) {
          case USAGE,
              BACKUP_UNSUITABLE,
              COMPONENT_NOT_FOUND,
              VALUE_REFUSED,
              NAME_TAKEN,
              CONFIRMATION_REQUIRED ->
              error.message().substring(0, 1).toUpperCase(Locale.ROOT)
                  + error.message().substring(1);
          case BACKUP_NOT_FOUND -> "No such backup";
          case MANIFEST_CORRUPT -> "Invalid backup manifest";
          case BUSY -> "A backup operation is already in progress";
          default -> "Backup operation failed";
        };
    return Map.of("error_code", "X", "detail", detail, "reason", error.code().name());
  }
}
