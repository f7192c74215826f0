/** Tests of the HTTP layer, over real sockets wherever one is part of the promise. */
@NullMarked
package io.holdfast.server.http;

import org.jspecify.annotations.NullMarked;
