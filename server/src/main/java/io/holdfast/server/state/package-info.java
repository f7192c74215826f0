/**
 * The state database: runs, idempotency keys, settings, tokens, audit.
 *
 * <p>Lies outside of everything that a restore replaces; losing it loses history and nothing that a
 * restore needs (P11). Begin with {@link io.holdfast.server.state.StateDatabase}.
 */
@NullMarked
package io.holdfast.server.state;

import org.jspecify.annotations.NullMarked;
