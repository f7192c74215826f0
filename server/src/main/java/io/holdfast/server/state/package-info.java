/**
 * The state database: runs, idempotency keys, settings, tokens, audit.
 *
 * <p>Lies outside of everything that a restore replaces; losing it loses history and nothing that a
 * restore needs (P11). Begin with {@link io.holdfast.server.state.StateDatabase}, which {@link
 * io.holdfast.server.state.StateDatabases} opens.
 *
 * <p>Uses {@code engine.file}, {@code engine.run} and {@code engine.error}. A store is a class
 * named after its table; {@code Sql} runs their statements, a {@code Backend} has the connections,
 * and {@code db/state} holds the migrations.
 */
@NullMarked
package io.holdfast.server.state;

import org.jspecify.annotations.NullMarked;
