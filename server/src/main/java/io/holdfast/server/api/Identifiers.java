package io.holdfast.server.api;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.catalogue.Catalogue;
import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Identifiers that clients send. */
final class Identifiers {
  private static final int LONGEST = 128;

  private Identifiers() {}

  /** The backup that the path names; that {@code latest} is in doubt is damage, and no mistake. */
  static RunId backup(Request request, Catalogue catalogue) {
    try {
      return catalogue.resolve(text(request, "id"));
    } catch (HoldfastException e) {
      if (e.code() == ErrorCode.MANIFEST_CORRUPT || e.code() == ErrorCode.FORMAT_UNSUPPORTED) {
        throw new ProblemException(
            new Problem(ProblemCode.INTERNAL_ERROR, "Backup operation failed"), e);
      }
      throw e;
    }
  }

  /** The run that the path names; one that is no run id is the id of no run. */
  static RunId run(Request request) {
    String text = text(request, "id");
    if (!RunId.isRunId(text)) {
      throw new ProblemException(
          new Problem(ProblemCode.RECORD_NOT_FOUND, "there is no run of that name"));
    }
    return new RunId(text);
  }

  static String text(Request request, String variable) {
    String text = request.variable(variable);
    if (text.length() > LONGEST) {
      throw new ProblemException(
          new Problem(
              ProblemCode.BAD_REQUEST, "an identifier has at most " + LONGEST + " characters"));
    }
    return text;
  }

  /** Components that a body names; none for all. */
  static List<ComponentName> components(@Nullable List<String> names) {
    if (names == null) {
      return List.of();
    }
    return names.stream()
        .map(name -> {
          if (name == null || !ComponentName.isComponentName(name)) {
            throw new ProblemException(
                new Problem(
                    ProblemCode.VALIDATION_ERROR,
                    "components: a name is " + ComponentName.FORM_IN_WORDS));
          }
          return new ComponentName(name);
        })
        .distinct()
        .toList();
  }
}
