# Finds a Java by the `release` files that JDKs carry, so that no JVM is started to ask. Sourced by ./holdfast and ./check.
# POSIX sh, and no other program unless `java` on the PATH is a symbolic link: this runs at every start of the program.

# The feature release of the Java in directory $1, in $java_major: 0 when there is none.
java_read_major() {
  java_major=0
  [ -x "$1/bin/java" ] && [ -f "$1/release" ] || return 0
  while IFS= read -r java_line || [ -n "$java_line" ]; do
    case $java_line in
      JAVA_VERSION=*)
        java_line=${java_line#JAVA_VERSION=}
        java_line=${java_line#\"}
        java_major=${java_line%%[!0-9]*}
        java_major=${java_major:-0}
        return 0
        ;;
    esac
  done <"$1/release"
}

# Takes directory $1 when its Java is 25 or newer and has the program $2 (java or javac): sets $java_home.
java_accept() {
  java_read_major "$1"
  [ "$java_major" -ge 25 ] || return 1
  if [ ! -x "$1/bin/$2" ]; then
    java_without=${java_without:-$1}
    return 1
  fi
  java_home=$1
}

# Finds a Java of 25 or newer that has the program $1 (java or javac) and sets $java_home to its directory.
# Returns 1 when there is none; $java_without then names a Java that is new enough and lacks only $1, if one was seen.
# A HOLDFAST_JAVA_HOME that does not fit is an answer too, not passed over: $java_refused says what is wrong with it.
java_find() {
  java_home=
  java_without=
  java_refused=
  if [ -n "${HOLDFAST_JAVA_HOME:-}" ]; then
    java_accept "$HOLDFAST_JAVA_HOME" "$1" && return 0
    case $java_major in
      0) java_refused="HOLDFAST_JAVA_HOME is $HOLDFAST_JAVA_HOME, which holds no Java (no bin/java with a release file)." ;;
      1 | ? | 1? | 2[0-4]) java_refused="HOLDFAST_JAVA_HOME is $HOLDFAST_JAVA_HOME, which is Java $java_major." ;;
      *) java_refused="HOLDFAST_JAVA_HOME is $HOLDFAST_JAVA_HOME, which has no $1." ;;
    esac
    return 1
  fi
  [ -n "${JAVA_HOME:-}" ] && java_accept "$JAVA_HOME" "$1" && return 0
  java_path=$(command -v java) || java_path=
  if [ -h "$java_path" ]; then
    java_path=$(readlink -f "$java_path" 2>/dev/null) || java_path=
  fi
  case $java_path in
    */bin/java) java_accept "${java_path%/bin/java}" "$1" && return 0 ;;
  esac
  for java_path in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /opt/java/* /opt/jdk* /usr/java/* /usr/local/java/* \
    /opt/hostedtoolcache/Java_*/*/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.asdf/installs/java/* \
    "${HOME:-}"/.local/share/mise/installs/java/* \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    java_accept "$java_path" "$1" && return 0
  done
  return 1
}

# Says on stderr why java_find found nothing for $1 (java or javac), and what to install.
java_explain() {
  if [ -n "$java_refused" ]; then
    echo "holdfast: $java_refused" >&2
    echo "  Let HOLDFAST_JAVA_HOME name a JDK 25 or newer, or unset it to have one looked for." >&2
    return
  fi
  if [ -n "$java_without" ]; then
    echo "holdfast: building needs a JDK 25 or newer; $java_without is only a runtime (it has no $1)." >&2
  elif [ "$1" = javac ]; then
    echo "holdfast: building needs a JDK 25 or newer, and none was found." >&2
  else
    echo "holdfast: Java 25 or newer is needed, and none was found." >&2
  fi
  echo "  Debian, Ubuntu: the package openjdk-25-jdk or temurin-25-jdk. macOS: the Homebrew formula openjdk@25. Elsewhere: Eclipse Temurin 25." >&2
  echo "  Looked at HOLDFAST_JAVA_HOME, JAVA_HOME, java on the PATH, /usr/lib/jvm, /opt/java, ~/.sdkman, ~/.jdks and the like." >&2
}
