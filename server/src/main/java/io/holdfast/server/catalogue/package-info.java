/**
 * The backups of the repository as the API shows them: pages of very many, names looked up.
 *
 * <p>Derived from the repository alone and never stored. Begin with {@link
 * io.holdfast.server.catalogue.Catalogue}.
 */
@NullMarked
package io.holdfast.server.catalogue;

import org.jspecify.annotations.NullMarked;
