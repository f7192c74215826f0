/**
 * The demonstration: a platform is backed up while it works, destroyed, restored, and compared with
 * what must be there. It goes through the same engine and the same configuration as a user's own
 * commands, and trusts nothing of what it shows: what the rows must be follows from what the
 * platform acknowledged, and what the files must be was recorded before.
 *
 * <p>Begin reading at {@link io.holdfast.cli.demo.Demo}.
 */
@NullMarked
package io.holdfast.cli.demo;

import org.jspecify.annotations.NullMarked;
