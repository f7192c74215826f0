package io.holdfast.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.avaje.jsonb.Jsonb;
import io.holdfast.server.event.EventName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page says what is sent. */
class NotificationPageTest {
  private static final Path PAGE = Path.of("../docs/notifications.md");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z._]+)` \\| (yes|no) \\| .+\\. \\|");

  @Test
  void everyEventIsListedInItsOrder() throws Exception {
    assertThat(
            Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1) + " " + row.group(2)))
        .containsExactlyElementsOf(
            Arrays.stream(EventName.values())
                .map(event -> event.text() + " " + (event.isDelivered() ? "yes" : "no"))
                .toList());
  }

  @Test
  @SuppressWarnings("unchecked")
  void theExampleIsADocument() throws Exception {
    String page = Files.readString(PAGE);
    String example =
        Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    var document = (Map<String, Object>) parse(example);

    var notification =
        new Notification(
            EventName.of((String) document.get("event")).orElseThrow(),
            Instant.parse((String) document.get("time")),
            Severity.valueOf(
                ((String) document.get("severity")).toUpperCase(java.util.Locale.ROOT)),
            (Map<String, String>) document.get("facts"),
            (String) document.get("text"));
    byte[] sent = NotificationJson.bytes(notification, (String) document.get("delivery"));
    assertThat(parse(new String(sent, StandardCharsets.UTF_8))).isEqualTo(document);
    assertThat(page).contains("Up to " + Webhooks.CAPACITY + " notifications wait");
    assertThat(RetryPlan.DEFAULT.total()).as("a quarter of an hour").hasMinutes(15);
  }

  private static Object parse(String json) {
    return Jsonb.builder().build().type(Object.class).fromJson(json);
  }
}
