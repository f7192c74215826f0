/**
 * The documents of the API, which are those of the command line's {@code --json} too. They are an
 * interface that clients and scripts depend on: a field is never renamed or removed, and never
 * changes its meaning; fields may be added.
 *
 * <p>Fields without a value are left out. Times are ISO-8601 in UTC, sizes bytes. Begin with {@link
 * io.holdfast.server.document.Documents}.
 */
@NullMarked
package io.holdfast.server.document;

import org.jspecify.annotations.NullMarked;
