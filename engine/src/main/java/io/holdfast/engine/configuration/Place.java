package io.holdfast.engine.configuration;

/**
 * A place in a text.
 *
 * @param line from 1; 0 where there is no text
 * @param column in characters, from 1; 0 where there is no text
 */
record Place(int line, int column) {
  /** Of what was never written in a file. */
  static final Place NOWHERE = new Place(0, 0);
}
