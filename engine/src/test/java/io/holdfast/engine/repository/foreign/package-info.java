/** Tests of snapshots of other programs. */
@NullMarked
package io.holdfast.engine.repository.foreign;

import org.jspecify.annotations.NullMarked;
