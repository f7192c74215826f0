package io.holdfast.server.http.json;

import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Request;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;

/** Reads the JSON that requests bring. Thread-safe. */
public final class JsonBody {
  private static final String MEDIA_TYPE = "application/json";

  private final Jsonb jsonb;

  public JsonBody(Jsonb jsonb) {
    this.jsonb = jsonb;
  }

  /**
   * The document in a request's body: one JSON object (RFC 8259, UTF-8) that fits a record. Fields
   * that it does not give are null, false or 0 in the record.
   *
   * @param type a record with {@code @Json}
   * @throws ProblemException 415 if the request says that its body is something else; 400 if it is
   *     not such a document, with a detail that names the field
   */
  public <T> T read(Request request, Class<T> type) {
    requireMediaType(request);
    try {
      return bind(new JsonCursor(request.body()), type);
    } catch (JsonFault fault) {
      throw bad(fault);
    }
  }

  private <T> T bind(JsonCursor cursor, Class<T> type) {
    if (cursor.peek() != '{') {
      throw new JsonFault("The body must be a JSON object");
    }
    var reader = new StrictJsonReader(cursor);
    try {
      T document = jsonb.type(type).fromJson(reader);
      cursor.end();
      return document;
    } catch (IllegalArgumentException
        | DateTimeException
        | IndexOutOfBoundsException
        | JsonException fromAdapter) {
      // How adapters of enums, times and the like say that a text is none.
      throw reader.fault("has no allowed value");
    }
  }

  private static void requireMediaType(Request request) {
    List<String> parts =
        List.of(request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT).split(";", -1));
    boolean json = parts.getFirst().strip().equals(MEDIA_TYPE);
    boolean utf8 = parts.stream().skip(1).allMatch(JsonBody::isHarmless);
    if (!json || !utf8 || request.header("Content-Encoding").isPresent()) {
      throw new ProblemException(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "The body must be "
              + MEDIA_TYPE
              + " in UTF-8, not compressed, and the request must say"
              + " so");
    }
  }

  private static boolean isHarmless(String parameter) {
    String plain = parameter.strip().replace("\"", "");
    return plain.isEmpty() || plain.equals("charset=utf-8");
  }

  private static ProblemException bad(JsonFault fault) {
    return new ProblemException(ProblemCode.BAD_REQUEST, fault.message());
  }
}
