/**
 * Faults on demand: a file layer that fails, tears a write, fills up or "loses power" at exactly
 * the operation that a test names.
 *
 * <p>Uses {@code engine.file} only. Begin with {@link io.holdfast.testkit.fault.FaultFileLayer}.
 *
 * <p>The exhaustive form of a test: run with {@link
 * io.holdfast.testkit.fault.FaultPlan#crashBefore}(k) for k = 1, 2, 3 … until {@link
 * io.holdfast.testkit.fault.FaultFileLayer#struck} stays false.
 */
@NullMarked
package io.holdfast.testkit.fault;

import org.jspecify.annotations.NullMarked;
