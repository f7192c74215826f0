/**
 * A real PostgreSQL server for tests, where one is installed: a private cluster in a temporary
 * directory that ends with the JVM, however that ends.
 *
 * <p>Uses JUnit and no driver. Begin with {@link io.holdfast.testkit.postgres.PostgresExtension}.
 */
@NullMarked
package io.holdfast.testkit.postgres;

import org.jspecify.annotations.NullMarked;
