package io.holdfast.server.state;

import io.holdfast.engine.run.RunId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Values of Holdfast as parameters of a statement. */
final class Parameters {
  private Parameters() {}

  /**
   * @throws IllegalStateException if there is a value of a type that is never stored
   */
  static void bind(PreparedStatement statement, List<?> values) throws SQLException {
    int index = 1;
    for (Object value : values) {
      bind(statement, index++, value);
    }
  }

  private static void bind(PreparedStatement statement, int index, Object value)
      throws SQLException {
    switch (value) {
      case String text -> statement.setString(index, storable(text));
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case Instant instant -> statement.setLong(index, Micros.of(instant));
      case Enum<?> word -> statement.setString(index, word.name().toLowerCase(Locale.ROOT));
      case RunId run -> statement.setString(index, run.value());
      case Optional<?> optional when optional.isPresent() -> bind(statement, index, optional.get());
      case Optional<?> _ -> statement.setNull(index, Types.NULL);
      default -> throw new IllegalStateException("never stored: " + value.getClass());
    }
  }

  /**
   * PostgreSQL refuses NUL in a text, and an act must be recorded whatever its caller put into it.
   */
  private static String storable(String text) {
    return text.replace('\0', '\ufffd');
  }
}
