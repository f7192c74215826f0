package io.holdfast.server.notify;

import java.time.Instant;
import java.util.Optional;

/**
 * A webhook at one moment, since the server started.
 *
 * @param delivered notifications that were accepted
 * @param failed notifications that were given up
 * @param dropped notifications that were never tried, since too many were waiting
 * @param waiting notifications that wait now
 * @param lastDelivered when the last one was accepted
 * @param lastFailure why the last one that failed did, if none was accepted since; tells neither
 *     address nor secret
 */
public record WebhookState(
    String name,
    long delivered,
    long failed,
    long dropped,
    int waiting,
    Optional<Instant> lastDelivered,
    Optional<String> lastFailure) {}
