/** Tests of the catalogue. */
@NullMarked
package io.holdfast.server.catalogue;

import org.jspecify.annotations.NullMarked;
