#!/bin/sh
# Renders the pictures of the documents anew, from the demo: docs/pictures.sh after `mvn package`.
# PROGRAM names another one than the packaged; pictures are 1400 pixels wide and at most 150 KB each.
set -eu
cd "$(dirname -- "$0")/.."
program=${PROGRAM:-target/serpentarium/bin/serpentarium}
out=docs/images
mkdir -p "$out"

# picture NAME FILE VIEW [option…]
picture() {
  name=$1 file=$2 view=$3
  shift 3
  $program render "assets/demo/$file" --view "$view" --size 1400x800 --out "$out/$name.png" "$@"
  # 256 colours are enough for a window, and half the size.
  if command -v convert >/dev/null; then convert "$out/$name.png" +dither -colors 256 -strip "png8:$out/$name.png"; fi
  test "$(wc -c <"$out/$name.png")" -le 153600 || { echo "$out/$name.png is larger than 150 KB" >&2; exit 1; }
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
