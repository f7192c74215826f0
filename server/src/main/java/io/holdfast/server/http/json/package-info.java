/**
 * Reads JSON that strangers send. Begin with {@link io.holdfast.server.http.json.JsonBody}.
 *
 * <p>The adapters that avaje-jsonb generates bind a document to a record; they ask a {@code
 * JsonReader} for its parts. The library's own reader is made for friends: it takes {@code
 * 99999999999} for an int and makes 1215752191 of it, takes {@code "5"} for 5, the last of two
 * equal names, documents with missing commas or with anything behind them, bytes that are no UTF-8,
 * and as many levels as the stack has. {@code failOnUnknown} and {@code failOnNullPrimitives} are
 * all that it can be made to refuse. So the adapters are given a reader of ours.
 */
@NullMarked
package io.holdfast.server.http.json;

import org.jspecify.annotations.NullMarked;
