/**
 * What every handler must do, as a suite to extend: {@link
 * io.holdfast.testkit.handler.HandlerContract}; and the sinks, sources and contexts with which a
 * handler is tested without a repository or an engine.
 */
@NullMarked
package io.holdfast.testkit.handler;

import org.jspecify.annotations.NullMarked;
