/** Tests of seals and keys. */
@NullMarked
package io.holdfast.vault.crypto;

import org.jspecify.annotations.NullMarked;
