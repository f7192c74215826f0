package io.holdfast.store.files;

import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.ComponentKind;
import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FileLayer;

/** The kind {@code directory}: a whole tree of files, or what patterns select of it. */
public final class DirectoryKind implements ComponentKind {
  @Override
  public String name() {
    return "directory";
  }

  @Override
  public ComponentHandler handler(Settings settings, FileLayer files) {
    return new DirectoryHandler(files, DirectoryOptions.of(settings));
  }
}
