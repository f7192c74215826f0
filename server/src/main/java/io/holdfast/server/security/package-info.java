/**
 * Who may do what: tokens, and the record of what was done with them.
 *
 * <p>Begin with {@link io.holdfast.server.security.Tokens}.
 */
@NullMarked
package io.holdfast.server.security;

import org.jspecify.annotations.NullMarked;
