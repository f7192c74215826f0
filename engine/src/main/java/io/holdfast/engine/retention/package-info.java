/** Which backups to keep: pure functions over manifests. */
@NullMarked
package io.holdfast.engine.retention;

import org.jspecify.annotations.NullMarked;
