package io.holdfast.store.files;

import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.ComponentKind;
import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FileLayer;

/** The kind {@code file}: one or several configuration files. */
public final class FileKind implements ComponentKind {
  @Override
  public String name() {
    return "file";
  }

  @Override
  public ComponentHandler handler(Settings settings, FileLayer files) {
    return new FileHandler(files, FileOptions.of(settings));
  }
}
