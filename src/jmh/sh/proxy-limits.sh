#!/bin/bash
# proxy-limits.sh [ROUNDS] [SECONDS] [MEGABYTES]: what the proxy adds where nothing is hurried. A client asks nginx for 1 KB of JSON a hundred times a
# second over one connection: straight, through the forward proxy (recording on), through mitmdump, and through nginx as a reverse proxy, in turns.
# Then a file is downloaded through the proxy, and its highest resident memory meanwhile is set beside that of before. SERPENTARIUM and JAVA name the
# commands. Needs nginx, curl, mitmdump.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
rounds=${1:-3} seconds=${2:-10} megabytes=${3:-2000}
folder=$(mktemp -d)
children=()
finish() { kill "${children[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"; }
trap finish EXIT
port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
plain=$(port) ours=$(port) theirs=$(port) limit=$(port)
chmod 755 "$folder"; mkdir "$folder/www" "$folder/temp"
python3 -c 'print("{\"text\": \"" + "x" * 1000 + "\"}")' >"$folder/www/one.json"
truncate -s "${megabytes}000000" "$folder/www/large"
temp=; for each in client_body proxy fastcgi uwsgi scgi; do temp+="${each}_temp_path $folder/temp/$each; "; done
cat >"$folder/nginx.conf" <<CONF
daemon off; worker_processes 1; pid $folder/pid; error_log $folder/error.log;
events { worker_connections 512; }
http { access_log off; keepalive_requests 100000000; $temp
  upstream there { server 127.0.0.1:$plain; keepalive 32; keepalive_requests 100000000; }
  server { listen 127.0.0.1:$plain; root $folder/www; }
  server { listen 127.0.0.1:$limit; location / { proxy_pass http://there; proxy_http_version 1.1; proxy_set_header Connection ""; } } }
CONF
nginx -c "$folder/nginx.conf" 2>/dev/null & children+=($!)
mitmdump -q -p "$theirs" >/dev/null 2>&1 & children+=($!)
${SERPENTARIUM:-serpentarium} proxy --listen "127.0.0.1:$ours" --whole --out "$folder/all.session" >/dev/null 2>"$folder/said" & serp=$!; children+=($serp)
for each in "$plain" "$ours" "$theirs" "$limit"; do
    for _ in $(seq 300); do (: <>/dev/tcp/127.0.0.1/"$each") 2>/dev/null && break; sleep 0.1; done
done
ask() { printf '%-14s' "$1"; "${JAVA:-java}" "$here/../java/serpentarium/traffic/engine/PacedClient.java" "$2" 100 "$seconds" 1 ${3:-}; }
"${JAVA:-java}" "$here/../java/serpentarium/traffic/engine/PacedClient.java" "http://127.0.0.1:$plain/one.json" 1000 5 4 "$ours" >/dev/null
for _ in $(seq "$rounds"); do
    ask straight "http://127.0.0.1:$plain/one.json"
    ask serpentarium "http://127.0.0.1:$plain/one.json" "$ours"
    ask mitmdump "http://127.0.0.1:$plain/one.json" "$theirs"
    ask nginx "http://127.0.0.1:$limit/one.json"
done
memory() { awk "/$1/ {print int(\$2 / 1024)}" "/proc/$serp/status"; }
curl -s -x "http://127.0.0.1:$ours" -o /dev/null --range 0-99999999 "http://127.0.0.1:$plain/large"
for _ in $(seq 2); do
    before=$(memory VmRSS)
    echo 5 >"/proc/$serp/clear_refs"
    took=$(curl -s -x "http://127.0.0.1:$ours" -o /dev/null -w '%{size_download} bytes in %{time_total} s' "http://127.0.0.1:$plain/large")
    echo "$took; resident before $before MB, most meanwhile $(memory VmHWM) MB"
done
kill "$serp"
wait "$serp" || true
cat "$folder/said"
