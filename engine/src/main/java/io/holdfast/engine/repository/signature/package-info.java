/**
 * Signed backups: each new one carries a signature of its manifest and of the list of backups that
 * there are, so that a later look at the repository tells what was changed, exchanged or removed,
 * with nothing but the public key.
 *
 * <p>Begin with {@link io.holdfast.engine.repository.signature.ManifestSignature}, which says what
 * is signed; {@link io.holdfast.engine.repository.signature.SigningRepository} makes signatures and
 * {@link io.holdfast.engine.repository.signature.SignatureCheck} looks at them. Uses {@code
 * repository} and {@code manifest}.
 */
@NullMarked
package io.holdfast.engine.repository.signature;

import org.jspecify.annotations.NullMarked;
