/**
 * The testkit: contract tests that every handler and every repository must pass, third parties'
 * included, and the means to make storage fail, crash and lie.
 *
 * <p>It depends on the engine alone. A store names it in test scope, extends a contract suite and
 * supplies the fixture.
 */
@NullMarked
package io.holdfast.testkit;

import org.jspecify.annotations.NullMarked;
