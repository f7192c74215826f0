/**
 * The contract of {@link io.holdfast.engine.file.FileLayer}, as tests on real files; and file
 * layers for tests, built on {@link io.holdfast.engine.file.ForwardingFileLayer}.
 *
 * <p>Uses {@code engine.file} and JUnit. Begin with {@link
 * io.holdfast.testkit.file.FileLayerContract}: extend it, supply the layer, and every operation is
 * tried for what it does and for what it refuses.
 */
@NullMarked
package io.holdfast.testkit.file;

import org.jspecify.annotations.NullMarked;
