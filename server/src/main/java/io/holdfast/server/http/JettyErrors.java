package io.holdfast.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests that Jetty refuses before they reach {@link JettyHandler}: what is no HTTP, or
 * too large a head. Must not wait, since Jetty calls it on its own threads.
 */
final class JettyErrors implements Request.Handler {
  private final AnswerWriter writer;
  private final CorrelationIds ids;
  private final ErrorLog errors;

  JettyErrors(AnswerWriter writer, CorrelationIds ids, ErrorLog errors) {
    this.writer = writer;
    this.ids = ids;
    this.errors = errors;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange exchange = Exchange.of(request, response, ids);
    Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    int status = cause instanceof HttpException http ? http.getCode() : response.getStatus();
    // Gone or late before its handler began.
    boolean lost = cause instanceof IOException || cause instanceof TimeoutException;
    Problem problem = problem(lost ? 408 : status);
    if (problem.code().status() >= 500) {
      Throwable reason =
          cause instanceof Throwable thrown
              ? thrown
              : new IllegalStateException("status " + status);
      errors.failed(
          new ErrorEvent(
              exchange.correlation(), exchange.loggedMethod(), Optional.empty(), reason));
    }
    byte[] document = writer.head(response.getHeaders(), problem, Map.of(), exchange.correlation());
    response.setStatus(problem.code().status());
    exchange.completed();
    response.write(true, ByteBuffer.wrap(document), callback);
    return true;
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 408 -> new Problem(ProblemCode.REQUEST_TIMEOUT, "The request took too long to arrive");
      case 413 -> new Problem(ProblemCode.PAYLOAD_TOO_LARGE, "The body is too large");
      case 414 -> new Problem(ProblemCode.URI_TOO_LONG, "The address is too long");
      case 431 -> new Problem(ProblemCode.HEADERS_TOO_LARGE, "The headers are too large");
      case 500, 503 -> Problem.internal();
      default -> new Problem(ProblemCode.BAD_REQUEST, "This is no valid HTTP request");
    };
  }
}
