@NullMarked
package io.holdfast.vault;

import org.jspecify.annotations.NullMarked;
