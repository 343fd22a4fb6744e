#!/bin/bash
# beside-mitmproxy.sh [plain|tls] [ROUNDS] [SECONDS]: processor time a request of the proxy, recording on, of mitmdump and of nginx as a reverse
# proxy, in turns in the same run: wrk with 16 connections kept alive asks nginx for 1 KB of JSON. SERPENTARIUM names the command. Needs nginx, wrk,
# mitmdump and openssl.
set -euo pipefail
kind=${1:-plain} rounds=${2:-3} seconds=${3:-8}
folder=$(mktemp -d)
children=()
finish() { kill "${children[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"; }
trap finish EXIT
port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
plain=$(port) secure=$(port) ours=$(port) theirs=$(port) limit=$(port)
chmod 755 "$folder"; mkdir "$folder/www" "$folder/temp"
python3 -c 'print("{\"text\": \"" + "x" * 1000 + "\"}")' >"$folder/www/one.json"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$folder/key.pem" -out "$folder/cert.pem" -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>/dev/null
temp=; for each in client_body proxy fastcgi uwsgi scgi; do temp+="${each}_temp_path $folder/temp/$each; "; done
tls="ssl_certificate $folder/cert.pem; ssl_certificate_key $folder/key.pem;"
[ "$kind" = tls ] && scheme=https there="https://localhost:$secure" limited=ssl || { scheme=http there="http://127.0.0.1:$plain" limited=; }
cat >"$folder/nginx.conf" <<CONF
daemon off; worker_processes 1; pid $folder/pid; error_log $folder/error.log;
events { worker_connections 512; }
http { access_log off; keepalive_requests 100000000; $temp
  upstream there { server 127.0.0.1:$([ "$kind" = tls ] && echo "$secure" || echo "$plain"); keepalive 32; keepalive_requests 100000000; }
  server { listen 127.0.0.1:$plain; root $folder/www; }
  server { listen 127.0.0.1:$secure ssl; $tls root $folder/www; } }
CONF
cat >"$folder/limit.conf" <<CONF
daemon off; worker_processes 1; pid $folder/pid2; error_log $folder/error2.log;
events { worker_connections 512; }
http { access_log off; keepalive_requests 100000000; $temp
  upstream there { server 127.0.0.1:$([ "$kind" = tls ] && echo "$secure" || echo "$plain"); keepalive 32; keepalive_requests 100000000; }
  server { listen 127.0.0.1:$limit $limited; $tls location / { proxy_pass $scheme://there; proxy_http_version 1.1; proxy_set_header Connection ""; } } }
CONF
nginx -c "$folder/nginx.conf" 2>/dev/null & children+=($!)
nginx -c "$folder/limit.conf" 2>/dev/null & children+=($!)
mitmdump -q --ssl-insecure --mode "reverse:$there" -p "$theirs" >/dev/null 2>&1 & mitm=$!; children+=($mitm)
${SERPENTARIUM:-serpentarium} proxy --reverse "$there@$ours" --insecure localhost --out "$folder/all.session" >/dev/null 2>"$folder/said" & serp=$!; children+=($serp)
for each in "$ours" "$theirs" "$limit"; do
    for _ in $(seq 300); do (: <>/dev/tcp/127.0.0.1/"$each") 2>/dev/null && break; sleep 0.1; done
done
limiting=$(pgrep -P "$(cat "$folder/pid2")")
ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{print $12 + $13}'; }
ask() { wrk -t1 -c16 -d"$2" "$scheme://127.0.0.1:$1/one.json"; }
ask "$ours" 12s >/dev/null
ask "$theirs" 3s >/dev/null
ask "$limit" 1s >/dev/null
one() { [ -d /proc/$2 ] || { echo "$1 ended:"; cat $folder/said; };
    local before after said count
    before=$(ticks "$2")
    said=$(ask "$3" "${seconds}s")
    sleep 1
    after=$(ticks "$2")
    count=$(awk '/requests in/ {print $1}' <<<"$said")
    echo "$1: $((count / seconds)) requests a second, $(((after - before) * 1000000 / $(getconf CLK_TCK) / count)) µs of processor time a request$(
        grep -E 'Non-2xx|Socket errors' <<<"$said" || true)"
}
for _ in $(seq "$rounds"); do
    one serpentarium "$serp" "$ours"
    one mitmdump "$mitm" "$theirs"
    one nginx "$limiting" "$limit"
done
kill "$serp"
wait "$serp" || true
cat "$folder/said"
