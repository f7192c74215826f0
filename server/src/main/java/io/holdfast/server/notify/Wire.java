package io.holdfast.server.notify;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Sends requests, and again where that may help: after 429, 5xx and failures of the network.
 * Follows no redirect, which could lead a signed body anywhere, and trusts only certificates that
 * the platform trusts.
 *
 * <p>Of an answer only the head is read. The body is of no interest, and a peer that sends it drop
 * by drop would hold up the next notification: the client's own timeout ends with the head.
 */
final class Wire implements AutoCloseable {
  private static final double JITTER = 0.2;

  /** Keeps even the earliest pause that the jitter makes of it from being too short. */
  private static final double ABOVE_JITTER = 1 / (1 - JITTER);

  private final Clock clock;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(executor)
          .build();

  Wire(Clock clock) {
    this.clock = clock;
  }

  /**
   * Sends until it is accepted, refused, or the plan is at its end.
   *
   * @param request made for each attempt anew
   * @throws InterruptedException if this thread was interrupted; whether the last request arrived
   *     is unknown
   */
  Answer send(Supplier<HttpRequest> request, RetryPlan plan) throws InterruptedException {
    RetryPolicy<Answer> policy =
        RetryPolicy.<Answer>builder()
            .handleResultIf(answer -> answer instanceof Answer.Unavailable)
            .abortOn(InterruptedException.class)
            .withMaxAttempts(plan.attempts())
            .withMaxDuration(plan.total())
            .withBackoff(plan.firstDelay(), plan.longestDelay())
            .withJitter(JITTER)
            .withDelayFn(context -> pause(context.getLastResult(), plan.longestDelay()))
            .build();
    try {
      return Failsafe.with(policy).get(() -> attempt(request.get()));
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException interrupt) {
        throw interrupt;
      }
      throw e;
    }
  }

  /** The pause before the jitter; negative for the policy's own. */
  static Duration pause(Answer last, Duration longest) {
    return last instanceof Answer.Unavailable(_, Optional<Duration> after) && after.isPresent()
        ? Duration.ofMillis(
            (long) (ABOVE_JITTER * Math.min(after.get().toMillis(), longest.toMillis())))
        : Duration.ofNanos(-1);
  }

  private Answer attempt(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      response.body().close();
      return judge(response);
    } catch (HttpTimeoutException e) {
      return new Answer.Unavailable("no answer in time", Optional.empty());
    } catch (IOException e) {
      return new Answer.Unavailable(e.getClass().getSimpleName(), Optional.empty());
    }
  }

  private Answer judge(HttpResponse<?> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return new Answer.Accepted();
    }
    String reason = "status " + status;
    if (status == 429 || status >= 500) {
      return new Answer.Unavailable(
          reason,
          response
              .headers()
              .firstValue("Retry-After")
              .flatMap(text -> RetryAfter.parse(text, clock.instant())));
    }
    return new Answer.Refused(reason);
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdown();
  }
}
