package io.holdfast.cli.remote;

import io.holdfast.cli.target.Watch;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.RunJson;
import io.holdfast.server.document.SettingChangeJson;
import io.holdfast.server.document.SettingJson;
import io.holdfast.server.document.SettingListJson;
import io.holdfast.server.document.StatusJson;
import io.holdfast.server.document.TokenJson;
import io.holdfast.server.document.TokenListJson;
import io.holdfast.server.document.TokenOrderJson;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server: what it tells of itself, and what can be changed of it. Used by one command.
 *
 * <p>Everything throws {@link io.holdfast.cli.target.ServerException} if it cannot be asked or does
 * not answer, and {@link HoldfastException} for what the server's engine would have thrown here.
 */
public final class RemoteServer implements AutoCloseable {
  private final HttpConnection connection;
  private final Patience patience;
  private final Api api;
  private final Streams streams;

  private RemoteServer(HttpConnection connection, Patience patience) {
    this.connection = connection;
    this.patience = patience;
    this.api = new Api(connection, patience);
    this.streams = new Streams(api, connection);
  }

  /**
   * A server that is spoken to when it is asked for something.
   *
   * @param url where it is
   * @throws HoldfastException {@code USAGE} if that makes no sense, if there is no token, or if it
   *     would be sent where others can read it
   */
  public static RemoteServer at(String url, ServerChoice choice, Surroundings surroundings) {
    ServerAddress address = ServerAddress.parse(url);
    if (!address.isPrivate() && !choice.insecureHttp()) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "the token would be sent to " + address + " where everybody on the way can read it",
          "Use https://; or, if nobody can listen on that way, --insecure-http.");
    }
    Patience patience = Patience.of(surroundings);
    var connection =
        new HttpConnection(
            address,
            BearerToken.find(surroundings, choice.tokenFile()),
            choice
                .caFile()
                .or(() -> surroundings.variable("HOLDFAST_CA_FILE"))
                .map(file -> TrustedAuthorities.of(ClientFiles.resolve(surroundings, file))),
            patience);
    return new RemoteServer(connection, patience);
  }

  Api api() {
    return api;
  }

  Reading reading() {
    return new Reading(api, streams, patience);
  }

  RemoteRuns runs() {
    return new RemoteRuns(api, streams, patience, new SecureRandom());
  }

  /** How it is. */
  public StatusJson status() {
    return api.get(ApiPath.of("admin", "status"), StatusJson.class);
  }

  /**
   * Runs, newest first.
   *
   * @param limit at most so many; 0 for all
   */
  public List<RunJson> runs(int limit) {
    var runs = new ArrayList<RunJson>();
    new Pages(api)
        .runs(
            limit,
            run -> {
              runs.add(run);
              return limit == 0 || runs.size() < limit;
            });
    return List.copyOf(runs);
  }

  /** All about a run. */
  public RunJson run(String id) {
    return api.get(ApiPath.of("admin", "runs", id), RunJson.class);
  }

  /**
   * Asks a run to end.
   *
   * @return the run, which may not have ended yet
   */
  public RunJson cancel(String run) {
    return api.post(ApiPath.of("admin", "runs", run, "cancel"), null, RunJson.class);
  }

  /** Waits for the end of a run, which goes on whether or not somebody watches. */
  public RunJson watch(String run, Watch watch) {
    var persistence = new Persistence(patience, watch.cancellation());
    return new RunFollowing(api, streams, persistence, new RemoteProgress(watch)).await(run, false);
  }

  /** All settings. */
  public List<SettingJson> settings() {
    return api.get(ApiPath.of("settings", "backup"), SettingListJson.class).data();
  }

  /**
   * One setting.
   *
   * @param key with or without {@code backup.} at its beginning
   */
  public SettingJson setting(String key) {
    return api.get(settingPath(key), SettingJson.class);
  }

  /** Gives a setting another value. */
  public SettingJson set(String key, String value) {
    return api.put(settingPath(key), new SettingChangeJson(value), SettingJson.class);
  }

  /** Takes back the value that was set: what the server was started with holds again. */
  public SettingJson reset(String key) {
    return api.delete(settingPath(key), SettingJson.class);
  }

  private static ApiPath settingPath(String key) {
    String prefix = "backup.";
    return ApiPath.of(
        "settings", "backup", key.startsWith(prefix) ? key.substring(prefix.length()) : key);
  }

  /** All tokens, without their secrets. */
  public List<TokenJson> tokens() {
    return api.get(ApiPath.of("admin", "tokens"), TokenListJson.class).data();
  }

  /** Makes a token; the only time that its secret is told. */
  public TokenJson makeToken(TokenOrderJson order) {
    TokenJson made = api.post(ApiPath.of("admin", "tokens"), order, TokenJson.class);
    if (Optional.ofNullable(made.token()).orElse("").isEmpty()) {
      throw api.answers().invalid("with a token that has no secret", null);
    }
    return made;
  }

  /**
   * Ends a token.
   *
   * @return what the server warns of: that no admin is left
   */
  public Optional<String> revokeToken(String id) {
    return api.delete(ApiPath.of("admin", "tokens", id));
  }

  @Override
  public void close() {
    connection.close();
  }
}
