package io.holdfast.cli.demo;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.example.platform.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The platform's directories, which nobody writes to while the demonstration looks: what is there
 * now, to be compared with what is there later. Immutable.
 */
final class QuietStores {
  private final Map<String, TreeState> stores;

  private QuietStores(Map<String, TreeState> stores) {
    this.stores = stores;
  }

  static QuietStores of(Platform platform, FileLayer files) throws IOException {
    var stores = new LinkedHashMap<String, TreeState>();
    stores.put("memory", TreeState.of(files, FilePath.of(platform.memory())));
    // Single files are protected here; the time of their directory is not.
    stores.put(
        "configuration", TreeState.of(files, FilePath.of(platform.configuration())).withoutRoot());
    stores.put("checkpoints", TreeState.of(files, FilePath.of(platform.checkpoints())));
    return new QuietStores(stores);
  }

  Map<String, TreeState> byName() {
    return java.util.Collections.unmodifiableMap(stores);
  }

  /** All paths of all stores. */
  int paths() {
    return stores.values().stream().mapToInt(TreeState::paths).sum();
  }

  List<String> differences(QuietStores other) {
    var lines = new ArrayList<String>();
    stores.forEach((name, state) -> {
      TreeState found = other.stores.get(name);
      lines.addAll(found == null ? List.of(name + ": missing") : state.differences(name, found));
    });
    return lines;
  }
}
