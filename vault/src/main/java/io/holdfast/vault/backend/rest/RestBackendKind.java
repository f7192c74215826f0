package io.holdfast.vault.backend.rest;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.SecretInspection;
import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendKind;
import io.holdfast.vault.backend.Storage;
import io.holdfast.vault.backend.http.HttpChoice;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Servers of restic's REST protocol: {@code user} and {@code password_file}, {@code password_env}
 * or {@code password_command}; or {@code token_…} alike; and what {@link HttpChoice} reads. Without
 * any, {@code RESTIC_REST_USERNAME} and {@code RESTIC_REST_PASSWORD}, or {@code
 * HOLDFAST_REST_TOKEN}, if they are set.
 */
public final class RestBackendKind implements BackendKind {
  private static final String USER = "RESTIC_REST_USERNAME";
  private static final String PASSWORD = "RESTIC_REST_PASSWORD";
  private static final String TOKEN = "HOLDFAST_REST_TOKEN";

  /** For {@link java.util.ServiceLoader}. */
  public RestBackendKind() {}

  @Override
  public String scheme() {
    return "rest";
  }

  @Override
  public String form() {
    return "rest:https://HOST/PATH/";
  }

  @Override
  public Storage storage(String address, Settings settings, RepositoryContext context) {
    HttpChoice http = HttpChoice.read(settings, context);
    RestCredentials credentials = credentials(settings, context);
    RestSettings rest = RestSettings.of(uri(address), credentials);
    List<SecretSource> secrets =
        Stream.of("token", "password")
            .flatMap(name -> SecretSource.read(settings, name).stream())
            .toList();
    return new Storage() {
      @Override
      public List<Finding> inspect() {
        return secrets.stream()
            .flatMap(secret ->
                SecretInspection.of(
                    "credentials of the storage", secret, context.files(), context.variables())
                    .stream())
            .toList();
      }

      @Override
      public String location() {
        return scheme() + ":" + rest.address();
      }

      @Override
      public Backend open() {
        return new RestBackend(rest.over(http.settings(context)));
      }
    };
  }

  private URI uri(String address) {
    try {
      return URI.create(address);
    } catch (IllegalArgumentException hidden) {
      throw new IllegalArgumentException(form());
    }
  }

  private static RestCredentials credentials(Settings settings, RepositoryContext context) {
    Optional<SecretSource> token = SecretSource.read(settings, "token");
    Optional<SecretSource> password = SecretSource.read(settings, "password");
    Optional<String> user = settings.optionalText("user");
    if (user.isPresent() != password.isPresent()) {
      settings.problem(
          "user",
          user.isPresent() ? "a user without a password" : "a password without a user",
          "both, or none; a token goes without a user: token_file");
    }
    if (token.isPresent() && user.isPresent()) {
      settings.problem("user", "a user and a token", "one of them");
    }
    if (user.filter(name -> name.indexOf(':') >= 0).isPresent()) {
      settings.problem("user", "a colon in it", "a name without one");
      return new RestCredentials.Anonymous();
    }
    if (token.isPresent()) {
      return new RestCredentials.Bearer(fetching(token.get(), context));
    }
    return user.isPresent() && password.isPresent()
        ? new RestCredentials.Basic(user.get(), fetching(password.get(), context))
        : ofEnvironment(context);
  }

  private static RestCredentials ofEnvironment(RepositoryContext context) {
    String user = context.variables().apply(USER);
    if (user != null && user.indexOf(':') < 0 && context.variables().apply(PASSWORD) != null) {
      return new RestCredentials.Basic(
          user, fetching(new SecretSource.InEnvironment(PASSWORD), context));
    }
    return context.variables().apply(TOKEN) != null
        ? new RestCredentials.Bearer(fetching(new SecretSource.InEnvironment(TOKEN), context))
        : new RestCredentials.Anonymous();
  }

  private static Supplier<String> fetching(SecretSource source, RepositoryContext context) {
    return () -> source.fetch(context.files(), context.variables());
  }
}
