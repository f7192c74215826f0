package io.holdfast.cli.remote;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import io.holdfast.cli.stub.StubApi;
import io.holdfast.cli.stub.StubServer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A platform, looked after by a server, and the program on the same machine. */
final class Behind implements AutoCloseable {
  private final Cli cli;
  private final StubServer server = new StubServer();
  private final StubApi api;

  Behind(Path directory) {
    cli = Cli.withPlatform(directory).set("HOLDFAST_TOKEN", StubServer.TOKEN);
    try {
      api = StubApi.serve(server, cli.surroundings(new StringWriter(), new StringWriter()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Cli cli() {
    return cli;
  }

  StubServer server() {
    return server;
  }

  /** Runs a command on the installation itself. */
  Result here(String... args) {
    return cli.run(args);
  }

  /** Runs it against the server. */
  Result there(String... args) {
    return cli.run(
        Stream.concat(Stream.of(args), Stream.of("--server", server.url())).toArray(String[]::new));
  }

  @Override
  public void close() {
    server.close();
    api.close();
  }
}
