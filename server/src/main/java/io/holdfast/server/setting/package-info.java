/**
 * Settings of the namespace {@code backup} that can be changed while the server runs.
 *
 * <p>A stored value goes before the environment, that before the configuration file, that before
 * the default. Begin with {@link io.holdfast.server.setting.BackupSettings}.
 */
@NullMarked
package io.holdfast.server.setting;

import org.jspecify.annotations.NullMarked;
