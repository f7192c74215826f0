package io.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures the server at the smallest scale. */
class ServingTest {
  private static final int BACKUPS = 50;

  @TempDir private Path directory;
  private BenchProgram bench;

  @BeforeEach
  void needsPrograms() {
    BenchProgram.needs("python3");
    bench = new BenchProgram("serve", directory);
  }

  @Test
  @DisplayName("every part has figures, and nothing but the generated backups is left")
  void measuresEveryPart() throws Exception {
    BenchProgram.Result result =
        bench.run(bench.script(BenchProgram.holdfast()), "--generator=python");

    assertThat(result.exit()).as(result.said()).isZero();
    assertThat(result.said())
        .contains("50 backups, restart", "First page, 8 at once, 50 backups to 5")
        .doesNotContain("FAILED");
    assertThat(result.records().filter(line -> line.contains("\"part\": \"start\""))).hasSize(4);
    // Two numbers of connections each for a server that does nothing and five pages and backups;
    // for
    // four of these while backups run; for two while backups come and go.
    assertThat(result.records().filter(line -> line.contains("\"part\": \"requests\"")))
        .hasSize(2 * (6 + 4 + 2))
        .allMatch(line -> line.contains("\"requests\": 40,"));
    assertThat(result.records().filter(line -> line.contains("\"part\": \"peer\"")))
        .anyMatch(line -> line.contains("holdfast backup list --json --limit 50"))
        .anyMatch(line -> line.contains("a request on a new connection"));
    assertThat(generated()).hasSize(BACKUPS);
  }

  @Test
  @DisplayName("a server whose pages do not hold the backups gets no figures for requests")
  void publishesNothingForWrongAnswers() throws Exception {
    Path launcher =
        bench.script(
            """
            if [ "$1" = serve ]; then
              exec python3 - "$3" <<'PROGRAM'
            import http.server, json, os, sys
            with open(sys.argv[1]) as file:
                configuration = json.load(file)
            os.makedirs(configuration["backup"]["state"], exist_ok=True)
            with open(os.path.join(configuration["backup"]["state"], "admin-token"), "w") as file:
                file.write("made up")
            class Server(http.server.BaseHTTPRequestHandler):
                def log_message(self, *_):
                    pass
                def do_GET(self):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(b'{"data": [], "pagination": {"has_more": false}}')
            http.server.HTTPServer(("127.0.0.1", configuration["server"]["port"]), Server).serve_forever()
            PROGRAM
            fi
            """
                + BenchProgram.holdfast());

    BenchProgram.Result result = bench.run(launcher, "--only=requests", "--generator=python");

    assertThat(result.exit()).as(result.said()).isOne();
    assertThat(result.said())
        .contains("## No figures: requests", "not newest first, or not all of it once");
    assertThat(result.records()).isEmpty();
  }

  @Test
  @DisplayName("backups that do not validate are not measured with")
  void refusesDamagedData() throws Exception {
    Path launcher =
        bench.script(
            "[ \"$2\" = validate ] && { echo damaged; exit 5; }\n" + BenchProgram.holdfast());

    BenchProgram.Result result = bench.run(launcher, "--only=start", "--generator=python");

    assertThat(result.exit()).as(result.said()).isOne();
    assertThat(result.said())
        .containsPattern("FAILED holdfast backup validate .*: exit code 5\ndamaged");
    assertThat(result.records()).isEmpty();
  }

  private Stream<Path> generated() throws IOException {
    try (Stream<Path> backups =
        Files.list(bench.data().resolve("serve-tiny/backups-50/repository/completed"))) {
      return backups.toList().stream();
    }
  }
}
