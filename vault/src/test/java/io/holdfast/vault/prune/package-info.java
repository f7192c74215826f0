@NullMarked
package io.holdfast.vault.prune;

import org.jspecify.annotations.NullMarked;
