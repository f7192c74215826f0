package io.holdfast.vault.backend.rest;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.net.URI;
import java.net.http.HttpRequest;

/** Makes requests: where a file is, and who asks. Immutable. */
final class Requests {
  private final URI root;
  private final RestCredentials credentials;

  Requests(RestSettings settings) {
    this.root = settings.address();
    this.credentials = settings.credentials();
  }

  /** A request about the vault as a whole. */
  HttpRequest.Builder creation() throws BackendException {
    return to("create", root.resolve("?create=true"));
  }

  /** A request about a file: {@code config}, {@code data/NAME}. */
  HttpRequest.Builder about(String operation, FileId file) throws BackendException {
    return to(operation, root.resolve(file.toString()));
  }

  /** A request about all files of a sort. */
  HttpRequest.Builder list(FileType type) throws BackendException {
    return to("list", root.resolve(type.word() + "/"));
  }

  private HttpRequest.Builder to(String operation, URI address) throws BackendException {
    var request = HttpRequest.newBuilder(address).header("Accept", Listing.TYPE);
    try {
      credentials.authorization().ifPresent(value -> request.header("Authorization", value));
    } catch (IllegalArgumentException e) {
      // Its text would repeat the secret if it came from the client, so it is not handed on.
      throw new BackendException(
          operation,
          root.toString(),
          Reason.UNAUTHENTICATED,
          "the secret cannot be sent: a token is made of printable ASCII without spaces");
    }
    return request;
  }
}
