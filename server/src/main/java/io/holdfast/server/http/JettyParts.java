package io.holdfast.server.http;

/** What {@link JettyServer} is made of. */
record JettyParts(
    Dispatcher dispatcher,
    AnswerWriter writer,
    UnderWay underWay,
    CorrelationIds ids,
    AccessLog access,
    ErrorLog errors,
    HttpLimits limits) {}
