package io.holdfast.server.target;

import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import io.holdfast.vault.backend.Backend.Listed;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The files of a sort, as JSON that is written while the directories are read: a vault may have
 * millions. Version 1 tells names, version 2 objects with {@code name} and {@code size}.
 */
final class TargetList {
  private static final String VERSION_1 = "application/vnd.x.restic.rest.v1";
  private static final String VERSION_2 = "application/vnd.x.restic.rest.v2";

  private final Target target;
  private final FileType type;

  TargetList(Target target, FileType type) {
    this.target = target;
    this.type = type;
  }

  Response answer(Request request) {
    boolean sizes = request.accepts(VERSION_2);
    return new Response.Download(
        200,
        Map.of(),
        sizes ? VERSION_2 : VERSION_1,
        Optional.empty(),
        OptionalLong.empty(),
        out -> Guarded.run(target, () -> write(sizes, out)));
  }

  private void write(boolean sizes, OutputStream out) throws IOException {
    try (var transfer = target.transfer()) {
      var separator = new String[] {"["};
      target
          .files()
          .each(
              type,
              file -> {
                text(
                    out,
                    separator[0] + (sizes ? withSize(file) : '"' + file.id().toString() + '"'));
                separator[0] = ",";
              });
      text(out, separator[0].equals("[") ? "[]" : "]");
    }
  }

  private static String withSize(Listed file) {
    return "{\"name\":\"" + file.id() + "\",\"size\":" + file.size() + "}";
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
