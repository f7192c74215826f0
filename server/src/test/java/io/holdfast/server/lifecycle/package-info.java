/** Tests of what a server does by itself, where it takes no whole server. */
@NullMarked
package io.holdfast.server.lifecycle;

import org.jspecify.annotations.NullMarked;
