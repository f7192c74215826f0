package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.avaje.jsonb.Jsonb;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
  private static final String MESSAGE = "the thing under /srv/secret is wrong";

  @ParameterizedTest
  @CsvSource({
    "USAGE, BAD_REQUEST, The thing under /srv/secret is wrong",
    "VALUE_REFUSED, VALIDATION_ERROR, The thing under /srv/secret is wrong",
    "NAME_TAKEN, RESOURCE_CONFLICT, The thing under /srv/secret is wrong",
    "CONFIRMATION_REQUIRED, VALIDATION_ERROR, The thing under /srv/secret is wrong",
    "BACKUP_UNSUITABLE, VALIDATION_ERROR, The thing under /srv/secret is wrong",
    "COMPONENT_NOT_FOUND, RECORD_NOT_FOUND, The thing under /srv/secret is wrong",
    "BACKUP_NOT_FOUND, RECORD_NOT_FOUND, No such backup",
    "MANIFEST_CORRUPT, VALIDATION_ERROR, Invalid backup manifest",
    "FORMAT_UNSUPPORTED, VALIDATION_ERROR,"
        + " The backup is of a newer format than this server reads",
    "ARTIFACT_CORRUPT, VALIDATION_ERROR, The backup is damaged: an artifact is corrupt",
    "ARTIFACT_INVALID, VALIDATION_ERROR, The backup holds an artifact that cannot be restored",
    "BUSY, RESOURCE_CONFLICT, A backup operation is already in progress",
    "SHUTTING_DOWN, SERVICE_UNAVAILABLE, The server is shutting down",
    "CONFIGURATION_INVALID, INTERNAL_ERROR, Backup operation failed",
    "PLATFORM_UNSUPPORTED, INTERNAL_ERROR, Backup operation failed",
    "SOURCE_MISSING, INTERNAL_ERROR, Backup operation failed",
    "SOURCE_UNREADABLE, INTERNAL_ERROR, Backup operation failed",
    "SOURCE_BUSY, INTERNAL_ERROR, Backup operation failed",
    "SOURCE_INVALID, INTERNAL_ERROR, Backup operation failed",
    "SOURCE_CORRUPT, INTERNAL_ERROR, Backup operation failed",
    "SOURCE_COMMAND_FAILED, INTERNAL_ERROR, Backup operation failed",
    "REPOSITORY_UNAVAILABLE, INTERNAL_ERROR, The repository cannot be read",
    "REPOSITORY_UNWRITABLE, INTERNAL_ERROR, Backup operation failed",
    "REPOSITORY_FULL, INTERNAL_ERROR, Backup operation failed",
    "CANCELLED, INTERNAL_ERROR, Backup operation failed",
    "TIMEOUT, INTERNAL_ERROR, Backup operation failed",
    "INTERRUPTED, INTERNAL_ERROR, Backup operation failed",
    "TARGET_UNWRITABLE, INTERNAL_ERROR, Backup operation failed",
    "TARGET_FULL, INTERNAL_ERROR, Backup operation failed",
    "TARGET_UNSUITABLE, INTERNAL_ERROR, Backup operation failed",
    "RESTORE_ROLLED_BACK, INTERNAL_ERROR, Backup operation failed",
    "ROLLBACK_FAILED, INTERNAL_ERROR, Backup operation failed",
    "IO, INTERNAL_ERROR, Backup operation failed",
    "INTERNAL, INTERNAL_ERROR, Backup operation failed",
  })
  void everyErrorOfTheEngineHasItsPlace(ErrorCode code, ProblemCode expected, String detail) {
    Problem problem = Problem.of(new HoldfastException(code, MESSAGE, "Look at /srv/secret."));

    assertThat(problem.retryAfterSeconds().isPresent()).isEqualTo(code == ErrorCode.SHUTTING_DOWN);
    assertThat(
            new Problem(
                problem.code(),
                problem.detail(),
                problem.retryable(),
                OptionalLong.empty(),
                problem.facts()))
        .isEqualTo(
            new Problem(expected, detail)
                .with(Problem.REASON, code.name())
                .retryable(code.retryable()));
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  @DisplayName("an answer of the 5xx kind never echoes a message")
  void fiveHundredsTellNothing(ErrorCode code) {
    Problem problem = Problem.of(new HoldfastException(code, MESSAGE, "Look at /srv/secret."));

    assertThat(problem.code().status() >= 500 && problem.detail().contains("secret")).isFalse();
  }

  @Test
  void theTableAboveIsComplete() throws NoSuchMethodException {
    CsvSource table =
        ProblemTest.class
            .getDeclaredMethod(
                "everyErrorOfTheEngineHasItsPlace",
                ErrorCode.class,
                ProblemCode.class,
                String.class)
            .getAnnotation(CsvSource.class);

    assertThat(table.value())
        .extracting(line -> ErrorCode.valueOf(line.substring(0, line.indexOf(','))))
        .containsExactlyInAnyOrder(ErrorCode.values());
  }

  @Test
  void documentHasTheMembersOfRfc9457AndOurs() {
    var problem = new Problem(ProblemCode.RATE_LIMITED, "Slowly", OptionalLong.of(7));

    String json = Jsonb.builder().build().toJson(ProblemDocument.of(problem, "abc"));

    assertThat(json)
        .isEqualTo(
            """
            {"type":"https://holdfast.dev/problems#rate_limit","title":"Rate Limit Exceeded",\
            "status":429,"detail":"Slowly","instance":"abc","error_code":"RATE_LIMITED",\
            "error_category":"rate_limit","retryable":true,"retry_after":7}\
            """);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  @DisplayName("whether trying again can help is what the engine's error says")
  void retryableIsThatOfTheEngine(ErrorCode code) {
    Problem problem = Problem.of(new HoldfastException(code, MESSAGE, ""));

    assertThat(Jsonb.builder().build().toJson(ProblemDocument.of(problem, "abc")))
        .contains("\"retryable\":" + code.retryable());
  }

  @Test
  void retryAfterIsLeftOutWhenNobodyKnows() {
    String json = Jsonb.builder().build().toJson(ProblemDocument.of(Problem.internal(), "abc"));

    assertThat(json)
        .contains("\"status\":500", "\"detail\":\"Internal server error\"")
        .doesNotContain("retry_after");
  }
}
