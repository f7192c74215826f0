package io.holdfast.cli.target;

import io.holdfast.server.document.ConfiguredComponentJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A component of the configuration, with what people are told of it beyond its document.
 *
 * @param lastBackup when the newest backup that holds it was begun
 * @param places where it lies
 */
public record ListedComponent(
    ConfiguredComponentJson document, Optional<Instant> lastBackup, List<String> places) {
  public ListedComponent {
    places = List.copyOf(places);
  }
}
