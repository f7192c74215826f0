package io.holdfast.cli.terminal;

import io.holdfast.engine.file.FilePath;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the program finds around itself, so that tests can be it.
 *
 * @param out results
 * @param err everything else: progress, warnings, questions, errors
 * @param in answers
 * @param environment variables
 * @param directory where the program was started
 * @param clock the time
 * @param inIsTerminal whether somebody can answer
 * @param outIsTerminal whether somebody reads the results as they come
 * @param errIsTerminal whether somebody watches
 * @param width columns of the terminal, at the moment of asking
 * @param secrets asks for a line that the terminal does not show; null where there is no such
 *     terminal, or it ended
 */
public record Surroundings(
    PrintWriter out,
    PrintWriter err,
    BufferedReader in,
    Map<String, String> environment,
    FilePath directory,
    Clock clock,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal,
    IntSupplier width,
    Function<String, char @Nullable []> secrets) {
  /** Types of files in a mode, see inode(7). */
  private static final int TYPE = 0170000;

  private static final int FIFO = 0010000;
  private static final int SOCKET = 0140000;

  /** Those of this process. Text goes out in UTF-8, whatever the locale: JSON is nothing else. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        System.getenv(),
        FilePath.of(Path.of("")),
        Clock.systemUTC(),
        isTerminal(0),
        isTerminal(1),
        isTerminal(2),
        new TerminalWidth(System.getenv()),
        Surroundings::hidden);
  }

  private static char @Nullable [] hidden(String prompt) {
    Console console = System.console();
    return console == null || !console.isTerminal() ? null : console.readPassword("%s", prompt);
  }

  /** Whether somebody reads questions and can answer them. */
  public boolean isInteractive() {
    return inIsTerminal && errIsTerminal;
  }

  /** A variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** The value of a variable, or null if it is not set or empty. */
  public UnaryOperator<@Nullable String> variables() {
    return name -> variable(String.valueOf(name)).orElse(null);
  }

  /** The user's home directory, if there is one. */
  public Optional<FilePath> home() {
    return variable("HOME").filter(home -> home.startsWith("/")).map(FilePath::of);
  }

  /** Whether a terminal may be sent escapes: it says what it is, and nobody forbade colours. */
  public boolean allowsEscapes() {
    return !variable("TERM").orElse("dumb").equals("dumb");
  }

  /** Style for results. */
  public Style outStyle(boolean noColour) {
    return style(outIsTerminal, noColour);
  }

  /** Style for everything else. */
  public Style errStyle(boolean noColour) {
    return style(errIsTerminal, noColour);
  }

  /**
   * Whether results go into a pipe or a socket. Writing there fails for one reason: nobody reads
   * any more. A file may be on a full disk.
   */
  public static boolean isOutPipe() {
    try {
      int mode = (Integer) Files.getAttribute(Path.of("/proc/self/fd/1"), "unix:mode");
      int type = mode & TYPE;
      return type == FIFO || type == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException notLinux) {
      return false;
    }
  }

  private Style style(boolean terminal, boolean noColour) {
    boolean colours = terminal && !noColour && variable("NO_COLOR").isEmpty() && allowsEscapes();
    return colours ? Style.COLOURED : Style.PLAIN;
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  /** System.console() tells this of all three at once only, and loads a line editor to do so. */
  private static boolean isTerminal(int descriptor) {
    try {
      String name = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return name.startsWith("/dev/pts/")
          || name.startsWith("/dev/tty")
          || name.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return false;
    }
  }
}
