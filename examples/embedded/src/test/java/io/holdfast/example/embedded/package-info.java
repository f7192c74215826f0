/** Tests of the example. */
@NullMarked
package io.holdfast.example.embedded;

import org.jspecify.annotations.NullMarked;
