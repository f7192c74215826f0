package io.holdfast.server.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.acceptance.ApiClient.Answer;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in pages: newest first over the whole, and stable while entries come and go. */
class PagesTest {
  @TempDir static Path root;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    LiveServer.platform(root);
    server =
        LiveServer.start(
            root, LiveServer.configuration("compression: none", "retention: {max_count: 0}"));
    for (int i = 0; i < 7; i++) {
      assertThat(server.backup().status()).isEqualTo(201);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> runs(Answer page) {
    return page.data().stream().map(entry -> String.valueOf(entry.get("run_id"))).toList();
  }

  private static String cursor(Answer page) {
    return "&cursor=" + page.object("pagination").get("next_cursor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/backups", "/admin/runs"})
  @DisplayName("pages follow one another, newest first, and the last says that it is")
  void pages(String path) throws Exception {
    List<String> whole = runs(server.get(path));
    assertThat(whole).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
    List<String> found = new ArrayList<>();
    String cursor = "";
    while (true) {
      Answer page = server.get(path + "?limit=3" + cursor);
      assertThat(page.object("pagination")).containsEntry("limit", 3L);
      found.addAll(runs(page));
      if (!Boolean.TRUE.equals(page.object("pagination").get("has_more"))) {
        assertThat(page.object("pagination")).doesNotContainKey("next_cursor");
        break;
      }
      assertThat(page.data()).hasSize(3);
      cursor = cursor(page);
    }
    assertThat(found).isEqualTo(whole);
  }

  @Test
  @DisplayName("backups that come and go between two pages neither repeat nor hide another")
  void comeAndGo() throws Exception {
    List<String> before = runs(server.get("/admin/backups"));
    Answer first = server.get("/admin/backups?limit=3");
    // The one that the cursor names, one that was shown, one that is to come, and a new one.
    for (int gone : List.of(2, 0, 4)) {
      assertThat(server.delete("/admin/backups/" + before.get(gone)).status()).isEqualTo(204);
    }
    String added = server.backup().string("run_id");
    Answer second = server.get("/admin/backups?limit=200" + cursor(first));
    List<String> expected = new ArrayList<>(before.subList(3, before.size()));
    expected.remove(before.get(4));
    assertThat(runs(second)).isEqualTo(expected);
    assertThat(runs(server.get("/admin/backups")).getFirst()).isEqualTo(added);
  }

  @Test
  @DisplayName("acts are paged as well")
  void acts() throws Exception {
    Answer first = server.get("/admin/audit?limit=2");
    Answer second = server.get("/admin/audit?limit=2" + cursor(first));
    List<Long> ids = new ArrayList<>();
    for (Answer page : List.of(first, second)) {
      for (Map<String, Object> act : page.data()) {
        ids.add((Long) act.get("id"));
      }
    }
    assertThat(ids).hasSize(4).isSortedAccordingTo(Comparator.reverseOrder());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "200"})
  @DisplayName("a limit from 1 to 200 is taken")
  void limits(String limit) throws Exception {
    for (String path :
        List.of("/admin/backups", "/admin/runs", "/admin/restores", "/admin/audit")) {
      assertThat(server.get(path + "?limit=" + limit).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "201",
        "-1",
        "1.5",
        "1e1",
        "abc",
        "",
        "%20",
        "+5",
        "99999999999",
        "٣",
        "5&limit=5"
      })
  @DisplayName("any other limit is refused")
  void noLimits(String limit) throws Exception {
    String sent = limit.equals("٣") ? URLEncoder.encode(limit, UTF_8) : limit;
    for (String path :
        List.of("/admin/backups", "/admin/runs", "/admin/restores", "/admin/audit")) {
      Answer answer = server.get(path + "?limit=" + sent);
      assertThat(answer.status()).as(path).isEqualTo(400);
      assertThat(answer.json()).containsEntry("error_code", "BAD_REQUEST");
    }
  }

  @Test
  @DisplayName("a cursor that the server has not handed out is refused")
  void badCursors() throws Exception {
    String ofActs = cursor(server.get("/admin/audit?limit=1")).substring("&cursor=".length());
    String ofRuns = cursor(server.get("/admin/runs?limit=1")).substring("&cursor=".length());
    List<String> bad =
        List.of(
            "",
            "x",
            "%00",
            "a".repeat(513),
            encoded("2:20261120-143000-000007"),
            encoded("1:"),
            encoded("1:../../etc/passwd"),
            encoded("1:-1"),
            encoded("1:" + "9".repeat(19)),
            ofRuns + "=",
            ofRuns.substring(0, 5),
            ofRuns + "&cursor=" + ofRuns);
    for (String path :
        List.of("/admin/backups", "/admin/runs", "/admin/restores", "/admin/audit")) {
      for (String cursor : bad) {
        Answer answer = server.get(path + "?cursor=" + cursor);
        boolean padded = cursor.equals(ofRuns + "=");
        assertThat(answer.status()).as("%s %s", path, cursor).isEqualTo(400);
        assertThat(answer.json()).as("%s", padded).containsEntry("error_code", "BAD_REQUEST");
      }
    }
    assertThat(server.get("/admin/runs?cursor=" + ofActs).status()).isEqualTo(400);
    assertThat(server.get("/admin/audit?cursor=" + ofRuns).status()).isEqualTo(400);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
