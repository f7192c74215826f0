package io.holdfast.server.notify;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where notifications go.
 *
 * @param name for logs and metrics, unlike the address, which may hold a secret
 * @param url absolute, {@code http} or {@code https}
 * @param events which notifications to send; one of them has to match
 * @param secret reads the key that signs requests, each time anew, so that it can be changed; empty
 *     to send them unsigned. Where reading it throws, or gives nothing, nothing is sent; of what it
 *     throws, only the message of a {@code HoldfastException} is told
 * @param timeout how long one attempt may take, until the answer's head is there
 */
public record Webhook(
    String name,
    URI url,
    List<EventPattern> events,
    Optional<Supplier<byte[]>> secret,
    Duration timeout) {
  /** What a name may be, in words. */
  public static final String NAME_IN_WORDS =
      "1 to 63 lowercase letters, digits, dashes and underscores, beginning with a letter or digit";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  /** Whether a webhook can be called that. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException if the name, the address or the timeout is none; the address
   *     is not told
   */
  public Webhook {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a name of a webhook: " + name);
    }
    HttpAddress.check(url);
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("the timeout of webhook " + name + " must be positive");
    }
    events = List.copyOf(events);
  }

  boolean wants(Notification notification) {
    return events.stream().anyMatch(pattern -> pattern.matches(notification.event()));
  }

  /** Without the address and the secret. */
  @Override
  public String toString() {
    return "webhook " + name;
  }
}
