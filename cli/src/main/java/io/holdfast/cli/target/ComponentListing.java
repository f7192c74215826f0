package io.holdfast.cli.target;

import java.util.List;

/**
 * The components of a configuration.
 *
 * @param warnings why not everything could be told
 */
public record ComponentListing(List<ListedComponent> components, List<String> warnings) {
  public ComponentListing {
    components = List.copyOf(components);
    warnings = List.copyOf(warnings);
  }
}
