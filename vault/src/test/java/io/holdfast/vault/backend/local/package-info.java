/** Tests of a vault in a directory. */
@NullMarked
package io.holdfast.vault.backend.local;

import org.jspecify.annotations.NullMarked;
