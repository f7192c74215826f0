package io.holdfast.vault.backend.rest;

import io.holdfast.vault.backend.Backend.Listed;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.http.Conversation;
import io.holdfast.vault.backend.http.Gather;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** Judges an answer to the question for a list. */
record ListAnswer(HttpResponse<Gather.Gathered> answer) {

  /**
   * @throws BackendException {@code UNSUPPORTED} if it is no list of version 2, as from an old
   *     server or something else altogether; {@code OTHER} if it is broken
   */
  List<Listed> files(Conversation.Ask ask) throws BackendException {
    Optional<String> type = answer.headers().firstValue("Content-Type");
    if (type.filter(Listing.TYPE::equals).isEmpty()) {
      throw ask.failure(
          Reason.UNSUPPORTED, "the server does not speak version 2 of restic's REST protocol");
    }
    if (answer.body().tooLong()) {
      throw ask.failure(Reason.OTHER, "the list is too long");
    }
    try {
      return Listing.parse(answer.body().bytes());
    } catch (IllegalArgumentException e) {
      throw ask.failure(Reason.OTHER, String.valueOf(e.getMessage()));
    }
  }
}
