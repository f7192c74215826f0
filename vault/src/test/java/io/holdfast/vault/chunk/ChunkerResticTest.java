package io.holdfast.vault.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.MasterKey;
import io.holdfast.vault.crypto.Opener;
import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chunks that restic makes of files, and those that we make of them. */
class ChunkerResticTest {
  private static final byte[] PASSWORD = "secret".getBytes(StandardCharsets.UTF_8);
  private static final Pattern POLYNOMIAL = Pattern.compile("\"chunker_polynomial\":\"(\\w+)\"");
  private static final Pattern TREE = Pattern.compile("\"tree\": *\"(\\w{64})\"");
  private static final Pattern NODE =
      Pattern.compile("\"name\":\"(\\w+)\".*?\"content\":(null|\\[[^\\]]*\\])");
  private static final Pattern ID = Pattern.compile("\\w{64}");

  @TempDir private Path directory;

  @Test
  @DisplayName("every file is cut into the very chunks that restic cut it into")
  void sameChunks() throws Exception {
    ResticProgram.assumeInstalled();
    var restic = new ResticProgram(directory, PASSWORD);
    restic.run("init");
    Map<String, byte[]> contents = contents();
    Path files = Files.createDirectory(directory.resolve("files"));
    for (var content : contents.entrySet()) {
      Files.write(files.resolve(content.getKey()), content.getValue());
    }
    restic.runIn(files, "backup", ".");

    Map<String, List<ContentId>> theirs = theirChunks(restic);
    var chunker = new Chunker(polynomial(restic));
    assertThat(theirs.keySet()).isEqualTo(contents.keySet());
    contents.forEach((name, content) ->
        assertThat(chunks(chunker, content)).as(name).isEqualTo(theirs.get(name)));
    assertThat(theirs.get("random30")).hasSizeGreaterThan(5);
  }

  private static Map<String, byte[]> contents() {
    var contents = new LinkedHashMap<String, byte[]>();
    contents.put("random5", random(1, 5 << 20));
    contents.put("random30", random(2, 30 << 20));
    contents.put("zeros", new byte[20 << 20]);
    byte[] ones = new byte[(17 << 20) + 1];
    Arrays.fill(ones, (byte) 1);
    contents.put("ones", ones);
    contents.put("holes", holes());
    contents.put("text", random(3, 1 << 20, 'a', 4));
    contents.put("few", random(4, 9 << 20, 0, 2));
    contents.put("smallest", random(5, Chunker.MIN_SIZE));
    contents.put("less", random(6, Chunker.MIN_SIZE - 1));
    contents.put("largest", Arrays.copyOf(ones, Chunker.MAX_SIZE));
    contents.put("tiny", new byte[] {42});
    contents.put("empty", new byte[0]);
    return contents;
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] random(long seed, int length, int first, int kinds) {
    byte[] bytes = random(seed, length);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (first + (bytes[i] & 0xff) % kinds);
    }
    return bytes;
  }

  /** Random content with zeros in it, as sparse files and databases have. */
  private static byte[] holes() {
    byte[] bytes = random(7, 12 << 20);
    var random = new Random(8);
    for (int i = 0; i < 100; i++) {
      int from = random.nextInt(bytes.length);
      Arrays.fill(bytes, from, Math.min(bytes.length, from + random.nextInt(30_000)), (byte) 0);
    }
    return bytes;
  }

  private static Polynomial polynomial(ResticProgram restic) throws IOException {
    MasterKey master =
        KeyFile.parse(Files.readAllBytes(restic.onlyFile("keys"))).open(PASSWORD).orElseThrow();
    byte[] config =
        new Opener(master).open(Files.readAllBytes(restic.repository().resolve("config")));
    Polynomial polynomial =
        Polynomial.parse(find(POLYNOMIAL, new String(config, StandardCharsets.UTF_8)));
    assertThat(polynomial.degree()).isEqualTo(Polynomial.DEGREE);
    return polynomial;
  }

  private static Map<String, List<ContentId>> theirChunks(ResticProgram restic) throws Exception {
    String snapshot = restic.onlyFile("snapshots").getFileName().toString();
    String tree = find(TREE, restic.run("cat", "snapshot", snapshot));
    var chunks = new LinkedHashMap<String, List<ContentId>>();
    Matcher nodes = NODE.matcher(restic.run("cat", "blob", tree));
    while (nodes.find()) {
      chunks.put(
          nodes.group(1),
          ID.matcher(nodes.group(2)).results().map(id -> ContentId.parse(id.group())).toList());
    }
    return chunks;
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private static List<ContentId> chunks(Chunker chunker, byte[] content) {
    var chunks = new ArrayList<ContentId>();
    int from = 0;
    while (from < content.length) {
      int cut = chunker.cut(content, from, content.length);
      int end = cut < 0 ? content.length : cut;
      chunks.add(ContentId.of(content, from, end - from));
      from = end;
    }
    return chunks;
  }
}
