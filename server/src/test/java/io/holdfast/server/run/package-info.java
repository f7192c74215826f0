/** Tests of runs and what is remembered of them. */
@NullMarked
package io.holdfast.server.run;

import org.jspecify.annotations.NullMarked;
