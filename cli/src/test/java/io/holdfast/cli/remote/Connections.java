package io.holdfast.cli.remote;

import io.holdfast.cli.Cli;
import io.holdfast.cli.stub.StubServer;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;

/** Connections to the stub with any patience. */
final class Connections {
  private Connections() {}

  static HttpConnection to(StubServer server, Patience patience) {
    var surroundings =
        new Cli(Path.of("/"))
            .set("HOLDFAST_TOKEN", StubServer.TOKEN)
            .surroundings(new StringWriter(), new StringWriter());
    return new HttpConnection(
        ServerAddress.parse(server.url()),
        BearerToken.find(surroundings, Optional.empty()),
        Optional.empty(),
        patience);
  }
}
