# Builds the distribution that ./holdfast runs from a checkout. Sourced by ./holdfast when a build may be needed.
#
# A distribution is a directory cli/target/dist/<name>/ with bin, lib, sh and cache, never changed after it was published;
# the file cli/target/dist/current names the one to use and is replaced by a rename. So a start sees the old one or the new
# one, and a program that runs keeps the jars it began with.

# Sets $dist to the distribution of the checkout $1, or returns 1 when there is none or a source is newer than it.
# Sources are compared by their time of change, which an edit, a checkout and a copy with preserved times all set.
build_current() {
  dist=
  [ -f "$1/cli/target/dist/current" ] || return 1
  read -r dist <"$1/cli/target/dist/current"
  dist=$1/cli/target/dist/$dist
  [ -d "$dist/lib" ] || return 1
  [ "${HOLDFAST_BUILD:-}" = never ] && return 0
  build_newer=$(find "$1/pom.xml" "$1"/engine/pom.xml "$1"/engine/src/main "$1"/stores/*/pom.xml "$1"/stores/*/src/main \
    "$1"/vault/pom.xml "$1"/vault/src/main "$1"/vault/*/pom.xml "$1"/vault/*/src/main \
    "$1"/server/pom.xml "$1"/server/src/main "$1"/examples/*/pom.xml "$1"/examples/*/src/main \
    "$1"/cli/pom.xml "$1"/cli/src/main "$1/holdfast" -cnewer "$1/cli/target/dist/current" -print 2>/dev/null)
  [ -z "$build_newer" ]
}

# Holds the build lock of the checkout $1 until this process ends or build_unlock is called. The lock of a process that
# was killed is free again.
build_lock() {
  mkdir -p "$1/cli/target/dist"
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$1/cli/target/dist/lock"
    flock -n 9 || {
      echo "holdfast: waiting for another process that builds this checkout" >&2
      flock 9
    }
    return
  fi
  # Without flock (macOS): a directory that names its owner.
  build_lock_dir=$1/cli/target/dist/lock.d
  until mkdir "$build_lock_dir" 2>/dev/null; do
    build_owner=$(cat "$build_lock_dir/pid" 2>/dev/null)
    if [ -n "$build_owner" ] && ! kill -0 "$build_owner" 2>/dev/null; then
      # Only one of several waiting processes wins this rename.
      mv "$build_lock_dir" "$build_lock_dir.$$" 2>/dev/null && rm -rf "$build_lock_dir.$$"
    else
      sleep 1
    fi
  done
  echo $$ >"$build_lock_dir/pid"
  trap 'rm -rf "$build_lock_dir"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

build_unlock() {
  if [ -n "${build_lock_dir:-}" ]; then
    rm -rf "$build_lock_dir"
    trap - EXIT INT TERM
  else
    exec 9>&-
  fi
}

# Sets $dist to an up-to-date distribution of the checkout $1, building it when needed. Exits with 69 when it cannot.
build_distribution() {
  build_current "$1" && return
  if [ "${HOLDFAST_BUILD:-}" = never ]; then
    echo "holdfast: nothing was built yet, and HOLDFAST_BUILD=never forbids building" >&2
    exit 69
  fi
  java_find javac || {
    java_explain javac
    exit 69
  }
  command -v mvn >/dev/null 2>&1 || {
    echo "holdfast: building needs Maven (mvn), and it was not found." >&2
    echo "  Debian, Ubuntu: the package maven. macOS: the Homebrew formula maven." >&2
    exit 69
  }
  build_lock "$1"
  # Another process may have built it while this one waited.
  if ! build_current "$1"; then
    build_make "$1"
  fi
  build_unlock
}

build_make() {
  if [ -n "$dist" ]; then
    echo "holdfast: building again, because sources changed" >&2
  else
    echo "holdfast: building, as this is the first use; it takes a minute, and longer while libraries are fetched" >&2
  fi
  build_dist=$1/cli/target/dist
  build_name=$(date +%s)-$$
  dist=$build_dist/$build_name
  rm -f "$build_dist"/current.*
  # Stamped before the build reads a source, so that an edit made meanwhile counts as newer.
  echo "$build_name" >"$build_dist/current.$$"
  # Jars of an earlier version would stay beside the new ones.
  rm -rf "$1/cli/target/quick/lib"
  if ! JAVA_HOME=$java_home mvn -q -B -Dstyle.color=never -f "$1/pom.xml" -pl cli -am \
    -Dholdfast.quick -Dholdfast.target=target/quick -Dmaven.test.skip=true package </dev/null >"$build_dist/build.log" 2>&1; then
    rm -f "$build_dist/current.$$"
    grep '^\[ERROR\]' "$build_dist/build.log" | head -n 20 >&2
    echo "holdfast: the build failed; the whole log is $build_dist/build.log" >&2
    exit 69
  fi
  mkdir -p "$dist/bin" "$dist/sh" && cp -R "$1/cli/target/quick/lib" "$dist/lib" && cp "$1/holdfast" "$dist/bin/" &&
    cp "$1"/cli/src/main/sh/jdk.sh "$1"/cli/src/main/sh/cache.sh "$dist/sh/" || exit 69
  cache_train "$dist" "$java_home" || echo "holdfast: no start-up cache could be made; starts will be slower" >&2
  mv -f "$build_dist/current.$$" "$build_dist/current"
  # A program that is still running may open a jar late, so the last few distributions stay.
  ls -1t "$build_dist" | grep '^[0-9]*-[0-9]*$' | tail -n +4 | while IFS= read -r build_old; do
    rm -rf "${build_dist:?}/$build_old"
  done
}
