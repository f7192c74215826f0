/**
 * Telling others over HTTP: webhooks on events, and a heartbeat while all is well.
 *
 * <p>Nothing here can harm a run or delay it (P12): whoever has something to tell hands it over and
 * goes on. Addresses may be secrets as much as keys are, so neither is ever logged. Begin with
 * {@link io.holdfast.server.notify.Webhooks}.
 */
@NullMarked
package io.holdfast.server.notify;

import org.jspecify.annotations.NullMarked;
