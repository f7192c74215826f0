/**
 * A vault in a bucket of an object store that speaks S3, laid out as restic lays it out. Begin with
 * {@link io.holdfast.vault.s3.S3Backend}; {@link io.holdfast.vault.s3.S3BackendKind} makes one from
 * a configuration. Uses the vault's {@code backend} and {@code backend.http}, and no other library:
 * docs/decisions/s3-without-an-sdk.md says why.
 */
@NullMarked
package io.holdfast.vault.s3;

import org.jspecify.annotations.NullMarked;
