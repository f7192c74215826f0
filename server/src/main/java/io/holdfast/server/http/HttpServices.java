package io.holdfast.server.http;

import io.avaje.jsonb.Jsonb;
import io.holdfast.engine.file.FileLayer;
import java.util.random.RandomGenerator;

/**
 * What a server needs of the world.
 *
 * @param files for certificates and keys
 * @param random for correlation ids; asked by one thread at a time
 * @param jsonb writes documents, events and problems
 */
public record HttpServices(
    FileLayer files,
    RandomGenerator random,
    Jsonb jsonb,
    Authenticator authenticator,
    AccessLog access,
    ErrorLog errors) {}
