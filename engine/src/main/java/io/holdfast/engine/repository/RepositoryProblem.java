package io.holdfast.engine.repository;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.run.RunId;
import java.util.Optional;

/**
 * Something in a repository that is not as it should be.
 *
 * @param code the sort of problem
 * @param run the backup concerned, if one is
 * @param subject which file, artifact or entry
 * @param message what is wrong with it
 */
public record RepositoryProblem(
    ErrorCode code, Optional<RunId> run, String subject, String message) {}
