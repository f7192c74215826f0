@NullMarked
package io.holdfast.vault.pack;

import org.jspecify.annotations.NullMarked;
