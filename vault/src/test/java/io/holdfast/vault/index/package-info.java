@NullMarked
package io.holdfast.vault.index;

import org.jspecify.annotations.NullMarked;
