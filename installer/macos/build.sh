#!/bin/bash
# Makes a disk image for macOS: build.sh, after `mvn package` on a Mac with a JDK 25 (jpackage) and Xcode's command line tools. It lies in target/installer.
# Not tried on a Mac yet. SIGN="Developer ID Application: …" signs; without it Gatekeeper asks whoever opens the program.
set -euo pipefail
cd "$(dirname "$0")/../.."
image=target/serpentarium
[ -x "$image/bin/serpentarium" ] || { echo "There is no $image yet: run mvn package first." >&2; exit 1; }
version=$("$image/bin/serpentarium" --version | awk '{print $2}')
out=target/installer
rm -rf "$out/macos"
mkdir -p "$out/macos"

# jpackage takes no version that begins with 0.
mac_version=$version
case $version in 0.*) mac_version=1.${version#0.} ;; esac

options=()
while IFS= read -r option; do [ -n "$option" ] && options+=(--java-options "$option"); done < "$image/lib/jvm.options"
associations=()
while IFS='|' read -r extension description; do
  printf 'extension=%s\nmime-type=application/x-serpentarium-%s\ndescription=%s\n' "$extension" "$extension" "$description" > "$out/macos/$extension.properties"
  associations+=(--file-associations "$out/macos/$extension.properties")
done < installer/associations.txt
signing=()
[ -n "${SIGN:-}" ] && signing=(--mac-sign --mac-signing-key-user-name "$SIGN")

cp -R "$image/lib" "$out/macos/input"
rm -f "$out/macos/input/jvm.options" "$out/macos/input/serpentarium.aot"
jpackage --type app-image --name Serpentarium --app-version "$mac_version" --vendor "The Serpentarium engineers" --icon installer/icons/serpentarium.icns \
  --runtime-image "$image/runtime" --input "$out/macos/input" --main-jar serpentarium.jar --main-class serpentarium.app.Main --app-content "$image/assets" \
  --java-options '-XX:AOTCache=$APPDIR/serpentarium.aot' --java-options '-Xlog:aot=off' --java-options '-Xlog:cds=off' \
  --java-options '-Djava.library.path=$APPDIR/native' --java-options '-Dserpentarium.assets=$APPDIR/../assets' \
  "${options[@]}" "${associations[@]}" ${signing[@]+"${signing[@]}"} --dest "$out/macos"

# The launcher names every jar; the archive's manifest does so already, and a cache holds for one class path only. It is made where the files have their last dates.
app=$out/macos/Serpentarium.app/Contents/app
sed -i '' -e '/^app.classpath=/{/serpentarium.jar$/!d;}' "$app/Serpentarium.cfg"
"$image/runtime/bin/java" -XX:AOTCacheOutput="$app/serpentarium.aot" -Xlog:disable -Xlog:all=off:stderr @"$image/lib/jvm.options" -Djava.library.path="$app/native" \
  -Dserpentarium.assets="$image/assets" -Dserpentarium.home="$out/macos/warm" -cp "$app/serpentarium.jar" serpentarium.app.Main warm-up "$out/macos/warm"
"$image/runtime/bin/java" -XX:AOTMode=on -XX:AOTCache="$app/serpentarium.aot" @"$image/lib/jvm.options" -cp "$app/serpentarium.jar" serpentarium.app.Main --version >/dev/null

program=$out/macos/Serpentarium.app/Contents/MacOS/Serpentarium
[ "$("$program" --version)" = "Serpentarium $version" ] || { echo "The program in $program does not work." >&2; exit 1; }
"$program" profile "$out/macos/Serpentarium.app/Contents/assets/demo/shop.pstats" --json --top 1 | grep -q same_name

jpackage --type dmg --name Serpentarium --app-version "$mac_version" --app-image "$out/macos/Serpentarium.app" ${signing[@]+"${signing[@]}"} --dest "$out"
rm -rf "$out/macos"
ls "$out"/*.dmg
