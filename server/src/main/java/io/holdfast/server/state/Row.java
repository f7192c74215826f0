package io.holdfast.server.state;

import io.holdfast.engine.run.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of an answer, as values of Holdfast. What makes no sense as such a value is an {@link
 * IllegalArgumentException}.
 */
final class Row {
  /** Makes a record of a row. */
  interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  private final ResultSet columns;

  Row(ResultSet columns) {
    this.columns = columns;
  }

  String text(String column) throws SQLException {
    return required(column, optionalText(column));
  }

  Optional<String> optionalText(String column) throws SQLException {
    return Optional.ofNullable(columns.getString(column));
  }

  long number(String column) throws SQLException {
    return required(column, optionalNumber(column));
  }

  Optional<Long> optionalNumber(String column) throws SQLException {
    long value = columns.getLong(column);
    return columns.wasNull() ? Optional.empty() : Optional.of(value);
  }

  Instant instant(String column) throws SQLException {
    return Micros.toInstant(number(column));
  }

  Optional<Instant> optionalInstant(String column) throws SQLException {
    return optionalNumber(column).map(Micros::toInstant);
  }

  <E extends Enum<E>> E word(Class<E> words, String column) throws SQLException {
    return required(column, optionalWord(words, column));
  }

  <E extends Enum<E>> Optional<E> optionalWord(Class<E> words, String column) throws SQLException {
    return optionalText(column).map(word -> Enum.valueOf(words, word.toUpperCase(Locale.ROOT)));
  }

  Optional<RunId> optionalRun(String column) throws SQLException {
    return optionalText(column).map(RunId::new);
  }

  private static <T> T required(String column, Optional<T> value) {
    return value.orElseThrow(() -> new IllegalArgumentException("no value of " + column));
  }
}
