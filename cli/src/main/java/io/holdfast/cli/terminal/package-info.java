/**
 * What people see: tables, sizes, ages, colours, progress, questions and errors. Nothing here knows
 * a command. Whatever comes from outside goes through {@link io.holdfast.cli.terminal.SafeText}.
 */
@NullMarked
package io.holdfast.cli.terminal;

import org.jspecify.annotations.NullMarked;
