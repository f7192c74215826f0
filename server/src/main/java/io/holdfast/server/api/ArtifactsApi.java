package io.holdfast.server.api;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.directory.archive.TreeTar;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/**
 * Artifacts to carry away: files as they are, trees as tar files. All that was protected may be in
 * them, so that it takes the role admin. Thread-safe.
 *
 * <p>A download lasts as long as its reader likes, and an open archive takes memory that backups
 * and restores need. So there are few at once.
 */
final class ArtifactsApi {
  private static final int BUFFER = 256 << 10;

  private static final int AT_ONCE = 2;

  /** A guess: nobody knows how slowly the others read. */
  private static final long RETRY_SECONDS = 30;

  private final Services services;
  private final Semaphore places = new Semaphore(AT_ONCE);

  ArtifactsApi(Services services) {
    this.services = services;
  }

  /**
   * Answers with an artifact.
   *
   * @throws ProblemException 429 if too many downloads are under way; so does the body, when others
   *     were faster
   */
  Response download(Request request) throws IOException {
    if (places.availablePermits() == 0) {
      throw tooMany();
    }
    RunId run = Identifiers.backup(request, services.catalogue());
    String component = Identifiers.text(request, "component");
    String name = Identifiers.text(request, "artifact");
    Artifact artifact = find(run, component, name);
    services
        .audit()
        .record(request, "backup.artifact", run + "/" + component + "/" + name, "started");
    return switch (artifact.type()) {
      case FILE ->
          new Response.Download(
              "application/octet-stream",
              Optional.of(name),
              OptionalLong.of(artifact.sizeBytes()),
              out -> read(run, component, source -> copy(source.file(name), out)));
      case TREE ->
          new Response.Download(
              "application/x-tar",
              Optional.of(name + ".tar"),
              OptionalLong.empty(),
              out -> read(run, component, source -> TreeTar.write(source, name, out)));
    };
  }

  private Artifact find(RunId run, String component, String name) {
    return services.engine().show(run).components().stream()
        .filter(record -> record.isRestorable() && record.name().value().equals(component))
        .flatMap(record -> record.artifacts().stream())
        .filter(artifact -> artifact.name().equals(name))
        .findFirst()
        .orElseThrow(() -> ApiProblems.notFound("the backup holds no such artifact"));
  }

  private interface Reading {
    void run(ArtifactSource source) throws IOException;
  }

  private void read(RunId run, String component, Reading reading) throws IOException {
    if (!places.tryAcquire()) {
      throw tooMany();
    }
    try (BackupReader reader = services.engine().open(run)) {
      reading.run(
          reader.artifactsFrugally(new ComponentName(component), new Cancellation(), bytes -> {}));
    } finally {
      places.release();
    }
  }

  private static ProblemException tooMany() {
    return new ProblemException(
        new Problem(
            ProblemCode.RATE_LIMITED,
            "at most " + AT_ONCE + " downloads at once",
            OptionalLong.of(RETRY_SECONDS)));
  }

  private static void copy(Content content, OutputStream out) throws IOException {
    byte[] bytes = new byte[BUFFER];
    try (Content.Reader reader = content.open()) {
      for (int count = reader.read(ByteBuffer.wrap(bytes));
          count >= 0;
          count = reader.read(ByteBuffer.wrap(bytes))) {
        out.write(bytes, 0, count);
      }
    }
  }
}
