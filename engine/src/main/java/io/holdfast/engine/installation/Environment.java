package io.holdfast.engine.installation;

import io.holdfast.engine.file.FileLayer;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What the engine needs of the world, so that tests can be the world.
 *
 * @param files the only way to the file system
 * @param clock the time
 * @param random for identifiers; must be unpredictable in production, since two installations must
 *     not meet
 * @param host name of this machine, for records
 * @param softwareVersion version of Holdfast, for records
 */
public record Environment(
    FileLayer files, Clock clock, RandomGenerator random, String host, String softwareVersion) {}
