/**
 * Runs {@code bench/run}, {@code bench/serve} and {@code bench/vault} on a little data, so that
 * they are known to work when somebody measures. Begin with {@link io.holdfast.bench.BenchProgram}.
 */
@NullMarked
package io.holdfast.bench;

import org.jspecify.annotations.NullMarked;
