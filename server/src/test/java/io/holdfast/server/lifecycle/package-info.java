/** Tests of how a server begins and what it does by itself. */
@NullMarked
package io.holdfast.server.lifecycle;

import org.jspecify.annotations.NullMarked;
