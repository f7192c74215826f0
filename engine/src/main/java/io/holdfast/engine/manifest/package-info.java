/**
 * The manifest: what a backup says of itself, and its form as JSON.
 *
 * <p>Uses {@code error}, {@code run}, {@code artifact} and {@code component} (names only).
 */
@NullMarked
package io.holdfast.engine.manifest;

import org.jspecify.annotations.NullMarked;
