/**
 * The listing of a tree: its form as JSON Lines, and the rules that every tree keeps.
 *
 * <p>Uses {@code error}, {@code artifact}, {@code manifest}'s strict JSON, {@code transfer}. Begin
 * with {@link io.holdfast.engine.repository.listing.ListingWriter}, which tells the format.
 */
@NullMarked
package io.holdfast.engine.repository.listing;

import org.jspecify.annotations.NullMarked;
