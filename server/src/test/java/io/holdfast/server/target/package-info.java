/** The server as a backup target, from outside: restic, Holdfast's own backend, hostile clients. */
@NullMarked
package io.holdfast.server.target;

import org.jspecify.annotations.NullMarked;
