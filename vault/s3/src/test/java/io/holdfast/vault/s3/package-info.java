/** Tests of vaults in buckets, against stores that others wrote and one that misbehaves. */
@NullMarked
package io.holdfast.vault.s3;

import org.jspecify.annotations.NullMarked;
