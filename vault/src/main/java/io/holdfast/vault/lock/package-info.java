/**
 * Who is at work on a vault: the lock files of the format. Begin with {@link
 * io.holdfast.vault.lock.VaultLocks}. Uses {@code format} and {@code backend}.
 */
@NullMarked
package io.holdfast.vault.lock;

import org.jspecify.annotations.NullMarked;
