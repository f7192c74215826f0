package io.holdfast.cli.remote;

import io.avaje.jsonb.Jsonb;
import io.holdfast.cli.ServerFault;
import io.holdfast.cli.target.ServerException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads documents that a server sent. What is not what it has to be is an error that says so. */
final class Answers {
  private final ServerAddress address;
  private final Jsonb jsonb = Jsonb.builder().build();

  Answers(ServerAddress address) {
    this.address = address;
  }

  /**
   * Reads a document.
   *
   * @param type a record of {@code io.holdfast.server.document}; nothing but it is made
   * @throws ServerException {@code ANSWER_INVALID}
   */
  <T> T read(byte[] json, Class<T> type) {
    T document;
    try {
      document = jsonb.type(type).fromJson(json);
      if (document != null) {
        Completeness.require(document);
        return document;
      }
    } catch (RuntimeException | StackOverflowError e) {
      // A parser of documents that nest without end may run out of stack rather than refuse them.
      throw invalid("with a document that is not what it should be", e);
    }
    throw invalid("with no document", null);
  }

  <T> T read(String json, Class<T> type) {
    return read(json.getBytes(StandardCharsets.UTF_8), type);
  }

  /** A problem, as far as it can be read: one that cannot is a problem nonetheless. */
  ProblemDocument problem(byte[] json) {
    try {
      ProblemDocument problem = jsonb.type(ProblemDocument.class).fromJson(json);
      return problem == null ? ProblemDocument.UNKNOWN : problem;
    } catch (RuntimeException | StackOverflowError e) {
      return ProblemDocument.UNKNOWN;
    }
  }

  ServerException invalid(String how, @Nullable Throwable cause) {
    return new ServerException(
        ServerFault.ANSWER_INVALID,
        "what stands at " + address + " answered " + how,
        "Look whether that is the address of a Holdfast server, and of what version it is.",
        cause);
  }
}
