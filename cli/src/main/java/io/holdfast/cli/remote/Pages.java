package io.holdfast.cli.remote;

import io.holdfast.server.document.BackupPageJson;
import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.document.PaginationJson;
import io.holdfast.server.document.RunJson;
import io.holdfast.server.document.RunPageJson;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Walks through lists that a server gives by pages, newest first. */
final class Pages {
  private static final int LONGEST = 200;

  private final Api api;

  Pages(Api api) {
    this.api = api;
  }

  /**
   * Visits backups.
   *
   * @param wanted about how many; 0 for all
   * @param goOn visits one, and says whether to go on
   */
  void backups(int wanted, Predicate<BackupSummaryJson> goOn) {
    visit(
        path("backups", wanted),
        BackupPageJson.class,
        BackupPageJson::data,
        BackupPageJson::pagination,
        goOn);
  }

  /** Visits runs, as {@link #backups}. */
  void runs(int wanted, Predicate<RunJson> goOn) {
    visit(
        path("runs", wanted), RunPageJson.class, RunPageJson::data, RunPageJson::pagination, goOn);
  }

  private static ApiPath path(String what, int wanted) {
    int limit = wanted == 0 ? LONGEST : Math.min(wanted, LONGEST);
    return ApiPath.of("admin", what).with("limit", Integer.toString(limit));
  }

  private <P, T> void visit(
      ApiPath path,
      Class<P> type,
      Function<P, List<T>> data,
      Function<P, PaginationJson> pagination,
      Predicate<T> goOn) {
    var seen = new HashSet<String>();
    ApiPath next = path;
    while (true) {
      P page = api.get(next, type);
      for (T element : data.apply(page)) {
        if (!goOn.test(element)) {
          return;
        }
      }
      String cursor = pagination.apply(page).nextCursor();
      if (!pagination.apply(page).hasMore() || cursor == null) {
        return;
      }
      // A server that goes round in a circle would be listened to for ever.
      if (!seen.add(cursor) || data.apply(page).isEmpty()) {
        throw api.answers().invalid("with a list that has no end", null);
      }
      next = path.with("cursor", cursor);
    }
  }
}
