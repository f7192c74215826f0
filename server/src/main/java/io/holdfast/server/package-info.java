/**
 * Holdfast as a server: beside a platform, or inside an application.
 *
 * <p>May use {@code engine}; knows no kind of component.
 */
@NullMarked
package io.holdfast.server;

import org.jspecify.annotations.NullMarked;
