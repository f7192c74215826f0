package io.holdfast.server.state;

import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;
import java.util.function.Supplier;

/** User and password, read again for each connection: passwords change while a server runs. */
final class PostgresLogin implements HikariCredentialsProvider {
  /** The password could not be read. */
  static final class NoPasswordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoPasswordException(RuntimeException cause) {
      super("the password of the state database cannot be read", cause);
    }
  }

  private final String user;
  private final Supplier<String> password;

  PostgresLogin(String user, Supplier<String> password) {
    this.user = user;
    this.password = password;
  }

  @Override
  public Credentials getCredentials() {
    try {
      return Credentials.of(user, password.get());
    } catch (RuntimeException e) {
      throw new NoPasswordException(e);
    }
  }

  /** Pools put their configuration into logs. */
  @Override
  public String toString() {
    return user;
  }
}
