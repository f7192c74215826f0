/** Tests of how the JSON of strangers is read. */
@NullMarked
package io.holdfast.server.http.json;

import org.jspecify.annotations.NullMarked;
