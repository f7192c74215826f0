package io.holdfast.engine.repository.signature;

import io.holdfast.engine.repository.transfer.Sha256;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What {@code manifest.json.sig} says. Its text is ASCII, each line a word, a space and a value,
 * ended by LF:
 *
 * <pre>
 * holdfast-signature 1
 * chain      32 hex digits, random, of all signatures that follow each other
 * number     1, 2, 3 … in the chain
 * first      the run of number 1
 * run        of the backup
 * backup     its backup id
 * manifest   SHA-256 of manifest.json
 * signed     ISO-8601 in UTC, by the clock of the signer
 * key        SHA-256 of the public key, in its X.509 form
 * live       &lt;number&gt; &lt;run&gt; &lt;SHA-256 of its signature&gt;     of each other backup that there is
 * expires    &lt;run&gt;                                       of each that retention may remove now
 * ed25519    signature of all lines before, in Base64
 * </pre>
 *
 * @param chain names the chain
 * @param number place in the chain, 1 or more
 * @param first the run of number 1: what is older was made before there were signatures
 * @param run of the backup
 * @param backup its id
 * @param manifest SHA-256 of the manifest
 * @param signed when
 * @param key which key
 * @param live the signed backups that there are besides this one, by ascending number
 * @param expires those of them that retention may remove before the next signature
 */
public record ManifestSignature(
    String chain,
    long number,
    RunId first,
    RunId run,
    BackupId backup,
    String manifest,
    Instant signed,
    String key,
    List<Live> live,
    List<RunId> expires) {
  private static final String MAGIC = "holdfast-signature 1";

  public ManifestSignature {
    live = List.copyOf(live);
    expires = List.copyOf(expires);
  }

  /**
   * A backup that the signer knows to be there.
   *
   * @param number its place in the chain
   * @param run its run
   * @param signature SHA-256 of its signature's text
   */
  public record Live(long number, RunId run, String signature) {}

  /** A signature as it was found: what it says, and what was signed. */
  public record Parsed(ManifestSignature says, byte[] body, byte[] signature) {}

  /** The digest by which others know the text of a signature. */
  public static String digest(String text) {
    return Sha256.hex(Sha256.of(text.getBytes(StandardCharsets.US_ASCII)));
  }

  /** All lines that are signed. */
  public byte[] body() {
    var text = new StringBuilder(MAGIC).append('\n');
    line(text, "chain", chain);
    line(text, "number", Long.toString(number));
    line(text, "first", first.value());
    line(text, "run", run.value());
    line(text, "backup", backup.value());
    line(text, "manifest", manifest);
    line(text, "signed", signed.toString());
    line(text, "key", key);
    live.forEach(
        other -> line(text, "live", other.number() + " " + other.run() + " " + other.signature()));
    expires.forEach(other -> line(text, "expires", other.value()));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void line(StringBuilder text, String word, String value) {
    text.append(word).append(' ').append(value).append('\n');
  }

  /** The whole text. */
  public String text(byte[] signature) {
    return new String(body(), StandardCharsets.US_ASCII)
        + "ed25519 "
        + Base64.getEncoder().encodeToString(signature)
        + "\n";
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is none; a text that says the same in another way is
   *     none either
   */
  public static Parsed parse(String text) {
    List<String[]> lines =
        text.lines().map(line -> line.split(" ", 2)).filter(parts -> parts.length == 2).toList();
    if (!text.startsWith(MAGIC + "\n")) {
      throw new IllegalArgumentException("it does not begin with \"" + MAGIC + "\"");
    }
    var live = new ArrayList<Live>();
    all(lines, "live").forEach(value -> live.add(live(value)));
    var says =
        new ManifestSignature(
            one(lines, "chain"),
            Long.parseLong(one(lines, "number")),
            new RunId(one(lines, "first")),
            new RunId(one(lines, "run")),
            new BackupId(one(lines, "backup")),
            one(lines, "manifest"),
            instant(one(lines, "signed")),
            one(lines, "key"),
            live,
            all(lines, "expires").stream().map(RunId::new).toList());
    byte[] signature = Base64.getDecoder().decode(one(lines, "ed25519"));
    if (!says.text(signature).equals(text)) {
      throw new IllegalArgumentException("it is not written as signatures are");
    }
    return new Parsed(says, says.body(), signature);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (java.time.DateTimeException malformed) {
      throw new IllegalArgumentException("no time: " + text, malformed);
    }
  }

  private static Live live(String value) {
    String[] parts = value.split(" ", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a line about another backup is malformed: " + value);
    }
    return new Live(Long.parseLong(parts[0]), new RunId(parts[1]), parts[2]);
  }

  private static List<String> all(List<String[]> lines, String word) {
    return lines.stream().filter(line -> line[0].equals(word)).map(line -> line[1]).toList();
  }

  private static String one(List<String[]> lines, String word) {
    return Optional.of(all(lines, word))
        .filter(found -> found.size() == 1)
        .map(List::getFirst)
        .orElseThrow(
            () -> new IllegalArgumentException("it says not once what its " + word + " is"));
  }
}
