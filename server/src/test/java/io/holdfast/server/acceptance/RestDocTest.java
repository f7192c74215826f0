package io.holdfast.server.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.http.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/rest.md, held to the server: its examples run, and its table of errors is that of the code.
 */
class RestDocTest {
  private static final Path PAGE = page();
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```sh run\\n(.*?)^```$");
  private static final Pattern ERROR =
      Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| (\\d{3}) \\| (yes|no) \\| (.+) \\|$");

  @TempDir Path root;

  private static Path page() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("docs/rest.md"))) {
      here = here.getParent();
    }
    return here.resolve("docs/rest.md");
  }

  @Test
  @DisplayName("every example runs, one after the other, as a reader would type them")
  void examples() throws Exception {
    LiveServer.platform(root);
    String configuration = LiveServer.configuration().replace("tree: {", "memory: {");
    try (LiveServer server = LiveServer.start(root, configuration)) {
      var script = new StringBuilder("set -eu\n");
      Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
      while (example.find()) {
        script.append(adapted(example.group(1), server));
        script.append("\necho\n");
      }
      assertThat(script)
          .hasSizeGreaterThan(2000)
          .doesNotContain("8484", "/var/backups", "/tmp/look");
      String output = run(script.toString());
      assertThat(output)
          .contains("\"schema\":\"holdfast.status/1\"")
          .contains("\"trigger\":\"pre_migration\"")
          .contains("event: result")
          .contains("\"ok\":true")
          .contains("\"dry_run\":true")
          .contains("\"safety_backup_id\"")
          .contains("files/notes")
          .contains("\"source\":\"stored\"")
          .contains("\"openapi\"");
      assertThat(server.get("/admin/restores").data())
          .extracting(run -> run.get("status"))
          .containsOnly("completed")
          .hasSize(3);
      assertThat(root.resolve("look/memory/notes")).hasContent("first");
      assertThat(Files.readString(root.resolve("ci-token.json"))).contains("\"token\":\"hf_");
    }
  }

  private String adapted(String example, LiveServer server) {
    return example
        .replace("http://127.0.0.1:8484", server.uri("/").toString().replaceAll("/$", ""))
        .replace("/var/backups/platform", root.resolve("repository").toString())
        .replace("/tmp/look", root.resolve("look").toString());
  }

  private String run(String script) throws Exception {
    Path output = root.resolve("output");
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", script);
    shell.environment().put("HOME", root.toString());
    Process process =
        shell
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int status = process.waitFor();
    String text = Files.readString(output, UTF_8);
    assertThat(status).as(text).isZero();
    return text;
  }

  @Test
  @DisplayName("the table of errors is that of the code, each with its meaning")
  void errors() throws Exception {
    List<String> documented = new ArrayList<>();
    Matcher row = ERROR.matcher(Files.readString(PAGE));
    while (row.find()) {
      documented.add(row.group(1) + " " + row.group(2) + " " + row.group(3));
      assertThat(row.group(4)).endsWith(".");
    }
    List<String> actual =
        Arrays.stream(ProblemCode.values())
            .map(code -> code + " " + code.status() + " " + (code.retryable() ? "yes" : "no"))
            .toList();
    assertThat(documented).isEqualTo(actual);
  }
}
