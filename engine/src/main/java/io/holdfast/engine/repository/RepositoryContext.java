package io.holdfast.engine.repository;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a repository works with besides its settings.
 *
 * @param files the file systems of this machine
 * @param clock the repository's own clock
 * @param state a directory of the installation on this machine, which may not be there yet
 * @param variables the value of a variable of the environment, or null: for secrets
 */
public record RepositoryContext(
    FileLayer files, Clock clock, FilePath state, UnaryOperator<@Nullable String> variables) {}
