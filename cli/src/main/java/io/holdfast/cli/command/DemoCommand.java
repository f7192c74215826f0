package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.demo.Demo;
import io.holdfast.cli.demo.EngineOpener;
import io.holdfast.cli.demo.Narrator;
import io.holdfast.cli.demo.Sabotage;
import io.holdfast.cli.json.DemoJson;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.local.Paths;
import io.holdfast.engine.Engine;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}. */
@Command(
    name = "demo",
    description = {
      "Make a small platform, back it up while it works, destroy it, restore it, and prove that"
          + " nothing differs. Touches nothing but a directory of its own."
    })
final class DemoCommand extends Operation {
  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Where to make the platform: a directory that is empty, or not there yet.")
  private @Nullable String directory;

  @Option(names = "--keep", description = "Keep the platform and its backups, to play with them.")
  private boolean keep;

  @Option(
      names = "--sabotage",
      paramLabel = "row|file",
      split = ",",
      description = "Damage a row or a file after the restore, to see that the proof can fail.")
  private List<Sabotage> sabotages = List.of();

  @Override
  ExitCode run(Session session) throws Exception {
    Targets.requireHere(session, "Leave --server out: the demonstration makes all that it needs.");
    FileLayer files = PosixFileLayer.create();
    var cancellation = new Cancellation();
    try (var home = DemoHome.make(session, files, Optional.ofNullable(directory));
        var interruptible = session.interruption().during(cancellation)) {
      DemoJson result = demo(session, files, cancellation).run(home.path());
      if (keep || !result.ok()) {
        home.keep();
      }
      session.confirm(result, () -> advise(session, home.path()));
      if (!result.ok()) {
        session.warn("The platform is kept, so that you can look: " + home.path());
      }
      // Removing thousands of files takes a moment in which there is nothing more to say.
      session.surroundings().out().flush();
      return result.ok() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private Demo demo(Session session, FileLayer files, Cancellation cancellation) {
    boolean silent = session.options().json() || session.options().quiet();
    PrintWriter out = silent ? new PrintWriter(Writer.nullWriter()) : session.surroundings().out();
    return new Demo(
        new Opener(session, cancellation), files, new Narrator(out, session.style()), sabotages);
  }

  /** What to type next. */
  private void advise(Session session, Path home) {
    session.line("");
    if (keep) {
      session.line("The platform and its backups are still there. Try:");
      String program = "  ./holdfast --config " + home.resolve("holdfast.yaml") + " ";
      session.line(program + "backup list");
      session.line(program + "restore latest --dry-run");
      session.line(program + "repository check");
    } else {
      session.line("For your own data, write a holdfast.yaml (README.md shows one), and then:");
      session.line("  ./holdfast doctor             is everything in reach?");
      session.line("  ./holdfast backup             back up");
      session.line("  ./holdfast backup validate    read every byte again");
      session.line("  ./holdfast restore latest     put everything back");
    }
  }

  /** Where the platform is made. Removed when closed, unless it is to be kept. */
  private static final class DemoHome implements AutoCloseable {
    private final FileLayer files;
    private final Path path;
    private final boolean made;
    private boolean kept;

    private DemoHome(FileLayer files, Path path, boolean made) {
      this.files = files;
      this.path = path;
      this.made = made;
    }

    static DemoHome make(Session session, FileLayer files, Optional<String> directory)
        throws IOException {
      if (directory.isEmpty()) {
        return new DemoHome(files, Files.createTempDirectory("holdfast-demo-").toRealPath(), true);
      }
      Path chosen = Path.of(Paths.resolve(directory.get(), session.surroundings()).toString());
      boolean made = !Files.exists(chosen);
      Files.createDirectories(chosen);
      try (var content = Files.list(chosen)) {
        if (content.findAny().isPresent()) {
          throw new HoldfastException(
              ErrorCode.USAGE,
              chosen + " is not empty",
              "Name a directory that is empty or does not exist: the demonstration destroys what"
                  + " is in it.");
        }
      }
      return new DemoHome(files, chosen, made);
    }

    Path path() {
      return path;
    }

    void keep() {
      kept = true;
    }

    @Override
    public void close() throws IOException {
      if (kept) {
        return;
      }
      FilePath root = FilePath.of(path);
      for (byte[] name : files.list(root)) {
        FileTrees.deleteTree(files, root.resolve(name));
      }
      if (made) {
        files.deleteDirectory(root);
      }
    }
  }

  /** Opens the engine as every command does, with the platform's configuration. */
  private record Opener(Session session, Cancellation cancellation) implements EngineOpener {
    @Override
    public Engine open(Path configuration) throws IOException {
      return Opened.configured(session.surroundings(), Optional.of(configuration.toString()))
          .engine();
    }

    @Override
    public RunMonitor monitor() {
      RunMonitor monitor = RunMonitor.silent();
      var unused =
          cancellation.onCancel(() -> monitor.cancellation().cancel(Cancellation.Reason.CANCELLED));
      return monitor;
    }

    @Override
    public void checkInterrupted() {
      cancellation.check();
    }
  }
}
