package io.holdfast.server.http.json;

import io.avaje.jsonb.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A field of every sort that requests have. */
@Json(naming = Json.Naming.LowerUnderscore)
record Sample(
    @Nullable String text,
    boolean confirm,
    @Nullable Boolean maybe,
    int maxCount,
    long size,
    @Nullable Integer perhaps,
    double ratio,
    @Nullable BigDecimal exact,
    @Nullable BigInteger huge,
    @Nullable List<String> components,
    @Nullable Color color,
    @Nullable Instant time,
    @Nullable Inner inner,
    @Nullable List<Inner> inners,
    @Nullable Map<String, Object> anything,
    byte[] bytes,
    Optional<String> option) {

  enum Color {
    RED,
    GREEN
  }

  @Json
  record Inner(int x) {}
}
