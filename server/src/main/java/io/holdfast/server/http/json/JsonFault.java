package io.holdfast.server.http.json;

/**
 * What is wrong with a document, for the one who sent it. Quotes no value, which may be a secret.
 */
final class JsonFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message a sentence without a full stop
   */
  JsonFault(String message) {
    super(message);
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
