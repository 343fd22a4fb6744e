#!/bin/bash
# beside-kcachegrind.sh long|scattered MEGABYTES, or beside-kcachegrind.sh FILE: processor time and memory of KCachegrind and of Serpentarium for
# the same made or given file, one after the other. JAVA and SERPENTARIUM name the commands (java, serpentarium); CLASSES the compiled program
# (target/classes), with which the file is also read as the window reads it. Needs kcachegrind, dbus-run-session and GNU time.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HOME=$folder
file=$1
if [ $# -gt 1 ]; then
    file=$folder/callgrind.out.made
    "${JAVA:-java}" "$here/../java/serpentarium/profile/format/MadeCallgrind.java" "$1" "$2" "$file"
fi

# KCachegrind has no way to say that it has loaded: it has when it needs no more processor time.
QT_QPA_PLATFORM=offscreen dbus-run-session -- kcachegrind "$file" >"$folder/log" 2>&1 &
session=$!
pid=
for _ in $(seq 100); do
    for child in $(pgrep -P $session); do [ "$(cat /proc/$child/comm)" = kcachegrind ] && pid=$child; done
    [ -n "$pid" ] && break
    sleep 0.1
done
before=-1
rests=0
for _ in $(seq 1200); do
    sleep 0.5
    read -ra stat < <(sed 's/.*) //' /proc/$pid/stat)
    ticks=$((stat[11] + stat[12]))
    if [ $((ticks - before)) -le 2 ]; then rests=$((rests + 1)); else rests=0; fi
    before=$ticks
    [ $rests -ge 6 ] && break
done
echo "KCachegrind: $(awk "BEGIN { print $before / $(getconf CLK_TCK) }") s of processor time, $(awk '/VmHWM/ { print int($2 / 1024) }' /proc/$pid/status) MB"
kill $pid
wait $session 2>/dev/null || true

/usr/bin/time -o "$folder/time" -f '%U %S %M' ${SERPENTARIUM:-serpentarium} profile "$file" --json >/dev/null
awk '{ printf "Serpentarium: %.2f s of processor time, %d MB\n", $1 + $2, $3 / 1024 }' "$folder/time"
if [ -n "${CLASSES:-}" ]; then
    "${JAVA:-java}c" -d "$folder/load" -cp "$CLASSES" "$here/../java/serpentarium/profile/format/CallgrindLoad.java"
    "${JAVA:-java}" -XX:+UseG1GC -XX:MaxRAMPercentage=60 -cp "$folder/load:$CLASSES" serpentarium.profile.format.CallgrindLoad "$file"
fi
