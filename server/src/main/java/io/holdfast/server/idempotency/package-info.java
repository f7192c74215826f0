/**
 * One run for one idempotency key (P10).
 *
 * <p>Begin with {@link io.holdfast.server.idempotency.Idempotency}.
 */
@NullMarked
package io.holdfast.server.idempotency;

import org.jspecify.annotations.NullMarked;
