/**
 * An application that protects its own state: Holdfast inside it, described in code.
 *
 * <p>Begin with {@link io.holdfast.example.embedded.Shop}.
 */
@NullMarked
package io.holdfast.example.embedded;

import org.jspecify.annotations.NullMarked;
