/** Tests of the decorators of backends, and backends for tests. */
@NullMarked
package io.holdfast.vault.backend;

import org.jspecify.annotations.NullMarked;
