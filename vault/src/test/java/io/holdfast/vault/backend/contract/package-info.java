/**
 * The suite that every backend and every decorator passes. Begin with {@link
 * io.holdfast.vault.backend.contract.BackendContract}.
 */
@NullMarked
package io.holdfast.vault.backend.contract;

import org.jspecify.annotations.NullMarked;
