#!/usr/bin/env bash
# OMTP DM: builds what is missing or stale, then runs the command line. See: ./dm --help
#   DM_JAVA_OPTIONS   more options for java, for example -Xmx1g
#   DM_BUILD=never    run what is built, even when sources are newer
set -eu

# where this project is, also when started through a symbolic link
self=${BASH_SOURCE[0]}
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in /*) self=$link ;; *) self=$(dirname "$self")/$link ;; esac
done
home=$(cd "$(dirname "$self")" && pwd -P)
jar=$home/cli/target/dm.jar

say() { printf '%s\n' "$*" >&2; }
stop() { say "dm: $1"; [ $# -lt 2 ] || say "    $2"; exit 1; }

find_java() {
  local candidate version
  for candidate in "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java 2>/dev/null || true)"; do
    [ -n "$candidate" ] && [ -x "$candidate" ] || continue
    version=$("$candidate" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
    if [ -n "$version" ] && [ "$version" -ge 17 ] 2>/dev/null; then java=$candidate; return; fi
    found="$candidate is version ${version:-unknown}"
  done
  stop "needs Java 17 or newer; ${found:-none found on the PATH or in JAVA_HOME}." "Install a JDK, for example Debian's openjdk-17-jdk-headless, or set JAVA_HOME."
}

# sources of anything that ends in dm.jar; tests don't
stale() {
  [ -f "$jar" ] || return 0
  cd "$home"
  local roots=() path
  for path in pom.xml LICENSE ./*/pom.xml ./*/src/main demo-ui/src demo-ui/public demo-ui/build demo-ui/index.html \
      demo-ui/package.json demo-ui/package-lock.json demo-ui/vite.config.ts demo-ui/tsconfig.json; do
    [ -e "$path" ] && roots+=("$path")
  done
  # the console writes its API types beside its sources; they follow openapi.yaml
  [ -n "$(find "${roots[@]}" -newer "$jar" -type f ! -name schema.d.ts -print 2>/dev/null | head -n 1)" ]
}

needs_node() {
  local version
  version=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/') || true
  [ -n "$version" ] || stop "building the console needs Node 20 or newer; none found on the PATH." "Install it, or build without the console: mvn -Pno-console -DskipTests package"
  [ "$version" -ge 20 ] 2>/dev/null || stop "building the console needs Node 20 or newer; found version $version."
}

build() {
  command -v mvn >/dev/null 2>&1 || stop "building needs Maven 3.8 or newer; none found on the PATH." "Install it, for example Debian's maven."
  [ -x "$(dirname "$java")/javac" ] || [ -n "$(command -v javac 2>/dev/null)" ] || stop "building needs a JDK, $java belongs to a Java runtime without compiler." "Install a JDK 17 or newer, or set JAVA_HOME to one."
  [ ! -f "$home/demo-ui/package.json" ] || needs_node
  local log=$home/cli/target/dm-build.log started=$SECONDS stamp tick=0 line maven
  mkdir -p "$home/cli/target"
  stamp=$(mktemp "$home/cli/target/dm-stamp.XXXXXX")
  if [ -f "$jar" ]; then say "dm: sources changed; building"; else say "dm: first start; building, this takes a few minutes"; fi
  ( cd "$home" && exec mvn -B -ntp -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=true package ) >"$log" 2>&1 &
  maven=$!
  trap 'kill "$maven" 2>/dev/null; rm -f "$stamp"; exit 130' INT TERM
  while kill -0 "$maven" 2>/dev/null; do
    sleep 1; tick=$((SECONDS - started))
    line=$(sed -n 's/^\[INFO\] Building \(OMTP.*\) [0-9][^ ]* .*\[\(.*\)\]$/\2 \1/p' "$log" | tail -n 1)
    if [ -t 2 ]; then printf '\r\033[Kdm: building %s (%d s)' "$line" "$tick" >&2
    elif [ $((tick % 30)) = 0 ]; then say "dm: building $line ($tick s)"; fi
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
  if ! wait "$maven"; then
    rm -f "$stamp"
    grep -E '^\[ERROR\]' "$log" | head -n 12 >&2 || true
    stop "the build failed after $((SECONDS - started)) s; the whole log: $log"
  fi
  trap - INT TERM
  # as old as the start of this build, so that what was edited meanwhile counts as newer
  touch -r "$stamp" "$jar"; rm -f "$stamp"
  say "dm: built in $((SECONDS - started)) s"
}

# one build at a time; whoever waited looks again
build_once() {
  mkdir -p "$home/cli/target"
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$home/cli/target/dm-build.lock"
    flock -n 9 || { say "dm: another build is under way; waiting"; flock 9; }
    if stale; then build 9>&-; fi
    exec 9>&-
  elif stale; then
    build
  fi
}

java=
find_java
case ${DM_BUILD:-} in
  never) [ -f "$jar" ] || stop "DM_BUILD=never, but nothing is built yet." ;;
  *) if (stale); then build_once; fi ;;
esac

# memory and compiler by what the command is
command=
for word in "$@"; do case $word in -*) ;; *) command=$word; break ;; esac; done
case $command in
  agent) options=(-Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k -XX:ReservedCodeCacheSize=24m -XX:CICompilerCount=1 -XX:-UsePerfData) ;;
  server) options=(-XX:+UseG1GC -XX:-UsePerfData) ;;
  demo|simulate) options=(-Xmx768m -XX:+UseSerialGC -XX:-UsePerfData) ;;
  *) options=(-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData) ;;
esac
options+=(-Dfile.encoding=UTF-8 -Djava.awt.headless=true)
# shellcheck disable=SC2086
exec "$java" "${options[@]}" ${DM_JAVA_OPTIONS:-} -jar "$jar" "$@"
