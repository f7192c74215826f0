package io.holdfast.server.target;

import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import io.holdfast.vault.backend.FileId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A file, or a part of it, on its way out of a target. */
final class TargetDownload {
  private static final int PIECE = 64 << 10;
  private static final String TYPE = "application/octet-stream";

  private final Target target;
  private final FileId file;

  TargetDownload(Target target, FileId file) {
    this.target = target;
    this.file = file;
  }

  /** The answer to a request for it; reads nothing yet. */
  Response answer(Request request) throws IOException {
    long size = target.files().size(file);
    return switch (ByteRange.of(request.header("Range"), size)) {
      case ByteRange.Whole() ->
          response(200, Map.of("Accept-Ranges", "bytes"), new ByteRange(0, size));
      case ByteRange.Part(ByteRange range) ->
          response(206, Map.of("Content-Range", range.of(size)), range);
      case ByteRange.Beyond() ->
          throw new ProblemException(
              new Problem(ProblemCode.RANGE_NOT_SATISFIABLE, "The file has " + size + " bytes"),
              Map.of("Content-Range", "bytes */" + size));
    };
  }

  private Response response(int status, Map<String, String> headers, ByteRange part) {
    return new Response.Download(
        status,
        headers,
        TYPE,
        Optional.empty(),
        OptionalLong.of(part.length()),
        out -> Guarded.run(target, () -> send(part, out)));
  }

  private void send(ByteRange part, OutputStream out) throws IOException {
    try (var transfer = target.transfer()) {
      byte[] piece = new byte[(int) Math.min(PIECE, part.length())];
      long left = part.length();
      while (left > 0) {
        int count = (int) Math.min(piece.length, left);
        target
            .files()
            .read(file, part.first() + part.length() - left, ByteBuffer.wrap(piece, 0, count));
        out.write(piece, 0, count);
        left -= count;
        target.tally().sent(count);
      }
    }
  }
}
