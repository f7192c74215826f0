/**
 * An installation behind a server: the client of its REST API, and the only place that knows HTTP.
 * Nothing of it is loaded unless a server is named.
 *
 * <p>What a server says is not trusted: answers are limited in size and time, have to hold what
 * their documents say, and are made safe where they are shown. Begin with {@link
 * io.holdfast.cli.remote.RemoteTarget} and {@link io.holdfast.cli.remote.HttpConnection}.
 */
@NullMarked
package io.holdfast.cli.remote;

import org.jspecify.annotations.NullMarked;
