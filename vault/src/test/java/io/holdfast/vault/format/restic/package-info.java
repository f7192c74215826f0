/** The codecs held against restic itself: what it writes is read, and what is written it reads. */
@NullMarked
package io.holdfast.vault.format.restic;

import org.jspecify.annotations.NullMarked;
