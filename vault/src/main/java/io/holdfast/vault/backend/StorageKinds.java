package io.holdfast.vault.backend;

import io.holdfast.engine.configuration.Likeness;
import io.holdfast.engine.configuration.Problem;
import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.vault.backend.local.LocalBackend;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The sorts of storage that this process knows: a directory, and those of all jars. Immutable. */
public final class StorageKinds {
  private static final String URL = "url";
  private static final String PATH = "path";

  private final Supplier<List<BackendKind>> kinds;

  private StorageKinds(Supplier<List<BackendKind>> kinds) {
    this.kinds = kinds;
  }

  /** These, besides directories. */
  public static StorageKinds of(List<BackendKind> kinds) {
    List<BackendKind> all = List.copyOf(kinds);
    return new StorageKinds(() -> all);
  }

  /** Those of all jars on the path, looked for when one is needed: most starts need none. */
  public static StorageKinds onPath() {
    return new StorageKinds(() ->
        ServiceLoader.load(BackendKind.class).stream().map(ServiceLoader.Provider::get).toList());
  }

  private Map<String, BackendKind> byScheme() {
    var byScheme = new TreeMap<String, BackendKind>();
    for (BackendKind kind : kinds.get()) {
      BackendKind other = byScheme.putIfAbsent(kind.scheme(), kind);
      if (other != null) {
        throw new HoldfastException(
            ErrorCode.CONFIGURATION_INVALID,
            "two sorts of storage are called "
                + kind.scheme()
                + ": "
                + other.getClass().getName()
                + " and "
                + kind.getClass().getName(),
            "Take one of the two jars off the path.");
      }
    }
    return byScheme;
  }

  /** Whether an address is one of a storage, rather than a path; looks at the text alone. */
  public boolean isAddress(String text) {
    int colon = text.indexOf(':');
    return colon > 0 && byScheme().containsKey(text.substring(0, colon));
  }

  /**
   * Reads {@code path}, or {@code url} and {@code storage}.
   *
   * @return empty only after a problem was reported
   */
  public Optional<Storage> read(Settings settings, RepositoryContext context) {
    Optional<String> url = settings.optionalText(URL);
    Settings storage = settings.section("storage");
    if (url.isEmpty()) {
      if (!settings.has(PATH)) {
        settings.problem(PATH, "nothing", "a directory, or 'url': the address of a storage");
        return Optional.empty();
      }
      return settings.optionalPath(PATH).map(path -> new Directory(path, context));
    }
    if (settings.has(PATH)) {
      settings.problem(URL, "path and url", "one of them");
    }
    int colon = url.get().indexOf(':');
    Map<String, BackendKind> kinds = byScheme();
    Optional<BackendKind> kind =
        Optional.ofNullable(kinds.get(colon < 0 ? "" : url.get().substring(0, colon)));
    if (kind.isEmpty()) {
      storage.keys().forEach(storage::has);
      settings.problem(URL, scheme(url.get(), colon), Likeness.oneOf("", kinds.keySet()));
      return Optional.empty();
    }
    try {
      return Optional.of(kind.get().storage(url.get().substring(colon + 1), storage, context));
    } catch (IllegalArgumentException unusable) {
      settings.problem(
          URL, "an address that cannot be used", String.valueOf(unusable.getMessage()));
      return Optional.empty();
    }
  }

  /** What stands before the first colon; the rest may hold a password. */
  private static String scheme(String url, int colon) {
    return colon < 0 ? "an address without a scheme" : Problem.quoted(url.substring(0, colon));
  }

  /** In a directory of this machine. */
  private record Directory(FilePath path, RepositoryContext context) implements Storage {
    @Override
    public String location() {
      return path.toString();
    }

    @Override
    public Optional<FilePath> place() {
      return Optional.of(path);
    }

    @Override
    public Backend open() {
      return new LocalBackend(context.files(), path, new SecureRandom());
    }
  }
}
