package io.holdfast.server.api;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.SettingChangeJson;
import io.holdfast.server.document.SettingJson;
import io.holdfast.server.document.SettingListJson;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import io.holdfast.server.setting.SettingKey;
import io.holdfast.server.setting.SettingValue;

/** Settings of the namespace {@code backup}. */
final class SettingsApi {
  private final Services services;

  SettingsApi(Services services) {
    this.services = services;
  }

  Response list(Request request) {
    return new Response.Document(
        200,
        new SettingListJson(
            services.settings().all().stream().map(SettingsApi::document).toList()));
  }

  Response get(Request request) {
    return new Response.Document(200, document(services.settings().get(key(request))));
  }

  Response put(Request request) {
    SettingKey key = key(request);
    SettingChangeJson change = services.json().read(request, SettingChangeJson.class);
    SettingValue value;
    try {
      value = services.settings().put(key, text(change.value()), request.caller().name());
    } catch (HoldfastException refused) {
      services
          .audit()
          .refused(request, "setting.put", "backup." + key.key(), refused.code().name());
      throw refused;
    }
    services.audit().record(request, "setting.put", "backup." + key.key(), "now " + value.value());
    return new Response.Document(200, document(value));
  }

  Response reset(Request request) {
    SettingKey key = key(request);
    SettingValue value = services.settings().reset(key);
    services
        .audit()
        .record(request, "setting.reset", "backup." + key.key(), "now " + value.value());
    return new Response.Document(200, document(value));
  }

  private static SettingKey key(Request request) {
    String text = Identifiers.text(request, "key");
    return SettingKey.of(text)
        .orElseThrow(() -> ApiProblems.notFound("there is no setting backup." + text));
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean flag -> flag.toString();
      case Number number when number.doubleValue() == Math.rint(number.doubleValue()) ->
          Long.toString(number.longValue());
      case null, default ->
          throw ApiProblems.bad("value: a text, a whole number, or true or false");
    };
  }

  private static SettingJson document(SettingValue value) {
    SettingKey key = value.key();
    return new SettingJson(
        "backup." + key.key(),
        value.value(),
        value.source().word(),
        key.otherwise(),
        key.form().allowed(),
        value.restartRequired(),
        value.changedAt().orElse(null),
        value.changedBy().orElse(null));
  }
}
