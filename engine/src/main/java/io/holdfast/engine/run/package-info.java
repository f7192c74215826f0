/**
 * What every run has: identifiers, a trigger, a status, phases, progress and cancellation.
 *
 * <p>Uses {@code error} only.
 */
@NullMarked
package io.holdfast.engine.run;

import org.jspecify.annotations.NullMarked;
