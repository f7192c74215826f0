/**
 * Seals bytes so that nobody without the key can read them, or change them unnoticed: AES-256 in
 * counter mode and Poly1305-AES, with a master key that lies in the vault sealed by passwords.
 *
 * <p>Uses the JDK's ciphers, Bouncy Castle's scrypt and nothing else of Holdfast. Begin with {@link
 * io.holdfast.vault.crypto.KeyFile}, which yields a {@link io.holdfast.vault.crypto.MasterKey},
 * with which a {@link io.holdfast.vault.crypto.Sealer} works.
 *
 * @see <a
 *     href="https://github.com/restic/restic/blob/master/doc/design.rst#keys-encryption-and-mac">the
 *     format</a>
 */
@NullMarked
package io.holdfast.vault.crypto;

import org.jspecify.annotations.NullMarked;
