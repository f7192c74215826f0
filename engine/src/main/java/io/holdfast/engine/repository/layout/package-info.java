/**
 * Where everything lies in a directory that holds backups, and the work on one that is under way: a
 * repository of kind {@code directory}, and what other kinds keep on this machine while they write.
 * Names and paths without I/O, records of runs that failed, and what a failed operation there
 * means.
 *
 * <p>Uses {@code error}, {@code file}, {@code run}, {@code artifact}, {@code manifest} and {@code
 * transfer}.
 */
@NullMarked
package io.holdfast.engine.repository.layout;

import org.jspecify.annotations.NullMarked;
