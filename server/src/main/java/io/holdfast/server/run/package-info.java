/**
 * Runs as the server makes them: started by somebody, watched by many, remembered after their end.
 *
 * <p>Uses {@code engine}, {@code state} and {@code event}. Begin with {@link
 * io.holdfast.server.run.Runs}.
 */
@NullMarked
package io.holdfast.server.run;

import org.jspecify.annotations.NullMarked;
