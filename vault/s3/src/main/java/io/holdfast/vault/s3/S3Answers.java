package io.holdfast.vault.s3;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.http.Conversation;
import io.holdfast.vault.backend.http.Fill;
import io.holdfast.vault.backend.http.Gather;
import io.holdfast.vault.backend.http.Gather.Gathered;
import io.holdfast.vault.backend.http.PartialAnswer;
import io.holdfast.vault.backend.http.Sending;
import io.holdfast.vault.backend.http.Status;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;

/** Takes the answers of a store, and says what those that are no success mean. Thread-safe. */
final class S3Answers {
  /** Of the explanation of an error. */
  static final int LONGEST_ERROR = 64 << 10;

  /** A page has a thousand keys, of at most 1024 bytes each, encoded. */
  static final int LONGEST_PAGE = 16 << 20;

  private final Credentials credentials;

  S3Answers(Credentials credentials) {
    this.credentials = credentials;
  }

  /**
   * Any answer.
   *
   * @param longest the most bytes of its body that are taken if it is a success
   */
  HttpResponse<Gathered> whole(Conversation.Ask ask, Sending request, int longest)
      throws IOException {
    return ask.exchange(
        request,
        (info, transfer) ->
            new Gather(transfer, Status.isSuccess(info.statusCode()) ? longest : LONGEST_ERROR));
  }

  /** The body of an answer that is a success. */
  byte[] success(Conversation.Ask ask, Sending request, int longest) throws IOException {
    HttpResponse<Gathered> answer = whole(ask, request, longest);
    requireSuccess(ask, answer);
    if (answer.body().tooLong()) {
      throw ask.failure(Reason.OTHER, "the store's answer is too long");
    }
    return answer.body().bytes();
  }

  /** Goes on if it is one. */
  void requireSuccess(Conversation.Ask ask, HttpResponse<Gathered> answer) throws BackendException {
    if (!Status.isSuccess(answer.statusCode())) {
      throw failure(ask, error(answer), false);
    }
  }

  /**
   * A part of a file.
   *
   * @param offset where it begins
   * @param target is filled; its position stays
   */
  void part(Conversation.Ask ask, Sending request, long offset, ByteBuffer target)
      throws IOException {
    HttpResponse<Part> answer =
        ask.exchange(
            request,
            (info, transfer) ->
                switch (info.statusCode()) {
                  case 206 -> part(new Fill(transfer, 0, target.duplicate()));
                  // A store that knows no ranges sends all there is.
                  case 200 -> part(new Fill(transfer, offset, target.duplicate()));
                  default ->
                      BodySubscribers.mapping(
                          new Gather(transfer, LONGEST_ERROR),
                          gathered -> new Part(new Fill.Filled(0, false), gathered.bytes()));
                });
    int status = answer.statusCode();
    if (!Status.isSuccess(status)) {
      throw failure(ask, error(status, answer.headers(), answer.body().error()), false);
    }
    new PartialAnswer(status, answer.headers(), answer.body().filled())
        .check(ask, offset, target.remaining());
  }

  private record Part(Fill.Filled filled, byte[] error) {}

  private static HttpResponse.BodySubscriber<Part> part(Fill fill) {
    return BodySubscribers.mapping(fill, filled -> new Part(filled, new byte[0]));
  }

  /** What an answer that is no success says. */
  StoreError error(HttpResponse<Gathered> answer) {
    return error(answer.statusCode(), answer.headers(), answer.body().bytes());
  }

  private static StoreError error(int status, HttpHeaders headers, byte[] body) {
    return StoreError.of(status, body, headers.firstValue("x-amz-bucket-region"));
  }

  /**
   * What is thrown.
   *
   * @param writing whether a file was to be stored
   */
  BackendException failure(Conversation.Ask ask, StoreError error, boolean writing) {
    Reason reason = error.reason(writing);
    if (reason == Reason.UNAUTHENTICATED) {
      credentials.forget();
    }
    return ask.failure(reason, error.words());
  }
}
