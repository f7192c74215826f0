/** Tests of settings. */
@NullMarked
package io.holdfast.server.setting;

import org.jspecify.annotations.NullMarked;
