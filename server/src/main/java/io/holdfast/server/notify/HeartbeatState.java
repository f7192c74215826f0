package io.holdfast.server.notify;

import java.time.Instant;
import java.util.Optional;

/**
 * A heartbeat at one moment, since the server started.
 *
 * @param sent pings that were accepted
 * @param failed pings that were not, however often they were tried
 * @param withheld times at which not all was well, so that none was sent
 * @param lastSent when the last one was accepted
 */
public record HeartbeatState(long sent, long failed, long withheld, Optional<Instant> lastSent) {}
