package io.holdfast.server.api;

import io.holdfast.server.document.TokenJson;
import io.holdfast.server.document.TokenListJson;
import io.holdfast.server.document.TokenOrderJson;
import io.holdfast.server.http.Access;
import io.holdfast.server.http.Caller;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import io.holdfast.server.security.Tokens;
import io.holdfast.server.state.StateException;
import io.holdfast.server.state.TokenStore;
import io.holdfast.server.state.TokenStore.Token;
import io.holdfast.server.target.TargetName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API tokens: made, listed, revoked. */
final class TokensApi {
  /** Text for people, of something that was done and has a consequence. */
  private static final String WARNING = "Holdfast-Warning";

  private static final String NO_ADMIN =
      "no token with the role admin that never expires is left; the next start of the server puts a"
          + " new one into its state directory";

  private static final int MOST_DAYS = 3650;

  private final Services services;

  TokensApi(Services services) {
    this.services = services;
  }

  Response list(Request request) {
    return new Response.Document(
        200,
        new TokenListJson(
            services.tokens().all().stream().map(token -> document(token, null)).toList()));
  }

  Response make(Request request) {
    TokenOrderJson order = services.json().read(request, TokenOrderJson.class);
    if (order.name() == null) {
      throw ApiProblems.invalid("name: what the token is to be called");
    }
    Access role =
        Optional.ofNullable(order.role())
            .flatMap(Tokens::role)
            .orElseThrow(() -> ApiProblems.invalid("role: one of target, viewer, operator, admin"));
    Optional<Caller.Scope> scope = scope(order, role);
    Optional<Instant> expiry = expiry(order.expiresInDays());
    Tokens.Made made =
        scope.isPresent()
            ? services.tokens().make(order.name(), scope.get(), expiry)
            : services.tokens().make(order.name(), role, expiry);
    String outcome =
        "role " + role.word() + scope.map(its -> " of " + its.target() + words(its)).orElse("");
    services.audit().record(request, "token.make", made.token().name(), outcome);
    return new Response.Document(201, document(made.token(), made.secret().reveal()));
  }

  private Optional<Caller.Scope> scope(TokenOrderJson order, Access role) {
    if (role != Access.TARGET) {
      if (order.target() != null || order.allowDelete() != null) {
        throw ApiProblems.invalid("target, allow_delete: only with the role target");
      }
      return Optional.empty();
    }
    if (order.target() == null || !TargetName.isOne(order.target())) {
      throw ApiProblems.invalid("target: " + TargetName.IN_WORDS);
    }
    if (!services.isTarget()) {
      throw ApiProblems.invalid(
          "role: this server takes no vaults of others, since server.target is not configured");
    }
    return Optional.of(new Caller.Scope(order.target(), Boolean.TRUE.equals(order.allowDelete())));
  }

  private static String words(Caller.Scope scope) {
    return scope.deletes() ? ", with deletion" : ", append-only";
  }

  Response revoke(Request request) {
    String id = Identifiers.text(request, "id");
    if (!services.tokens().revoke(id)) {
      throw ApiProblems.notFound("there is no token of that id, or it was revoked before");
    }
    services.audit().record(request, "token.revoke", id, "completed");
    return new Response.Empty(204, isAdminLeft() ? Map.of() : Map.of(WARNING, NO_ADMIN));
  }

  private boolean isAdminLeft() {
    try {
      return services.tokens().isAdminLeft();
    } catch (StateException unanswered) {
      // The token is revoked, which is what was asked.
      return true;
    }
  }

  private Optional<Instant> expiry(@Nullable Integer days) {
    if (days == null) {
      return Optional.empty();
    }
    if (days < 1 || days > MOST_DAYS) {
      throw ApiProblems.invalid("expires_in_days: a whole number from 1 to " + MOST_DAYS);
    }
    return Optional.of(services.clock().instant().plus(Duration.ofDays(days)));
  }

  private static TokenJson document(Token token, @Nullable String secret) {
    return new TokenJson(
        token.id(),
        token.name(),
        token.role(),
        token.createdAt(),
        token.expiresAt().orElse(null),
        token.revokedAt().orElse(null),
        token.target().map(TokenStore.Target::name).orElse(null),
        token.target().map(TokenStore.Target::deletes).orElse(null),
        secret);
  }
}
