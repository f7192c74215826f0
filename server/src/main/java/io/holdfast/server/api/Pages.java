package io.holdfast.server.api;

import io.holdfast.engine.run.RunId;
import io.holdfast.server.document.PaginationJson;
import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pages: how long, and where they begin. A cursor names the last entry of the page before, so that
 * pages neither repeat nor leave out anything while entries come and go.
 */
final class Pages {
  private static final String LIMIT = "limit";
  private static final String CURSOR = "cursor";

  /** What a request for a page may say. */
  static final Set<String> PARAMETERS = Set.of(LIMIT, CURSOR);

  private static final int DEFAULT = 50;
  private static final int MOST = 200;
  private static final int LONGEST_CURSOR = 512;
  private static final String FORM = "1:";

  private Pages() {}

  static int limit(Request request) {
    Optional<String> written = request.query(LIMIT);
    if (written.isEmpty()) {
      return DEFAULT;
    }
    if (written.get().matches("[0-9]{1,4}")) {
      int limit = Integer.parseInt(written.get());
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    }
    throw bad("limit is a whole number from 1 to " + MOST);
  }

  /** The run after which the page begins. */
  static Optional<RunId> after(Request request) {
    return cursor(request)
        .map(text -> {
          if (!RunId.isRunId(text)) {
            throw badCursor();
          }
          return new RunId(text);
        });
  }

  /** The number before which the page begins. */
  static OptionalLong before(Request request) {
    Optional<String> cursor = cursor(request);
    if (cursor.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!cursor.get().matches("[0-9]{1,18}")) {
      throw badCursor();
    }
    return OptionalLong.of(Long.parseLong(cursor.get()));
  }

  /**
   * @param last names the last entry of this page, if another page follows
   */
  static PaginationJson pagination(int limit, @Nullable String last) {
    String cursor =
        last == null
            ? null
            : Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((FORM + last).getBytes(StandardCharsets.UTF_8));
    return new PaginationJson(limit, last != null, cursor);
  }

  private static Optional<String> cursor(Request request) {
    Optional<String> written = request.query(CURSOR);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    if (written.get().length() > LONGEST_CURSOR) {
      throw badCursor();
    }
    try {
      var text = new String(Base64.getUrlDecoder().decode(written.get()), StandardCharsets.UTF_8);
      if (text.startsWith(FORM)) {
        return Optional.of(text.substring(FORM.length()));
      }
    } catch (IllegalArgumentException notBase64) {
      // Told below.
    }
    throw badCursor();
  }

  private static ProblemException badCursor() {
    return bad("cursor is none that this server has handed out");
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(new Problem(ProblemCode.BAD_REQUEST, detail));
  }
}
