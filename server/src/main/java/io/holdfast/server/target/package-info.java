/**
 * The server as a backup target: others keep their vaults here, by the REST protocol of restic,
 * versions 1 and 2. Each target is one vault in a directory of its own, laid out as restic lays out
 * a local one, so that on this machine it is opened without the server.
 *
 * <p>May use the vault's backends; it never knows what is in a file beyond its SHA-256, and has no
 * key to any. Begin with {@link io.holdfast.server.target.TargetRoutes}.
 *
 * @see <a href="https://github.com/restic/restic/blob/master/doc/REST_backend.rst">the protocol</a>
 */
@NullMarked
package io.holdfast.server.target;

import org.jspecify.annotations.NullMarked;
