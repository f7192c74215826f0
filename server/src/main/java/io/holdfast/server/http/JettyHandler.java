package io.holdfast.server.http;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Where requests come in from Jetty, each on a virtual thread of its own, and where their errors
 * end. Every request is answered here, in one of three ways: with what its handler says, with a
 * problem, or, once the answer has begun, by breaking the connection off.
 */
final class JettyHandler extends Handler.Abstract {
  private static final long RETRY_SECONDS = 5;

  private final Dispatcher dispatcher;
  private final AnswerWriter writer;
  private final UnderWay underWay;
  private final IdleConnections idle;
  private final CorrelationIds ids;
  private final ErrorLog errors;

  JettyHandler(
      Dispatcher dispatcher,
      AnswerWriter writer,
      UnderWay underWay,
      IdleConnections idle,
      CorrelationIds ids,
      ErrorLog errors) {
    this.dispatcher = dispatcher;
    this.writer = writer;
    this.underWay = underWay;
    this.idle = idle;
    this.ids = ids;
    this.errors = errors;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    idle.busy(connection);
    boolean accepted = underWay.begin();
    // A handler may work for hours without a byte on the wire; that is no reason to fail it.
    request.addIdleTimeoutListener(timeout -> false);
    Exchange exchange = Exchange.of(request, response, ids);
    try {
      answer(exchange, accepted);
      callback.succeeded();
    } catch (Throwable failure) {
      breakOff(exchange, callback, failure);
    } finally {
      underWay.end();
      idle.idle(connection);
    }
    return true;
  }

  private static void breakOff(Exchange exchange, Callback callback, Throwable failure) {
    try {
      exchange.resetOnClose();
    } catch (ClientGoneException alreadyClosed) {
      // Which is what this is about.
    }
    callback.failed(failure);
  }

  private void answer(Exchange exchange, boolean accepted) throws Throwable {
    try {
      if (!accepted) {
        throw new ProblemException(
            new Problem(
                ProblemCode.SERVICE_UNAVAILABLE,
                "The server is stopping",
                OptionalLong.of(RETRY_SECONDS)));
      }
      writer.write(exchange, dispatcher.answer(exchange));
    } catch (Throwable failure) {
      if (exchange.isGone()) {
        // No error of this side, whatever became of it on its way through the handler's code.
        throw failure;
      }
      fail(exchange, failure);
    }
  }

  private void fail(Exchange exchange, Throwable failure) throws Throwable {
    Problem problem = Problem.ofFailure(failure);
    boolean committed = exchange.response().isCommitted();
    if (committed || isTold(problem, failure)) {
      tell(exchange, failure);
    }
    if (committed) {
      throw failure;
    }
    var body = new RequestBody(exchange.request());
    Map<String, String> headers = new HashMap<>();
    if (failure instanceof ProblemException told) {
      headers.putAll(told.headers());
    }
    boolean late = problem.code() == ProblemCode.REQUEST_TIMEOUT;
    boolean goesOn = !late && body.skipArrived();
    if (!goesOn) {
      headers.put("Connection", "close");
    }
    writer.write(exchange, problem, headers);
    if (!goesOn && !late) {
      body.linger();
    }
  }

  /** A 503 that says "too much to do" has no cause, and would flood the log at the worst time. */
  private static boolean isTold(Problem problem, Throwable failure) {
    return problem.code().status() >= 500
        && (problem.code() == ProblemCode.INTERNAL_ERROR || failure.getCause() != null);
  }

  private void tell(Exchange exchange, Throwable failure) {
    Throwable cause =
        failure instanceof ProblemException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    errors.failed(
        new ErrorEvent(exchange.correlation(), exchange.loggedMethod(), exchange.route(), cause));
  }
}
