/**
 * A vault in a directory, laid out as restic lays it out. Begin with {@link
 * io.holdfast.vault.backend.local.LocalBackend}.
 *
 * @see <a href="https://github.com/restic/restic/blob/master/doc/design.rst">the layout</a>
 */
@NullMarked
package io.holdfast.vault.backend.local;

import org.jspecify.annotations.NullMarked;
