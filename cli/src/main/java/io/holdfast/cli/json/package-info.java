/**
 * The documents of {@code --json}. They are an interface that scripts depend on: a field is never
 * renamed or removed, and never changes its meaning, without a new number in the document's {@code
 * schema}; fields may be added. docs/cli-json.md describes them, and a test holds it to these
 * records.
 *
 * <p>Fields without a value are left out. Times are ISO-8601 in UTC, sizes bytes.
 */
@NullMarked
package io.holdfast.cli.json;

import org.jspecify.annotations.NullMarked;
