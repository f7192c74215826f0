/**
 * What the commands speak to: an installation, wherever it is. They give orders and get documents,
 * so that nothing that is shown depends on where it came from.
 *
 * <p>Implemented in {@code io.holdfast.cli.local} by the engine in this process, and in {@code
 * io.holdfast.cli.remote} by a server. Begin with {@link io.holdfast.cli.target.Target}.
 */
@NullMarked
package io.holdfast.cli.target;

import org.jspecify.annotations.NullMarked;
