package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  private static final Router ROUTER =
      router(
          "GET /",
          "GET /backups",
          "POST /backups",
          "GET /backups/{id}",
          "DELETE /backups/{id}",
          "POST /backups/restore",
          "GET /backups/{id}/artifacts/{name}",
          "GET /backups/latest/manifest",
          "PUT /settings/{key}",
          "GET /{any}/deep/end");

  private static Router router(String... routes) {
    return new Router(
        Stream.of(routes)
            .map(route -> List.of(route.split(" ")))
            .map(parts ->
                new Routes.Route(
                    parts.get(0),
                    parts.get(1),
                    Access.OPEN,
                    Set.of(),
                    request -> new Response.Empty(204)))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, /",
    "GET, /backups, /backups",
    "HEAD, /backups, /backups",
    "GET, /backups/7, /backups/{id}",
    "HEAD, /backups/7, /backups/{id}",
    "GET, /back%75ps/7, /backups/{id}",
    "POST, /backups/restore, /backups/restore",
    "GET, /backups/latest/manifest, /backups/latest/manifest",
    "GET, /backups/latest/artifacts/x, /backups/{id}/artifacts/{name}",
    "GET, /backups/latest, /backups/{id}",
    "GET, /backups/deep/end, /{any}/deep/end",
    "GET, /x/deep/end, /{any}/deep/end",
    "GET, /backups/...., /backups/{id}",
    "GET, /backups/.hidden, /backups/{id}",
  })
  void finds(String method, String path, String template) {
    assertThat(ROUTER.find(method, path))
        .isInstanceOfSatisfying(
            Router.Found.class, found -> assertThat(found.route().template()).isEqualTo(template));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/backups/",
        "/backups//",
        "//backups",
        "//",
        "/backups/7/",
        "/backups//artifacts/x",
        "/backups/.",
        "/backups/..",
        "/backups/%2e%2e",
        "/backups/%2E.",
        "/backups/../backups",
        "/backups/7/artifacts/..",
        "/Backups",
        "/backups/7/artifacts/a/b",
        "*",
        "",
        "backups",
      })
  void findsNothing(String path) {
    assertThat(ROUTER.find("GET", path)).isEqualTo(new Router.Nothing());
  }

  @Test
  void aSlashAtTheEndIsAPathOfItsOwn() {
    Router router = router("GET /t/{a}/", "GET /t/{a}/{b}", "GET /t/{a}/{b}/", "GET /t/{a}/config");
    assertThat(found(router, "/t/x/")).isEqualTo("/t/{a}/");
    assertThat(found(router, "/t/x/data/")).isEqualTo("/t/{a}/{b}/");
    assertThat(found(router, "/t/x/data")).isEqualTo("/t/{a}/{b}");
    assertThat(found(router, "/t/x/config")).isEqualTo("/t/{a}/config");
    assertThat(found(router, "/t/x/config/")).isEqualTo("/t/{a}/{b}/");
    assertThat(((Router.Found) router.find("GET", "/t/x%2F/data/")).variables())
        .isEqualTo(Map.of("a", "x/", "b", "data"));
    for (String nothing : List.of("/t//", "/t/", "/t/x//", "/t/x/data//", "/t//data/", "//")) {
      assertThat(router.find("GET", nothing)).as(nothing).isEqualTo(new Router.Nothing());
    }
  }

  private static String found(Router router, String path) {
    return ((Router.Found) router.find("GET", path)).route().template();
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /backups, 'GET,HEAD,OPTIONS,POST'",
    "OPTIONS, /backups/7, 'DELETE,GET,HEAD,OPTIONS'",
    "HEAD, /settings/a, 'OPTIONS,PUT'",
    "GET, /backups/restore, 'OPTIONS,POST'",
    "TRACE, /, 'GET,HEAD,OPTIONS'",
    "get, /, 'GET,HEAD,OPTIONS'",
  })
  void knowsThePathByOtherMethods(String method, String path, String allowed) {
    assertThat(ROUTER.find(method, path))
        .isInstanceOfSatisfying(
            Router.OtherMethods.class,
            other -> assertThat(String.join(",", other.allowed())).isEqualTo(allowed));
  }

  @ParameterizedTest
  @CsvSource({
    "/backups/a%2Fb/artifacts/c%20d, a/b, c d",
    "/backups/a+b/artifacts/%C3%BC, a+b, ü",
    "/backups/a%252Fb/artifacts/x, a%2Fb, x",
    "/backups/a;b=c/artifacts/%2F.., a;b=c, /..",
  })
  void decodesEachSegmentOnce(String path, String id, String name) {
    assertThat(ROUTER.find("GET", path))
        .isInstanceOfSatisfying(
            Router.Found.class,
            found -> assertThat(found.variables()).isEqualTo(Map.of("id", id, "name", name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/backups/%",
        "/backups/%2",
        "/backups/%zz",
        "/backups/%+1",
        "/backups/%c3%28",
        "/backups/%ff",
        "/backups/%ed%a0%80",
        "/backups/%00",
        "/backups/a%0d%0ab",
        "/backups/%7f",
        "/nothing/%zz",
      })
  void refusesABrokenEncoding(String path) {
    assertThatThrownBy(() -> ROUTER.find("GET", path))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> assertThat(thrown.problem().code()).isEqualTo(ProblemCode.BAD_REQUEST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET backups",
        "GET /a//b",
        "GET //",
        "GET /a//",
        "GET /a/{}",
        "GET /a/x{b}",
        "GET /a/{b}c",
        "GET /{a}/{a}",
      })
  void refusesAMalformedTemplate(String route) {
    assertThatThrownBy(() -> router(route)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesTheSameRouteTwice() {
    assertThatThrownBy(() -> router("GET /a/{x}", "GET /a/{y}"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
