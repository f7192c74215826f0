package io.holdfast.server.target;

import io.holdfast.server.http.Access;
import io.holdfast.server.http.Handler;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import io.holdfast.server.http.Routes;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The routes of restic's REST protocol, below {@code /targets/NAME/}. Whoever has a token of a
 * target may make it, read it and add to it; what is there is never replaced, and deleted only with
 * a token that was made for that, but for locks.
 *
 * <p>They are no part of the API that the OpenAPI document describes: that protocol is not ours to
 * change, and has a document of its own.
 */
public final class TargetRoutes {
  /** Where targets lie. */
  public static final String BASE = "/targets/";

  private static final String ROOT = BASE + "{target}/";
  private static final String CONFIG = ROOT + "config";
  private static final String LIST = ROOT + "{type}/";
  private static final String FILE = ROOT + "{type}/{name}";

  private final Targets targets;
  private final TargetActs acts;

  private TargetRoutes(Targets targets, TargetActs acts) {
    this.targets = targets;
    this.acts = acts;
  }

  /** The routes of these targets, in addition to others. */
  public static Routes added(Routes routes, Targets targets, TargetActs acts) {
    var its = new TargetRoutes(targets, acts);
    return routes
        .add(
            new Routes.Route(
                "POST", ROOT, Access.TARGET, Set.of("create"), its.handler(its::create)))
        .add("DELETE", ROOT, Access.TARGET, its.handler(its::destroy))
        .add("GET", CONFIG, Access.TARGET, its.ofConfig(its::get))
        .add(uploads(CONFIG, its.ofConfig(its::post)))
        .add("DELETE", CONFIG, Access.TARGET, its.ofConfig(its::delete))
        .add("GET", LIST, Access.TARGET, its.handler(its::list))
        .add("GET", FILE, Access.TARGET, its.ofFile(its::get))
        .add(uploads(FILE, its.ofFile(its::post)))
        .add("DELETE", FILE, Access.TARGET, its.ofFile(its::delete));
  }

  private static Routes.Route uploads(String template, Handler handler) {
    return new Routes.Route(
        "POST", template, Access.TARGET, Set.of(), Routes.Body.STREAMED, handler);
  }

  /** Answers a request of somebody who may use this target. */
  @FunctionalInterface
  private interface Answer {
    Response to(Request request, Target target) throws Exception;
  }

  /** The same for a request about one file. */
  @FunctionalInterface
  private interface FileAnswer {
    Response to(Request request, Target target, FileId file) throws Exception;
  }

  private Handler ofConfig(FileAnswer answer) {
    return handler((request, target) -> answer.to(request, target, FileId.CONFIG));
  }

  private Handler ofFile(FileAnswer answer) {
    return handler((request, target) -> answer.to(request, target, file(request)));
  }

  private Handler handler(Answer answer) {
    return request -> {
      String name = request.caller().scope().orElseThrow(TargetProblems::otherTarget).target();
      if (!name.equals(request.variable("target"))) {
        throw TargetProblems.otherTarget();
      }
      Target target = targets.get(name);
      var answered = new Response[1];
      Guarded.<Exception>run(target, () -> answered[0] = answer.to(request, target));
      return answered[0];
    };
  }

  private Response create(Request request, Target target) throws Exception {
    if (!request.query("create").equals(Optional.of("true"))) {
      throw new ProblemException(ProblemCode.BAD_REQUEST, "A target is made by ?create=true");
    }
    if (targets.create(target)) {
      acts.created(request, target);
    }
    return new Response.Empty(200);
  }

  /** Whoever wants to be rid of one removes its directory, on this machine. */
  private Response destroy(Request request, Target target) {
    throw new ProblemException(
        ProblemCode.FORBIDDEN,
        "A target as a whole is removed by its server's administrator alone");
  }

  private Response get(Request request, Target target, FileId file) throws Exception {
    return new TargetDownload(target, file).answer(request);
  }

  private Response list(Request request, Target target) {
    return new TargetList(target, type(request)).answer(request);
  }

  private Response post(Request request, Target target, FileId file) throws Exception {
    try {
      new TargetUpload(target, file).receive(request);
    } catch (Exception e) {
      acts.notStored(request, target, file, e);
      throw e;
    }
    target.hasRoom();
    return new Response.Empty(200);
  }

  private Response delete(Request request, Target target, FileId file) throws Exception {
    boolean deletes = request.caller().scope().orElseThrow().deletes();
    if (!deletes && file.type() != FileType.LOCK) {
      throw TargetProblems.appendOnly();
    }
    target.quota().delete(file);
    target.tally().deleted();
    acts.deleted(request, target, file);
    return new Response.Empty(200);
  }

  private static FileId file(Request request) {
    FileType type = type(request);
    String name = request.variable("name");
    if (!ContentId.isName(name)) {
      throw TargetProblems.missing();
    }
    return FileId.of(type, ContentId.parse(name));
  }

  private static FileType type(Request request) {
    return Arrays.stream(FileType.values())
        .filter(type -> type != FileType.CONFIG && type.word().equals(request.variable("type")))
        .findFirst()
        .orElseThrow(TargetProblems::missing);
  }
}
