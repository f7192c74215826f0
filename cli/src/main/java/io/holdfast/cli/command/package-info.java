/**
 * The commands: each reads its options, asks the engine, and shows what it answered, as text or as
 * a document of {@code io.holdfast.cli.json}. Begin with {@link
 * io.holdfast.cli.command.RootCommand} and {@link io.holdfast.cli.command.Session}.
 */
@NullMarked
package io.holdfast.cli.command;

import org.jspecify.annotations.NullMarked;
