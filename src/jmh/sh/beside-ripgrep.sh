#!/usr/bin/env bash
# Indexing and searching a big log beside wc, grep, ripgrep and lnav: beside-ripgrep.sh FILE, or beside-ripgrep.sh MEGABYTES, which makes one.
# CLASSES is the folder of the program's classes and those of the benchmarks, LIBRARIES the class path of what they need. User and system time of each.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
file=$1
if [[ $1 =~ ^[0-9]+$ ]]; then
  file=$(mktemp -d)/made.log
  java "$here/java/serpentarium/log/engine/MadeLog.java" "$file" "$1"
fi
TIMEFORMAT='%U s user, %S s system, %R s by the clock'
# Not straight into the void: grep stops at the first line when it sees that nobody reads.
run() { echo "$*" | cut -c1-100; time { "$@" || true; } | cat >/dev/null; }
cat "$file" >/dev/null
run wc -l "$file"
for text in needle- KeyError ERROR; do
  run rg -c "$text" "$file"
  LC_ALL=C run grep -c "$text" "$file"
done
run rg -ci keyerror "$file"
for pattern in 'took [0-9]+5 ms' 'SKU-9[0-9]+7' "KeyError: '.*42" '\[10[0-9]3\]'; do
  run rg -c "$pattern" "$file"
  LC_ALL=C run grep -cE "$pattern" "$file"
done
command -v lnav >/dev/null && run lnav -n -c ";select count(*) from all_logs" "$file"
java -Xmx256m -cp "$CLASSES:${LIBRARIES:-}" serpentarium.log.engine.LogSpeed "$file" 3
