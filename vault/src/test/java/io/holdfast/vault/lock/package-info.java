@NullMarked
package io.holdfast.vault.lock;

import org.jspecify.annotations.NullMarked;
