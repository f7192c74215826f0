package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small languages of HTTP: queries, Accept, Content-Disposition, ids. */
class TextFormatsTest {
  @ParameterizedTest
  @CsvSource({
    "'a=1&b=2', a, 1",
    "'a=1&b=2', b, 2",
    "'a=x%20y%2Bz', a, x y+z",
    "'a=x+y', a, x y",
    "'%61=1', a, 1",
    "'a', a, ''",
    "'a=', a, ''",
    "'a=b=c', a, b=c",
    "'&&a=1&', a, 1",
  })
  void query(String raw, String name, String value) {
    assertThat(QueryString.of(raw).one(name)).contains(value);
  }

  @Test
  void queryWithoutTheParameter() {
    assertThat(QueryString.of(null).one("a")).isEmpty();
    assertThat(QueryString.of("").one("a")).isEmpty();
    assertThat(QueryString.of("b=1").one("a")).isEmpty();
  }

  @Test
  void queryWithAParameterTwice() {
    QueryString query = QueryString.of("a=1&b=2&a=1");

    assertThat(query.one("b")).contains("2");
    assertThatThrownBy(() -> query.one("a"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("'a'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "lmit=2 | cursor,limit | There is no parameter 'lmit' here; allowed are cursor, limit",
        "limit=2&LIMIT=2 | limit | There is no parameter 'LIMIT' here; allowed are limit",
        "x | \"\" | There is no parameter 'x' here; none is allowed",
      })
  void queryWithAnotherParameter(String raw, String allowed, String detail) {
    Set<String> names = allowed.isEmpty() ? Set.of() : Set.of(allowed.split(",", -1));

    assertThatThrownBy(() -> QueryString.of(raw).requireOnly(names))
        .isInstanceOf(ProblemException.class)
        .hasMessage(detail);
    QueryString.of("limit=2&cursor=a&limit=3").requireOnly(Set.of("limit", "cursor"));
    QueryString.of(null).requireOnly(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%f", "a=%c3", "%zz=1", "a=%00"})
  void brokenQuery(String raw) {
    assertThatThrownBy(() -> QueryString.of(raw)).isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "text/event-stream, true",
    "'application/json, text/event-stream', true",
    "'TEXT/Event-Stream; q=0.5', true",
    "'text/event-stream;q=0', false",
    "'text/event-stream; q=0.000', false",
    "'text/event-stream; q=0.001', true",
    "'*/*', false",
    "'text/*', false",
    "application/json, false",
    "'', false",
  })
  void accept(String header, boolean accepted) {
    assertThat(MediaTypes.accepts(List.of(header), "text/event-stream")).isEqualTo(accepted);
  }

  @ParameterizedTest
  @CsvSource({
    "backup.tar.zst, 'attachment; filename=\"backup.tar.zst\"'",
    "'a b', 'attachment; filename=\"a b\"'",
    "../../etc/passwd, 'attachment; filename=\"_.._.._etc_passwd\"'",
    "'C:\\x.exe', 'attachment; filename=\"C__x.exe\"'",
    ".bashrc, 'attachment; filename=\"_.bashrc\"'",
    "'', 'attachment; filename=\"_\"'",
    "'a\"; filename=b', 'attachment; filename=\"a_; filename=b\"; filename*=UTF-8''''a%22%3B%20filename%3Db'",
    "Übung.txt, 'attachment; filename=\"_bung.txt\"; filename*=UTF-8''''%C3%9Cbung.txt'",
    "100%.txt, 'attachment; filename=\"100_.txt\"; filename*=UTF-8''''100%25.txt'",
  })
  void contentDisposition(String name, String header) {
    assertThat(ContentDisposition.attachment(name)).isEqualTo(header);
  }

  @Test
  void contentDispositionCannotBeBrokenOutOf() {
    assertThat(ContentDisposition.attachment("a\r\nSet-Cookie: x\u202etxt.exe"))
        .isEqualTo("attachment; filename=\"a__Set-Cookie_ x_txt.exe\"");
    assertThat(ContentDisposition.attachment("x".repeat(5000))).hasSizeLessThan(300);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "A-z_0.9",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void takesOverAnAcceptableId(String wished) {
    assertThat(new CorrelationIds(new Random(1)).choose(Optional.of(wished))).isEqualTo(wished);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a\nb",
        "ä",
        "a/b",
        "<script>",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdefX",
      })
  void makesAnIdInPlaceOfAnother(String wished) {
    assertThat(new CorrelationIds(new Random(1)).choose(Optional.of(wished)))
        .matches("[0-9a-f]{12}");
  }

  @Test
  void idsDiffer() {
    var ids = new CorrelationIds(new Random(1));

    assertThat(ids.choose(Optional.empty())).isNotEqualTo(ids.choose(Optional.empty()));
  }
}
