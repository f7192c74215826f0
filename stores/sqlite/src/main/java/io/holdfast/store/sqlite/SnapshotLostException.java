package io.holdfast.store.sqlite;

import java.io.IOException;

/** The files are not what a snapshot was said to consist of; it has to be read through SQLite. */
final class SnapshotLostException extends IOException {
  private static final long serialVersionUID = 1L;

  SnapshotLostException(String why) {
    super(why);
  }
}
