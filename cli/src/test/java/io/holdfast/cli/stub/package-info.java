/**
 * A server for tests of the client: {@link io.holdfast.cli.stub.StubServer} says what it is told
 * to, {@link io.holdfast.cli.stub.StubApi} makes it speak for an engine.
 */
@NullMarked
package io.holdfast.cli.stub;

import org.jspecify.annotations.NullMarked;
