/**
 * The server as its users meet it: started from a configuration, spoken to over HTTP.
 *
 * <p>Begin with {@link io.holdfast.server.acceptance.LiveServer}.
 */
@NullMarked
package io.holdfast.server.acceptance;

import org.jspecify.annotations.NullMarked;
