/** Tests of tokens. */
@NullMarked
package io.holdfast.server.security;

import org.jspecify.annotations.NullMarked;
