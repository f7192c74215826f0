/**
 * Trees that are hard to protect ({@link io.holdfast.testkit.tree.TreeFixture}), and how to compare
 * trees ({@link io.holdfast.testkit.tree.TreeSnapshot}).
 */
@NullMarked
package io.holdfast.testkit.tree;

import org.jspecify.annotations.NullMarked;
