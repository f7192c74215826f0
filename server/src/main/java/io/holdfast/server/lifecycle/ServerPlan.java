package io.holdfast.server.lifecycle;

import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.repository.Repository;
import io.holdfast.server.configuration.ServerSettings;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.setting.SettingKey;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a server is made of.
 *
 * @param repositoryAt the repository if its path were this text; throws {@code
 *     CONFIGURATION_INVALID} where it cannot be
 * @param written settings that stand in the configuration
 * @param variables the value of a variable of the environment, or null
 * @param http whether to listen at all
 * @param listeners who hears of everything that happens
 */
public record ServerPlan(
    Environment environment,
    Installation installation,
    Kinds kinds,
    ServerSettings settings,
    Function<String, Repository> repositoryAt,
    Map<SettingKey, String> written,
    UnaryOperator<@Nullable String> variables,
    boolean http,
    List<Consumer<ServerEvent>> listeners) {
  public ServerPlan {
    written = Map.copyOf(written);
    listeners = List.copyOf(listeners);
  }
}
