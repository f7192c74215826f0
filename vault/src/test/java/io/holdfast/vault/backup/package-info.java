@NullMarked
package io.holdfast.vault.backup;

import org.jspecify.annotations.NullMarked;
