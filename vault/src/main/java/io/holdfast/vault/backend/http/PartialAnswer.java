package io.holdfast.vault.backend.http;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges an answer to the question for a part of a file. A file that is too short is a damage that
 * stays; an answer that is too short, or of another part, is one that went wrong on the way.
 *
 * @param status a success
 * @param headers with it
 * @param filled what became of the body
 */
public record PartialAnswer(int status, HttpHeaders headers, Fill.Filled filled) {

  /**
   * Goes on if it is what was asked for.
   *
   * @param offset from which byte on
   * @param wanted how many bytes
   * @throws BackendException {@code TOO_SHORT}; {@code TRANSIENT} if it is not what was asked for
   */
  public void check(Conversation.Ask ask, long offset, int wanted) throws BackendException {
    Optional<ContentRange> range =
        status == 206
            ? headers.firstValue("Content-Range").flatMap(ContentRange::parse)
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
    if (filled.bytes() < wanted || (filled.more() && status == 206)) {
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
    return status == 200 ? headers.firstValueAsLong("Content-Length") : OptionalLong.empty();
  }
}
