package io.holdfast.vault.backend.http;

import java.io.IOException;
import java.net.http.HttpRequest;

/** Makes a request when it is to be sent. */
@FunctionalInterface
public interface Sending {
  /**
   * Makes it.
   *
   * @param transfer of its body, see {@link Upload}
   * @throws IOException if it cannot be made, such as without credentials
   */
  HttpRequest.Builder request(Transfer transfer) throws IOException;
}
