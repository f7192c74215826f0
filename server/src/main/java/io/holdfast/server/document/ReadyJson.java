package io.holdfast.server.document;

import io.avaje.jsonb.Json;

/** Whether the server takes requests. */
@Json
public record ReadyJson(boolean ready) {}
