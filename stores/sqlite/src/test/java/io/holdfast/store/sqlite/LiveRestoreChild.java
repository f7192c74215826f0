package io.holdfast.store.sqlite;

import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ForwardingFileLayer;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.TestRestoreContext;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that restores a database live: its arguments are a good database, the live one, a
 * directory of its own, and at which operation on files within the commit it dies; 0 for none.
 */
final class LiveRestoreChild {
  private LiveRestoreChild() {}

  public static void main(String[] arguments) throws Exception {
    var bench = new Workbench(Path.of(arguments[2]));
    DirectorySink sink = bench.capture(bench.handler(Path.of(arguments[0])));
    var left = new AtomicInteger();
    bench.files =
        new ForwardingFileLayer(PosixFileLayer.create()) {
          @Override
          protected void before(String operation, FilePath path) {
            if (left.get() > 0 && left.decrementAndGet() == 0) {
              Runtime.getRuntime().halt(9);
            }
          }
        };
    TestRestoreContext context = bench.context();
    StagedRestore staged =
        bench.handler(Path.of(arguments[1]), "restore", "live").stage(sink.source(), context);
    context
        .records()
        .getLast()
        .details()
        .forEach((key, value) -> System.out.println(key + "=" + value));
    System.out.println("committing");
    left.set(Integer.parseInt(arguments[3]));
    staged.commit();
    System.out.println("committed");
    System.in.read();
  }
}
