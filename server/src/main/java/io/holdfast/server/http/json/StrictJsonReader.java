package io.holdfast.server.http.json;

import io.avaje.json.JsonReader;
import io.avaje.json.PropertyNames;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * Hands a document to the adapters of avaje-jsonb, and refuses what they would let pass: names that
 * are there twice, or that nobody knows; values of another type, or out of range; too many levels.
 * Always knows which field it is at. Used by one thread.
 */
final class StrictJsonReader implements JsonReader {
  private static final int MOST_LEVELS = 16;
  private static final int LONGEST_NAME = 100;

  /** Where it is within an object or an array. */
  private static final class Level {
    private final boolean isArray;
    private final Set<String> names = new HashSet<>();
    private boolean isFirst = true;
    private int index = -1;
    private String name = "";

    private Level(boolean isArray) {
      this.isArray = isArray;
    }
  }

  private final JsonCursor cursor;
  private final Deque<Level> levels = new ArrayDeque<>();

  StrictJsonReader(JsonCursor cursor) {
    this.cursor = cursor;
  }

  /** The field that was read last: {@code components[2].name}. Empty for the document. */
  @Override
  public String location() {
    var path = new StringBuilder();
    for (Iterator<Level> outermost = levels.descendingIterator(); outermost.hasNext(); ) {
      Level level = outermost.next();
      if (level.isArray) {
        path.append('[').append(Math.max(level.index, 0)).append(']');
      } else {
        path.append(path.isEmpty() || level.name.isEmpty() ? "" : ".").append(level.name);
      }
    }
    return path.toString();
  }

  @Override
  public Token currentToken() {
    return switch (cursor.peek()) {
      case '{' -> Token.BEGIN_OBJECT;
      case '[' -> Token.BEGIN_ARRAY;
      case '"' -> Token.STRING;
      case 't', 'f' -> Token.BOOLEAN;
      case 'n' -> Token.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Token.NUMBER;
      default -> throw cursor.malformed("a value is missing");
    };
  }

  @Override
  public void beginObject(PropertyNames names) {
    beginObject();
  }

  @Override
  public void beginObject() {
    demand(Token.BEGIN_OBJECT, "an object");
    cursor.expect('{');
    descend(new Level(false));
  }

  @Override
  public boolean hasNextField() {
    return hasNext('}');
  }

  @Override
  public String nextField() {
    Level level = levels.getFirst();
    String name = cursor.string();
    level.name = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    if (!level.names.add(name)) {
      throw fault("is there twice");
    }
    cursor.expect(':');
    return name;
  }

  @Override
  public void endObject() {
    end('}');
  }

  @Override
  public void beginArray() {
    demand(Token.BEGIN_ARRAY, "a list");
    cursor.expect('[');
    descend(new Level(true));
  }

  @Override
  public boolean hasNextElement() {
    levels.getFirst().index++;
    return hasNext(']');
  }

  @Override
  public void endArray() {
    end(']');
  }

  @Override
  public boolean isNullValue() {
    if (currentToken() != Token.NULL) {
      return false;
    }
    cursor.word("null");
    return true;
  }

  @Override
  public boolean readBoolean() {
    demand(Token.BOOLEAN, "true or false");
    boolean value = cursor.peek() == 't';
    cursor.word(value ? "true" : "false");
    return value;
  }

  @Override
  public int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw fault("is out of range");
    }
    return (int) value;
  }

  @Override
  public long readLong() {
    demand(Token.NUMBER, "a whole number");
    String number = cursor.number();
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      throw fault("must be a whole number that is not too large");
    }
  }

  @Override
  public double readDouble() {
    demand(Token.NUMBER, "a number");
    double value = Double.parseDouble(cursor.number());
    if (Double.isInfinite(value)) {
      throw fault("is out of range");
    }
    return value;
  }

  @Override
  public BigDecimal readDecimal() {
    demand(Token.NUMBER, "a number");
    try {
      return new BigDecimal(cursor.number());
    } catch (NumberFormatException e) {
      throw fault("is out of range");
    }
  }

  @Override
  public BigInteger readBigInteger() {
    demand(Token.NUMBER, "a whole number");
    try {
      return new BigInteger(cursor.number());
    } catch (NumberFormatException e) {
      throw fault("must be a whole number");
    }
  }

  @Override
  public String readString() {
    demand(Token.STRING, "text");
    return cursor.string();
  }

  @Override
  public byte[] readBinary() {
    try {
      return Base64.getDecoder().decode(readString());
    } catch (IllegalArgumentException e) {
      throw fault("must be Base64");
    }
  }

  @Override
  public String readRaw() {
    cursor.peek();
    int begin = cursor.position();
    skipValue();
    return cursor.since(begin);
  }

  @Override
  public void skipValue() {
    switch (currentToken()) {
      case BEGIN_OBJECT -> {
        beginObject();
        while (hasNextField()) {
          nextField();
          skipValue();
        }
        endObject();
      }
      case BEGIN_ARRAY -> {
        beginArray();
        while (hasNextElement()) {
          skipValue();
        }
        endArray();
      }
      case STRING -> cursor.string();
      case BOOLEAN -> readBoolean();
      case NULL -> cursor.word("null");
      case NUMBER -> cursor.number();
    }
  }

  @Override
  public void unmappedField(String fieldName) {
    throw fault("is not known");
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new UnsupportedOperationException("there is nothing below");
  }

  @Override
  public void close() {}

  /** Something is wrong with the field that was read last. */
  JsonFault fault(String what) {
    String where = location();
    return new JsonFault((where.isEmpty() ? "The body" : "'" + where + "'") + " " + what);
  }

  private void demand(Token wanted, String words) {
    if (currentToken() != wanted) {
      throw fault("must be " + words);
    }
  }

  private void descend(Level level) {
    if (levels.size() == MOST_LEVELS) {
      throw fault("is nested too deeply");
    }
    levels.addFirst(level);
  }

  private boolean hasNext(char end) {
    Level level = levels.getFirst();
    if (level.isFirst) {
      level.isFirst = false;
      return cursor.peek() != end;
    }
    return cursor.take(',');
  }

  private void end(char bracket) {
    if (!cursor.take(bracket)) {
      throw cursor.malformed("',' or '" + bracket + "' is missing");
    }
    levels.removeFirst();
  }
}
