package io.holdfast.cli.remote;

import io.holdfast.cli.local.RecordedPlaces;
import io.holdfast.cli.target.ComponentListing;
import io.holdfast.cli.target.ListedComponent;
import io.holdfast.cli.target.ServerException;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.ComponentListJson;
import io.holdfast.server.document.ConfiguredComponentJson;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The components that a server protects. */
final class RemoteComponents {
  private final Api api;

  RemoteComponents(Api api) {
    this.api = api;
  }

  ComponentListing list() {
    Map<String, Optional<Instant>> begun = new HashMap<>();
    return new ComponentListing(
        configured().stream()
            .map(component ->
                new ListedComponent(
                    component,
                    Optional.ofNullable(component.lastRunId())
                        .flatMap(run -> begun.computeIfAbsent(run, this::begun))
                        .or(() -> Optional.ofNullable(component.lastInstant())),
                    places(component)))
            .toList(),
        List.of());
  }

  Map<String, List<String>> places() {
    var places = new LinkedHashMap<String, List<String>>();
    configured().forEach(component -> places.put(component.name(), places(component)));
    return places;
  }

  /**
   * Sees to it that components are configured.
   *
   * @throws HoldfastException {@code COMPONENT_NOT_FOUND}
   */
  void require(List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    List<String> configured = configured().stream().map(ConfiguredComponentJson::name).toList();
    for (String name : names) {
      if (!configured.contains(name)) {
        throw new HoldfastException(
            ErrorCode.COMPONENT_NOT_FOUND,
            "no component is called " + name,
            "Configured are: " + String.join(", ", configured) + ".");
      }
    }
  }

  private List<ConfiguredComponentJson> configured() {
    return api.get(ApiPath.of("admin", "components"), ComponentListJson.class).components();
  }

  /** When a backup was begun; nothing where it has gone meanwhile. */
  private Optional<Instant> begun(String run) {
    try {
      return Optional.of(
          api.get(ApiPath.of("admin", "backups", run), BackupJson.class).startedAt());
    } catch (HoldfastException | ServerException gone) {
      return Optional.empty();
    }
  }

  /** As the kind has it, where it is known here too. */
  private static List<String> places(ConfiguredComponentJson component) {
    List<String> places = RecordedPlaces.of(component.name(), component.kind(), component.source());
    return places.isEmpty() ? List.of("-") : places;
  }
}
