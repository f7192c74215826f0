package io.holdfast.engine.installation;

import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.ComponentKind;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.repository.RepositoryKind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The kinds of components and repositories that this process knows. Immutable. */
public final class Kinds {
  private final Map<String, ComponentKind> components;
  private final Map<String, RepositoryKind> repositories;

  private Kinds(Map<String, ComponentKind> components, Map<String, RepositoryKind> repositories) {
    this.components = components;
    this.repositories = repositories;
  }

  /** The kinds of all jars on the path. */
  public static Kinds onPath() {
    return of(
        ServiceLoader.load(ComponentKind.class).stream().map(ServiceLoader.Provider::get).toList(),
        ServiceLoader.load(RepositoryKind.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  /**
   * These kinds.
   *
   * @throws HoldfastException {@code CONFIGURATION_INVALID} if two have the same name: which one
   *     restores a backup must not depend on the order of jars
   */
  public static Kinds of(List<ComponentKind> components, List<RepositoryKind> repositories) {
    return new Kinds(
        byName("component", components, ComponentKind::name),
        byName("repository", repositories, RepositoryKind::name));
  }

  /** The kind of that name, if it is known. */
  public Optional<ComponentKind> component(String name) {
    return Optional.ofNullable(components.get(name));
  }

  /**
   * A handler made again from what {@link ComponentHandler#source} said when it was written down;
   * what was written down is enough, no configuration is needed (P11).
   *
   * @param origin where that stands, for messages
   * @param name the component
   * @throws HoldfastException {@code COMPONENT_NOT_FOUND} if the kind is not known here, {@code
   *     CONFIGURATION_INVALID} if it does not take these settings
   */
  public ComponentHandler recorded(
      String origin, ComponentName name, String kind, Map<String, String> source, FileLayer files) {
    ComponentKind known =
        component(kind)
            .orElseThrow(() ->
                new HoldfastException(
                    ErrorCode.COMPONENT_NOT_FOUND,
                    "component " + name + " is of kind " + kind + ", which is not known here",
                    "Put the jar of that kind on the path; known are "
                        + String.join(", ", componentNames())
                        + "."));
    var document = SettingsDocument.of(origin + ", component " + name, source);
    ComponentHandler handler = known.handler(document.settings(), files);
    document.done();
    return handler;
  }

  /** The kind of that name, if it is known. */
  public Optional<RepositoryKind> repository(String name) {
    return Optional.ofNullable(repositories.get(name));
  }

  /** The kind of the repository that an address means; empty if it is none of any kind. */
  public Optional<RepositoryKind> repositoryOf(String address) {
    return repositories.values().stream().filter(kind -> kind.isAddress(address)).findFirst();
  }

  /** In ascending order. */
  public Set<String> componentNames() {
    return Collections.unmodifiableSet(components.keySet());
  }

  /** In ascending order. */
  public Set<String> repositoryNames() {
    return Collections.unmodifiableSet(repositories.keySet());
  }

  private static <K> Map<String, K> byName(String what, List<K> kinds, Function<K, String> name) {
    var byName = new TreeMap<String, K>();
    for (K kind : kinds) {
      K other = byName.putIfAbsent(name.apply(kind), kind);
      if (other != null) {
        throw new HoldfastException(
            ErrorCode.CONFIGURATION_INVALID,
            "two kinds of "
                + what
                + " are called "
                + name.apply(kind)
                + ": "
                + other.getClass().getName()
                + " and "
                + kind.getClass().getName(),
            "Take one of the two jars off the path.");
      }
    }
    return byName;
  }
}
