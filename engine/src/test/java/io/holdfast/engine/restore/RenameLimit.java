package io.holdfast.engine.restore;

import io.holdfast.engine.file.FileLayer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Lets so many renames through, less one, and fails the next: a process that died between two of
 * them.
 */
final class RenameLimit {
  private final FileLayer files;
  private int left;

  RenameLimit(FileLayer files, int limit) {
    this.files = files;
    this.left = limit - 1;
  }

  FileLayer layer() {
    return (FileLayer)
        Proxy.newProxyInstance(
            FileLayer.class.getClassLoader(),
            new Class<?>[] {FileLayer.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("rename") && left-- <= 0) {
                throw new IOException("the limit of renames is reached");
              }
              try {
                return method.invoke(files, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
