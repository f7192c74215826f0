/**
 * The store of SQLite databases: the kind {@code sqlite}.
 *
 * <p>It depends on the engine and the SQLite driver and is found through {@link
 * java.util.ServiceLoader}. Begin with {@link io.holdfast.store.sqlite.SqliteKind}; {@code
 * SnapshotCopy} says why a copy is consistent, and {@code LiveRestore} how a database is restored
 * that an application holds open.
 *
 * <p>One rule holds everywhere here: POSIX takes all locks of a process on a file away as soon as
 * the process closes any descriptor of it. So Holdfast, which may run inside the application, never
 * opens a live database or its {@code -shm} itself. SQLite does, or another process.
 */
@NullMarked
package io.holdfast.store.sqlite;

import org.jspecify.annotations.NullMarked;
