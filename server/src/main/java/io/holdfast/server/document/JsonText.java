package io.holdfast.server.document;

import io.avaje.jsonb.Jsonb;

/** Writes documents, each as one line. */
public final class JsonText {
  private JsonText() {}

  /** The document, without a line's end. */
  public static String of(Object document) {
    return Jsonb.builder().build().toJson(document);
  }
}
