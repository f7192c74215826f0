/**
 * Whether a storage keeps the promises of {@link io.holdfast.vault.backend.Backend}, for {@code
 * doctor repository}. Begin with {@link io.holdfast.vault.trial.StorageTrial}. Uses {@code
 * backend}.
 */
@NullMarked
package io.holdfast.vault.trial;

import org.jspecify.annotations.NullMarked;
