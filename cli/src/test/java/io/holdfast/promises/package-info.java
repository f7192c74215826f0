/**
 * The promises of the design, held against the whole: real kinds, the real repository, real files,
 * and faults at every operation or a real SIGKILL. Each test names the promises that it holds.
 *
 * <p>Here, since only {@code cli} may know all modules.
 */
@NullMarked
package io.holdfast.promises;

import org.jspecify.annotations.NullMarked;
