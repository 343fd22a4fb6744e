#!/bin/bash
# live-load.sh [RATE] [SECONDS] [CONNECTIONS]: a live session in a window under Xvfb, while nginx is asked for 1 KB of JSON through its proxy so many
# times a second. CLASSPATH names the compiled program, its tests, its benchmarks and their libraries, JAVAFX the folder of JavaFX (target/javafx),
# JAVA the command (java), SERPENTARIUM_JAVA_OPTIONS more of its options. Needs nginx and xvfb-run.
set -euo pipefail
rate=${1:-5000} seconds=${2:-60} connections=${3:-32}
folder=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
chmod 755 "$folder"; mkdir "$folder/www" "$folder/temp"
python3 -c 'print("{\"text\": \"" + "x" * 1000 + "\"}")' >"$folder/www/one.json"
temp=; for each in client_body proxy fastcgi uwsgi scgi; do temp+="${each}_temp_path $folder/temp/$each; "; done
cat >"$folder/nginx.conf" <<CONF
daemon off; worker_processes 1; pid $folder/pid; error_log $folder/error.log;
events { worker_connections 512; }
http { access_log off; keepalive_requests 100000000; $temp server { listen 127.0.0.1:$port; root $folder/www; } }
CONF
nginx -c "$folder/nginx.conf" 2>/dev/null & server=$!
trap 'kill $server 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 100); do (: <>/dev/tcp/127.0.0.1/"$port") 2>/dev/null && break; sleep 0.1; done
xvfb-run -a -s '-screen 0 1600x900x24' "${JAVA:-java}" --module-path "${JAVAFX:-target/javafx}" --add-modules javafx.controls --enable-native-access=javafx.graphics,ALL-UNNAMED \
    --add-opens=javafx.base/com.sun.javafx.event=ALL-UNNAMED -XX:+UseG1GC -Xmx2g -Dprism.order=sw ${SERPENTARIUM_JAVA_OPTIONS:-} -cp "$CLASSPATH" \
    serpentarium.traffic.ui.LiveWindowLoad "http://127.0.0.1:$port/one.json" "$rate" "$seconds" "$connections"
