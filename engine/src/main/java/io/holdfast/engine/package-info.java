/**
 * The engine: what a backup is and how a run goes.
 *
 * <p>One package below this for each word of the product: components, backups, restores,
 * repositories, retention. It may use the JDK, JSON, YAML and zstd; it knows no HTTP, no SQL, no
 * cloud and no command line, and no store.
 */
@NullMarked
package io.holdfast.engine;

import org.jspecify.annotations.NullMarked;
