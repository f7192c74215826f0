/**
 * The installation: what is protected, where its backups go, its lock, its sequence of runs, and
 * the checks that its parts do not lie inside one another.
 */
@NullMarked
package io.holdfast.engine.installation;

import org.jspecify.annotations.NullMarked;
