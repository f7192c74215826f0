package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A new value.
 *
 * @param value a text, a number, or true or false
 */
@Json
public record SettingChangeJson(@Nullable Object value) {}
