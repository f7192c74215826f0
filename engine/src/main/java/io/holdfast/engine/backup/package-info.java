/**
 * Backup runs: capture every component, transfer them in parallel, verify, publish by one atomic
 * step.
 *
 * <p>Begin with {@link io.holdfast.engine.backup.BackupRun}.
 */
@NullMarked
package io.holdfast.engine.backup;

import org.jspecify.annotations.NullMarked;
