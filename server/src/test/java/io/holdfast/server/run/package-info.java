@NullMarked
package io.holdfast.server.run;

import org.jspecify.annotations.NullMarked;
