/**
 * What every repository must pass: begin with {@link
 * io.holdfast.testkit.repository.RepositoryContract}.
 */
@NullMarked
package io.holdfast.testkit.repository;

import org.jspecify.annotations.NullMarked;
