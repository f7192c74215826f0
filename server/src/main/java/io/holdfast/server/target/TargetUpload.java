package io.holdfast.server.target;

import io.holdfast.server.http.Request;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.local.Incoming;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * A file on its way into a target. It is written beside its place, hashed as it comes, and gets its
 * name only when it is what its name says; so a wrong, cut-off or abandoned one never appears.
 */
final class TargetUpload {
  private final Target target;
  private final FileId file;

  TargetUpload(Target target, FileId file) {
    this.target = target;
    this.file = file;
  }

  /**
   * Takes it in, and returns when it is durable.
   *
   * @throws io.holdfast.server.http.ProblemException for whatever is wrong with it
   * @throws io.holdfast.vault.backend.BackendException for whatever is wrong with the storage
   */
  void receive(Request request) throws IOException, InterruptedException {
    try (var transfer = target.transfer();
        Quota.Room room = target.quota().room();
        Incoming incoming = target.files().receive(file)) {
      OptionalLong announced = request.length();
      long limit = SizeLimits.of(file.type());
      if (announced.isPresent() && announced.getAsLong() <= limit) {
        // Refused before it is sent, rather than when the disk has most of it.
        room.reach(announced.getAsLong());
      }
      MessageDigest sha256 = sha256();
      var size = new long[1];
      request.receive(
          limit,
          piece -> {
            size[0] += piece.remaining();
            room.reach(size[0]);
            sha256.update(piece.duplicate());
            incoming.write(piece);
          });
      requireContent(sha256);
      incoming.finish();
      room.keep();
      target.tally().stored(size[0]);
    }
  }

  /** The config has no name that says what it is to be; the client's key is what protects it. */
  private void requireContent(MessageDigest sha256) {
    String actual = HexFormat.of().formatHex(sha256.digest());
    if (file.id().isPresent() && !file.id().get().toString().equals(actual)) {
      throw TargetProblems.damaged();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
