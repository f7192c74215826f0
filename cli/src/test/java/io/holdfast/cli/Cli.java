package io.holdfast.cli;

import io.avaje.jsonb.Jsonb;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.file.FilePath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** The program, in this process, in a directory of its own, with what it prints caught. */
public final class Cli {
  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Interruption interruption = new Interruption();
  private boolean terminal;
  private String answers = "";
  private final Queue<String> secrets = new ArrayDeque<>();
  private final List<String> prompts = new ArrayList<>();

  public Cli(Path directory) {
    this.directory = directory;
    environment.put("HOME", directory.resolve("home").toString());
  }

  /** A platform of a tree and a file, with a configuration in the working directory. */
  public static Cli withPlatform(Path directory) {
    var cli = new Cli(directory);
    cli.write("data/a.txt", "first\n");
    cli.write("data/sub/b.txt", "second\n");
    cli.write("app.ini", "x = 1\n");
    cli.write(
        "holdfast.yaml",
        """
        backup:
          path: backups
          compression: none
        components:
          tree: {kind: directory, path: data}
          settings: {kind: file, path: app.ini, critical: false}
        """);
    return cli;
  }

  public Path path(String relative) {
    return directory.resolve(relative);
  }

  public Cli write(String relative, String content) {
    try {
      Path file = directory.resolve(relative);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String read(String relative) {
    try {
      return Files.readString(directory.resolve(relative));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Cli set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Somebody sits at a terminal and types these lines. */
  public Cli atTerminal(String typed) {
    terminal = true;
    answers = typed;
    environment.put("TERM", "xterm");
    return this;
  }

  /** And these, which the terminal does not show. */
  public Cli typesHidden(String... typed) {
    secrets.addAll(List.of(typed));
    return this;
  }

  /** What hidden lines were asked for, so far. */
  public List<String> prompts() {
    return List.copyOf(prompts);
  }

  public Interruption interruption() {
    return interruption;
  }

  public Result run(String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exit = Program.run(surroundings(out, err), interruption, args);
    return new Result(exit, out.toString(), err.toString());
  }

  public Surroundings surroundings(StringWriter out, StringWriter err) {
    return new Surroundings(
        new PrintWriter(out),
        new PrintWriter(err),
        new BufferedReader(new StringReader(answers)),
        Map.copyOf(environment),
        FilePath.of(directory),
        Clock.systemUTC(),
        terminal,
        terminal,
        terminal,
        () -> 80,
        prompt -> {
          prompts.add(prompt);
          return secrets.isEmpty() ? null : secrets.remove().toCharArray();
        });
  }

  /**
   * What a run of the program left.
   *
   * @param exit its exit code
   */
  public record Result(int exit, String out, String err) {
    /** Standard output, which must be one JSON document. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> json() {
      return (Map<String, Object>) parse(out);
    }

    /** Standard error, which must be one JSON document. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> jsonError() {
      return (Map<String, Object>) parse(err);
    }

    private static Object parse(String text) {
      if (text.strip().lines().count() != 1) {
        throw new AssertionError("not one line of JSON: " + text);
      }
      return Jsonb.builder().build().type(Object.class).fromJson(text);
    }
  }
}
