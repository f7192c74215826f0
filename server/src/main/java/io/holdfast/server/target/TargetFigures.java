package io.holdfast.server.target;

import java.util.OptionalLong;

/**
 * What was done at a target since the server started.
 *
 * @param receivedBytes of files that were stored
 * @param sentBytes of files that were read
 * @param stored files
 * @param deleted files
 * @param refusals requests that were answered with a problem, missing files not among them
 * @param usedBytes what it takes; empty unless there is a quota and it was counted
 */
public record TargetFigures(
    long receivedBytes,
    long sentBytes,
    long stored,
    long deleted,
    long refusals,
    OptionalLong usedBytes) {}
