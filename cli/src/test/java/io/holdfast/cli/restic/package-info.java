/** The command line on repositories that restic wrote, and restic on those of Holdfast. */
@NullMarked
package io.holdfast.cli.restic;

import org.jspecify.annotations.NullMarked;
