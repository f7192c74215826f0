# The cache of loaded classes that makes starts fast, and the fingerprint that says whether it may be used.
#
# JDK 25 runs a cache's classes even when the jar that they came from was replaced (JDK-8377932). So Holdfast decides by
# itself: the cache counts only while the jars, the JDK and the cache file are the very files that were there when it was
# made. Size and times of modification could be copied along with a jar; inode and time of change cannot.

# Sets $cache_print to a line for each file named: size, times with nanoseconds, inode, device, name. Returns 1 where that
# cannot be had, as with a `stat` that knows only whole seconds.
cache_fingerprint() {
  cache_print=$(stat -L -c '%s %.9Y %.9Z %i %d %n' "$@" 2>/dev/null) ||
    cache_print=$(stat -L -f '%z %Fm %Fc %i %d %N' "$@" 2>/dev/null) || return 1
  case ${cache_print%%/*} in
    *.*.*) return 0 ;;
  esac
  return 1
}

# The files whose identity the cache depends on: $1 the distribution, $2 the JDK, $3 the cache file.
cache_fingerprint_of() {
  cache_fingerprint "$3" "$2/release" "$2/lib/modules" "$2/lib/server/libjvm."* "$1"/lib/*.jar
}

# Sets $cache_file to the cache in the distribution $1 for the JDK $2, or returns 1 when there is none that may be used.
# A key file beside the caches holds the cache's name in its first line and the fingerprint in the others.
cache_find() {
  [ -f "$1/cache/key" ] || return 1
  cache_file=
  cache_key=
  while IFS= read -r cache_line || [ -n "$cache_line" ]; do
    if [ -z "$cache_file" ]; then
      cache_file=$1/cache/$cache_line
    else
      cache_key=$cache_key${cache_key:+
}$cache_line
    fi
  done <"$1/cache/key"
  cache_fingerprint_of "$1" "$2" "$cache_file" && [ "$cache_print" = "$cache_key" ]
}

# Makes the cache for the distribution $1 (an absolute path) and the JDK $2 by a training run. Returns 1 when that failed,
# which costs speed and nothing else.
cache_train() {
  mkdir -p "$1/cache" || return 1
  cache_name=$(date +%s)-$$.aot
  cache_file=$1/cache/$cache_name
  cache_fingerprint "$1"/lib/*.jar || return 1
  cache_before=$cache_print
  cache_path=
  for cache_jar in "$1"/lib/*.jar; do
    cache_path=$cache_path${cache_path:+:}$cache_jar
  done
  "$2/bin/java" -XX:AOTCacheOutput="$cache_file" -XX:+UseSerialGC -Xmx128m --enable-native-access=ALL-UNNAMED \
    -cp "$cache_path" io.holdfast.cli.StartUpTraining </dev/null >"$cache_file.log" 2>&1
  # A jar that was replaced while the training ran would be fingerprinted as new and cached as old.
  if [ -s "$cache_file" ] && cache_fingerprint "$1"/lib/*.jar && [ "$cache_print" = "$cache_before" ] &&
    cache_fingerprint_of "$1" "$2" "$cache_file"; then
    printf '%s\n%s\n' "$cache_name" "$cache_print" >"$cache_file.key" && mv -f "$cache_file.key" "$1/cache/key" &&
      rm -f "$cache_file.log"
    return
  fi
  rm -f "$cache_file"
  return 1
}
