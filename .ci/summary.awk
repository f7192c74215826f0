# Sums up surefire's XML reports: the tests that failed and those that were skipped with the reason, then one line of counts.
# Ends with 1 when a test failed or none ran; with -v strict=1 also when one was skipped.

function attribute(line, name,    start, rest) {
  start = index(line, " " name "=\"")
  if (start == 0) return ""
  rest = substr(line, start + length(name) + 3)
  return substr(rest, 1, index(rest, "\"") - 1)
}

function plain(text) {
  gsub(/&#10;|&#xa;/, " ", text)
  gsub(/&lt;/, "<", text)
  gsub(/&gt;/, ">", text)
  gsub(/&quot;/, "\"", text)
  gsub(/&apos;/, "'", text)
  gsub(/&amp;/, "\\&", text)
  return text
}

# Output that a test wrote may look like anything, so it is not read.
output { if (index($0, "]]>")) output = 0; next }
/^ *<system-(out|err)>/ { if (!index($0, "]]>")) output = 1; next }

/^<testsuite / {
  tests += attribute($0, "tests")
  failed += attribute($0, "failures") + attribute($0, "errors")
  skipped += attribute($0, "skipped")
}

/^ *<testcase / { test = plain(attribute($0, "classname") "." attribute($0, "name")) }

/^ *<(failure|error)[ >]/ { print "failed: " test }

/^ *<skipped/ {
  reason = attribute($0, "message")
  if (reason == "") {
    reason = $0
    sub(/^.*<!\[CDATA\[/, "", reason)
    sub(/^[A-Za-z0-9_.$]*(Exception|Error): /, "", reason)
    sub(/\]\]>.*$/, "", reason)
    if (reason ~ /^ *<skipped/) reason = "no reason given"
  }
  print "skipped: " test ": " plain(reason)
}

END {
  printf "check: %d tests run, %d failed, %d skipped\n", tests - skipped, failed, skipped
  if (tests - skipped == 0) print "check: no test ran"
  if (failed > 0 || tests - skipped == 0) exit 1
  if (strict && skipped > 0) {
    print "check: a skipped test counts as a failure here (CI=true)"
    exit 1
  }
}
