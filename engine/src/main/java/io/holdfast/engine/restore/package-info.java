/**
 * Restores: validate, verify, open, take a safety backup, stage everything, commit everything or
 * roll everything back.
 *
 * <p>Uses {@code backup} for the safety backup, and all that it uses.
 */
@NullMarked
package io.holdfast.engine.restore;

import org.jspecify.annotations.NullMarked;
