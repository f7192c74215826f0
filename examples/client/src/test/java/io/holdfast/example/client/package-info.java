/** A client that a generator made from the OpenAPI document, and nothing else of Holdfast's. */
@NullMarked
package io.holdfast.example.client;

import org.jspecify.annotations.NullMarked;
