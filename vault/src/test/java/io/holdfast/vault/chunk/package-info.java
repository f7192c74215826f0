/** Tests of cutting. */
@NullMarked
package io.holdfast.vault.chunk;

import org.jspecify.annotations.NullMarked;
