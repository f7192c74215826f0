/**
 * How a server begins, what it does by itself, and how it ends.
 *
 * <p>Puts all other packages of the server together. Begin with {@link
 * io.holdfast.server.lifecycle.Startup}.
 */
@NullMarked
package io.holdfast.server.lifecycle;

import org.jspecify.annotations.NullMarked;
