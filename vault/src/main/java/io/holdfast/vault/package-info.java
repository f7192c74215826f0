/**
 * The vault: a repository that is deduplicated, compressed and encrypted, in the format of restic,
 * version 2, as that project's design document specifies it.
 *
 * <p>From the bottom up: {@code crypto} seals bytes, {@code chunk} cuts them, {@code format} knows
 * what every stored file looks like, {@code backend} keeps files on some storage, {@code pack} and
 * {@code index} find blobs in them. It may use the engine and the libraries named in its pom; it
 * knows no server, no command line and no store.
 *
 * <p>The invariants that hold at every instant, whoever dies:
 *
 * <ul>
 *   <li>A snapshot only refers to a tree that is stored durably, and a tree only to what is.
 *   <li>An index only names blobs of packs that are stored durably.
 *   <li>A pack goes only after every index that names it went.
 * </ul>
 *
 * <p>So writing goes packs, indexes, snapshot; reading lists snapshots first and indexes after.
 *
 * @see <a href="https://github.com/restic/restic/blob/master/doc/design.rst">the format</a>
 */
@NullMarked
package io.holdfast.vault;

import org.jspecify.annotations.NullMarked;
