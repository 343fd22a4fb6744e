#!/bin/sh
# Renders the pictures of the documents anew, from the demo: docs/pictures.sh after `mvn package`.
# PROGRAM names another one than the packaged; pictures are 1400 pixels wide and at most 150 KB each.
set -eu
cd "$(dirname -- "$0")/.."
program=${PROGRAM:-target/serpentarium/bin/serpentarium}
out=docs/images
mkdir -p "$out"

# small NAME: what was rendered as NAME, made fit for a document.
small() {
  name=$1
  # 256 colours are enough for a window, and half the size.
  if command -v convert >/dev/null; then convert "$out/$name.png" +dither -colors 256 -strip "png8:$out/$name.png"; fi
  test "$(wc -c <"$out/$name.png")" -le 153600 || { echo "$out/$name.png is larger than 150 KB" >&2; exit 1; }
}

# picture NAME FILE VIEW [option…]
picture() {
  name=$1 file=$2 view=$3
  shift 3
  $program render "assets/demo/$file" --view "$view" --size 1400x800 --out "$out/$name.png" "$@"
  small "$name"
}

picture profiler-light shop.pstats flame
picture profiler-dark shop.pstats tree --theme dark
picture flame-inverted shop.pstats inverted
picture flame-sandwich callgrind.out.workers sandwich
picture threads-time workers.speedscope.json time --theme dark
picture functions callgrind.out.workers functions
picture callers shop.pstats relations
picture call-graph callgrind.out.workers graph --theme dark
picture source callgrind.out.workers source
picture compare shop.pstats functions --compare assets/demo/shop.collapsed
picture compare-flame shop.pstats flame --compare assets/demo/shop.collapsed --theme dark

# What a client of the demo's folder asks for through the proxy, recorded while it happens.
traffic() {
  work=$(mktemp -d)
  port=8791 proxy=8792
  python3 -m http.server "$port" --bind 127.0.0.1 --directory assets/demo >/dev/null 2>&1 &
  server=$!
  $program proxy --listen "127.0.0.1:$proxy" --out "$work/my-program.session" --for 12 >/dev/null 2>&1 &
  recorder=$!
  sleep 5
  for path in '' shop.py workers.py shop.collapsed workers.speedscope.json nothing shop.py; do
    curl -s -o /dev/null --noproxy '' -x "http://127.0.0.1:$proxy" "http://127.0.0.1:$port/$path"
  done
  wait "$recorder" || true
  kill "$server"
  for theme in light dark; do
    $program render "$work/my-program.session" --size 1400x800 --theme "$theme" --out "$out/traffic-$theme.png"
    small "traffic-$theme"
  done
  rm -rf "$work"
}

# A folder that asks for a version which pyenv does not have here. The parentheses keep its variables to itself.
versions() (
  work=$(mktemp -d)
  real=${PYENV_ROOT:-$HOME/.pyenv}
  mkdir -p "$work/shop" "$work/.pyenv"
  for part in bin libexec plugins versions version; do ln -s "$real/$part" "$work/.pyenv/$part"; done
  export PYENV_ROOT="$work/.pyenv" SERPENTARIUM_JAVA_OPTIONS="-Duser.home=$work" PATH="$work/.pyenv/shims:/usr/bin:/bin"
  echo 3.7.4 >"$work/shop/.python-version"
  $program render "$work/shop" --size 1400x800 --out "$out/versions-light.png"
  echo 3.12 >"$work/shop/.python-version"
  $program render "$work/shop" --size 1400x800 --theme dark --out "$out/versions-dark.png"
  small versions-light
  small versions-dark
  rm -rf "$work"
)

if command -v curl >/dev/null; then traffic; fi
if command -v pyenv >/dev/null || [ -d "${PYENV_ROOT:-$HOME/.pyenv}/versions" ]; then versions; fi

# A log as Python's logging writes it, of half an hour that passes at once.
logs() (
  work=$(mktemp -d)
  python3 - "$work" <<'PROGRAM'
import logging, os, random, sys
os.chdir(sys.argv[1])
clock = [1_795_850_000.0]

def factory(*arguments, **more):
    record = logging.LogRecord(*arguments, **more)
    clock[0] += random.expovariate(2)
    record.created, record.msecs = clock[0], clock[0] % 1 * 1000
    return record

random.seed(7)
logging.setLogRecordFactory(factory)
logging.basicConfig(filename='shop.log', level=logging.DEBUG, format='%(asctime)s %(levelname)-8s %(name)s [%(threadName)s] %(message)s')
prices = {'apple': 120, 'pear': 95, 'plum': 40}

def price(name):
    return prices[name]

for number in range(3000):
    busy = 1200 < number < 1500
    order = logging.getLogger('shop.orders')
    choice = random.random()
    if choice < 0.45: logging.getLogger('shop.http').info('GET /orders/%d 200 in %.1f ms', number, random.lognormvariate(3, 0.6))
    elif choice < 0.75: logging.getLogger('shop.db').debug('SELECT id, name, total FROM orders WHERE id = %d took %.2f ms', number, random.lognormvariate(1, 0.5))
    elif choice < (0.85 if busy else 0.97): order.info('order %d is packed: {"items": %d, "total": %.2f}', number, random.randint(1, 9), random.uniform(5, 90))
    elif choice < (0.93 if busy else 0.99): order.warning('order %d waits for stock since %d s', number, random.randint(5, 300))
    else:
        try: price(random.choice(['quince', 'fig', 'apple', 'medlar']))
        except KeyError: order.exception('order %d has no price', number)
        else: order.info('order %d is paid', number)
PROGRAM
  $program render "$work/shop.log" --size 1400x800 --view failures --out "$out/logs-light.png"
  small logs-light
  $program render "$work/shop.log" --size 1400x800 --theme dark --out "$out/logs-dark.png"
  small logs-dark
  rm -rf "$work"
)

logs

# Filters are set by hand: the program in a window of its own, on a display that is there for it alone. Needs Xvfb, xdotool and ImageMagick.
filters() {
  DISPLAY=:93
  export DISPLAY
  Xvfb :93 -screen 0 1400x800x24 &
  display=$!
  sleep 1
  $program assets/demo/shop.collapsed &
  opened=$!
  window=$(xdotool search --sync --onlyvisible --name shop.collapsed | tail -n 1)
  xdotool windowsize "$window" 1400 800 windowmove "$window" 0 0 sleep 3 windowfocus "$window"
  xdotool mousemove 400 330 click 1 sleep 1 key y sleep 2
  xdotool mousemove 850 282 click 1 sleep 1 key x sleep 2
  xdotool mousemove 500 302 click 1 sleep 1 key m sleep 2
  xdotool mousemove 300 302 click 1 sleep 1 mousemove 700 620 sleep 2
  import -window root +dither -colors 256 -strip "png8:$out/filters.png"
  kill "$opened" "$display"
}

if command -v xdotool >/dev/null && command -v Xvfb >/dev/null; then filters; fi
