package io.holdfast.vault.backend.rest;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges an answer to the question for a part of a file. A file that is too short is a damage that
 * stays; an answer that is too short, or of another part, is one that went wrong on the way.
 */
record PartialAnswer(HttpResponse<Fill.Filled> answer) {

  /**
   * @throws BackendException {@code TOO_SHORT}; {@code TRANSIENT} if it is not what was asked for
   */
  void check(Conversation.Ask ask, long offset, int wanted) throws BackendException {
    Optional<ContentRange> range =
        answer.statusCode() == 206
            ? answer.headers().firstValue("Content-Range").flatMap(ContentRange::parse)
            : Optional.empty();
    OptionalLong size = range.map(ContentRange::total).orElseGet(this::sizeOfWhole);
    if (size.isPresent() && size.getAsLong() - offset < wanted) {
      throw ask.failure(
          Reason.TOO_SHORT,
          "it has " + size.getAsLong() + " bytes, and the part begins at " + offset);
    }
    if (range.isPresent() && range.get().from() != offset) {
      throw ask.failure(Reason.TRANSIENT, "the server sent another part than it was asked for");
    }
    Fill.Filled filled = answer.body();
    if (filled.bytes() < wanted || (filled.more() && answer.statusCode() == 206)) {
      throw ask.failure(
          Reason.TRANSIENT,
          "the server sent "
              + (filled.more() ? "more than" : filled.bytes() + " of")
              + " the "
              + wanted
              + " bytes that it was asked for");
    }
  }

  private OptionalLong sizeOfWhole() {
    return answer.statusCode() == 200
        ? answer.headers().firstValueAsLong("Content-Length")
        : OptionalLong.empty();
  }
}
