package io.holdfast.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./check} says at its end, and whether it then calls the whole a success. */
class SummaryTest {

  private static final String PASSED =
      """
      <testsuite name="A" time="0.1" tests="2" errors="0" skipped="0" failures="0" flakes="0">
        <testcase name="one" classname="a.A" time="0.1">
          <system-out><![CDATA[
        <skipped message="only text"/>
      <testsuite name="B" tests="9" errors="9" skipped="9" failures="9">
      ]]></system-out>
        </testcase>
        <testcase name="two" classname="a.A" time="0"/>
      </testsuite>
      """;
  private static final String SKIPPED =
      """
      <testsuite name="B" time="0.1" tests="3" errors="0" skipped="2" failures="0" flakes="0">
        <testcase name="says why" classname="b.B" time="0">
          <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: needs root
      \tat b.B.x(B.java:1)
      ]]></skipped>
        </testcase>
        <testcase name="a &lt;condition&gt;" classname="b.B" time="0">
          <skipped message="not on &quot;this&quot; system"/>
        </testcase>
        <testcase name="runs" classname="b.B" time="0"/>
      </testsuite>
      """;
  private static final String FAILED =
      """
      <testsuite name="C" time="0.1" tests="2" errors="1" skipped="0" failures="1" flakes="0">
        <testcase name="wrong" classname="c.C" time="0">
          <failure message="expected 1&#10; but was 2" type="x"><![CDATA[x]]></failure>
        </testcase>
        <testcase name="broken" classname="c.C" time="0">
          <error type="y"><![CDATA[y]]></error>
        </testcase>
      </testsuite>
      """;

  @TempDir Path directory;

  @Test
  @DisplayName("what tests print is not counted")
  void passed() throws Exception {
    assertThat(summary(0, PASSED))
        .isEqualTo(new Shell.Result(0, "check: 2 tests run, 0 failed, 0 skipped\n", ""));
  }

  @Test
  @DisplayName("each skipped test is named with its reason, and fails a strict check only")
  void skipped() throws Exception {
    String lines =
        """
        skipped: b.B.says why: Assumption failed: needs root
        skipped: b.B.a <condition>: not on "this" system
        check: 3 tests run, 0 failed, 2 skipped
        """;
    assertThat(summary(0, PASSED, SKIPPED)).isEqualTo(new Shell.Result(0, lines, ""));
    Shell.Result strict = summary(1, PASSED, SKIPPED);
    assertThat(strict.exit()).isEqualTo(1);
    assertThat(strict.out()).startsWith(lines).contains("CI=true");
  }

  @Test
  @DisplayName("failures and errors are named and fail the check")
  void failed() throws Exception {
    assertThat(summary(0, FAILED, PASSED))
        .isEqualTo(
            new Shell.Result(
                1,
                """
                failed: c.C.wrong
                failed: c.C.broken
                check: 4 tests run, 2 failed, 0 skipped
                """,
                ""));
  }

  @Test
  @DisplayName("a check in which no test ran has failed")
  void none() throws Exception {
    assertThat(summary(0).exit()).isEqualTo(1);
  }

  @Test
  @DisplayName("without a fitting JDK the check ends with 69 and says what to install")
  void noJdk() throws Exception {
    Shell.Result result =
        Shell.run(
            directory,
            Map.of("HOLDFAST_JAVA_HOME", directory.toString()),
            Path.of("../check").toAbsolutePath().normalize().toString());
    assertThat(result.exit()).isEqualTo(69);
    assertThat(result.err()).contains("holds no Java", "JDK 25");
  }

  private Shell.Result summary(int strict, String... reports) throws Exception {
    Path all = Files.writeString(directory.resolve("reports"), String.join("", reports));
    return Shell.run(
        directory,
        Map.of(),
        "awk",
        "-v",
        "strict=" + strict,
        "-f",
        Path.of("../.ci/summary.awk").toAbsolutePath().toString(),
        all.toString());
  }
}
