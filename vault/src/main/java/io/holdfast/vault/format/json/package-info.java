/**
 * JSON as Go's {@code encoding/json} writes it, to the byte, and a strict and fast way to read it.
 * Works on arrays of bytes; knows no document.
 *
 * <p>Why not the library that reads manifests: names and the targets of links have to come out of
 * the text as bytes, an index has to be read without an object for each of its blobs, and every
 * error has to say where it is.
 */
@NullMarked
package io.holdfast.vault.format.json;

import org.jspecify.annotations.NullMarked;
