/** Runs {@code bench/run} on a little data, so that it is known to work when somebody measures. */
@NullMarked
package io.holdfast.bench;

import org.jspecify.annotations.NullMarked;
