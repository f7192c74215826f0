/** The program whose format the vault has, for tests that ask it. */
@NullMarked
package io.holdfast.vault.restic;

import org.jspecify.annotations.NullMarked;
