package io.holdfast.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.server.document.ReadyJson;
import io.holdfast.server.http.Caller;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Validations and checks: reading that somebody watches. */
class LookTest {
  private final Looks looks = new Looks();

  /** Nobody reads what is sent. */
  private static final Response.EventSink GONE =
      new Response.EventSink() {
        @Override
        public void send(String name, Object document) throws IOException {
          throw new IOException("gone");
        }

        @Override
        public void sendJson(String name, String json) throws IOException {
          throw new IOException("gone");
        }

        @Override
        public void keepAlive() throws IOException {
          throw new IOException("gone");
        }
      };

  @Test
  @DisplayName("reading ends when whoever watches it as a stream is gone")
  void abandoned() throws Exception {
    var cancelled = new CountDownLatch(1);
    Response response =
        looks.look(
            new Asked(true),
            monitor -> {
              monitor.cancellation().onCancel(cancelled::countDown);
              return awaited(cancelled);
            });
    Response.EventSource source = ((Response.Events) response).source();
    assertThatThrownBy(() -> source.run(GONE)).hasMessage("gone");
    assertThat(cancelled.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  @DisplayName("reading that is watched to its end is not cancelled before")
  void watched() throws Exception {
    List<String> told = new ArrayList<>();
    Response response =
        looks.look(
            new Asked(true), monitor -> new ReadyJson(!monitor.cancellation().isCancelled()));
    ((Response.Events) response)
        .source()
        .run(
            new Response.EventSink() {
              @Override
              public void send(String name, Object document) {
                told.add(name);
              }

              @Override
              public void sendJson(String name, String json) {
                told.add(name + " " + json);
              }

              @Override
              public void keepAlive() {}
            });
    assertThat(told.getLast()).isEqualTo("result {\"ready\":true}");
  }

  @Test
  @DisplayName("who waits is answered with the document")
  void waitedFor() throws Exception {
    assertThat(looks.look(new Asked(false), monitor -> new ReadyJson(true)))
        .isEqualTo(new Response.Document(200, new ReadyJson(true)));
  }

  @Test
  @DisplayName("a third at once is told to come again, and may when another has ended")
  void third() throws Exception {
    var end = new CountDownLatch(1);
    var begun = new CountDownLatch(2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> first = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        first.add(
            threads.submit(() ->
                looks.look(
                    new Asked(false),
                    monitor -> {
                      begun.countDown();
                      return awaited(end);
                    })));
      }
      begun.await();
      for (boolean stream : List.of(false, true)) {
        assertThatThrownBy(() -> looks.look(new Asked(stream), monitor -> new ReadyJson(true)))
            .isInstanceOfSatisfying(
                ProblemException.class,
                refused -> {
                  assertThat(refused.problem().code()).isEqualTo(ProblemCode.RATE_LIMITED);
                  assertThat(refused.problem().retryAfterSeconds()).isPresent();
                });
      }
      end.countDown();
      for (Future<Response> each : first) {
        each.get();
      }
    }
    waitedFor();
  }

  @Test
  @DisplayName("a stream that is never run has no work, and takes nobody's place")
  void neverRun() throws Exception {
    var worked = new AtomicBoolean();
    for (int i = 0; i < 10; i++) {
      assertThat(
              looks.look(
                  new Asked(true),
                  monitor -> {
                    worked.set(true);
                    return new ReadyJson(true);
                  }))
          .isInstanceOf(Response.Events.class);
    }
    waitedFor();
    assertThat(worked).isFalse();
  }

  @Test
  @DisplayName("the end of the server ends reading, also what begins meanwhile")
  void closed() throws Exception {
    var begun = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Response> reading =
          threads.submit(() ->
              looks.look(
                  new Asked(false),
                  monitor -> {
                    var cancelled = new CountDownLatch(1);
                    monitor.cancellation().onCancel(cancelled::countDown);
                    begun.countDown();
                    return awaited(cancelled);
                  }));
      begun.await();
      looks.close();
      assertThat(reading.get()).isEqualTo(new Response.Document(200, new ReadyJson(true)));
      assertThat(
              looks.look(
                  new Asked(false), monitor -> new ReadyJson(monitor.cancellation().isCancelled())))
          .isEqualTo(new Response.Document(200, new ReadyJson(true)));
    }
  }

  private static ReadyJson awaited(CountDownLatch latch) {
    try {
      return new ReadyJson(latch.await(1, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A request that says nothing but whether it wants a stream. */
  private record Asked(boolean stream) implements Request {
    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public String variable(String name) {
      throw new AssertionError(name);
    }

    @Override
    public Optional<String> query(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public byte[] body() {
      return new byte[0];
    }

    @Override
    public OptionalLong length() {
      return OptionalLong.of(body().length);
    }

    @Override
    public void receive(long limitBytes, Sink sink) throws IOException {
      sink.accept(ByteBuffer.wrap(body()));
    }

    @Override
    public boolean accepts(String mediaType) {
      return stream && mediaType.equals("text/event-stream");
    }

    @Override
    public Caller caller() {
      return Caller.ANONYMOUS;
    }

    @Override
    public String address() {
      return "";
    }

    @Override
    public String correlation() {
      return "";
    }
  }
}
