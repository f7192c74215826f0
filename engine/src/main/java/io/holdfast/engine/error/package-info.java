/**
 * The one family of errors. Uses nothing else of Holdfast. Begin with {@link
 * io.holdfast.engine.error.HoldfastException}.
 */
@NullMarked
package io.holdfast.engine.error;

import org.jspecify.annotations.NullMarked;
