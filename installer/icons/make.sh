#!/bin/sh
# Draws the icons of all sizes from the one drawing: PNG for Linux, .ico for Windows, .icns for macOS. Needs rsvg-convert and png2icns (Debian: librsvg2-bin, icnsutils).
set -eu
cd "$(dirname "$0")"
for size in 16 22 24 32 48 64 128 256 512; do rsvg-convert -w $size -h $size serpentarium.svg -o serpentarium-$size.png; done
png2icns serpentarium.icns serpentarium-16.png serpentarium-32.png serpentarium-48.png serpentarium-128.png serpentarium-256.png serpentarium-512.png >/dev/null
# An .ico is a directory of PNG files: six bytes of head, sixteen for each picture, then the pictures.
python3 - <<'PICTURES'
import struct
sizes = [16, 24, 32, 48, 64, 128, 256]
pictures = [open(f'serpentarium-{size}.png', 'rb').read() for size in sizes]
at = 6 + 16 * len(sizes)
head = struct.pack('<HHH', 0, 1, len(sizes))
for size, picture in zip(sizes, pictures):
    head += struct.pack('<BBBBHHII', size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
    at += len(picture)
open('serpentarium.ico', 'wb').write(head + b''.join(pictures))
PICTURES
