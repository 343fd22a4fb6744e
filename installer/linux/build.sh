#!/bin/bash
# Makes packages for Linux from the image that `mvn package` links: build.sh [deb] [rpm] [tar], all three where none is named. They lie in target/installer.
# Each package is unpacked again and tries itself before the script ends well.
set -euo pipefail
cd "$(dirname "$0")/../.."
image=target/serpentarium
[ -x "$image/bin/serpentarium" ] || { echo "There is no $image yet: run mvn package first." >&2; exit 1; }
version=$("$image/bin/serpentarium" --version | awk '{print $2}')
day=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}" +%F)
out=target/installer
root=$out/root
mkdir -p "$out"

# What a package puts where, for deb and rpm alike.
lay_out() {
  rm -rf "$root"
  mkdir -p "$root/opt" "$root/usr/bin" "$root/usr/share/"{applications,metainfo,mime/packages,man/man1,bash-completion/completions,doc/serpentarium}
  cp -a "$image" "$root/opt/serpentarium"
  ln -s ../../opt/serpentarium/bin/serpentarium "$root/usr/bin/serpentarium"
  cp installer/linux/serpentarium.desktop "$root/usr/share/applications/"
  cp installer/linux/serpentarium.xml "$root/usr/share/mime/packages/"
  sed "s/@VERSION@/$version/; s/@DATE@/$day/" installer/linux/serpentarium.metainfo.xml > "$root/usr/share/metainfo/serpentarium.metainfo.xml"
  for size in 16 22 24 32 48 64 128 256 512; do
    install -Dm644 "installer/icons/serpentarium-$size.png" "$root/usr/share/icons/hicolor/${size}x$size/apps/serpentarium.png"
  done
  install -Dm644 installer/icons/serpentarium.svg "$root/usr/share/icons/hicolor/scalable/apps/serpentarium.svg"
  "$image/bin/serpentarium" manual | gzip -9n > "$root/usr/share/man/man1/serpentarium.1.gz"
  "$image/bin/serpentarium" generate-completion > "$root/usr/share/bash-completion/completions/serpentarium"
  cp "$image/lib/THIRD-PARTY.txt" "$root/usr/share/doc/serpentarium/copyright"
  find "$root" -type d -exec chmod 755 {} +
  find "$root" -type f -exec chmod u+rw,go+r,go-w {} +
}

# The unpacked program answers with the version of its package, starts from its cache, reads a demo file, and draws its window.
try_out() {
  local home=$1 scratch
  scratch=$(mktemp -d)
  (
    export XDG_CONFIG_HOME=$scratch XDG_STATE_HOME=$scratch XDG_DATA_HOME=$scratch HOME=$scratch
    [ "$("$home/bin/serpentarium" --version)" = "Serpentarium $version" ]
    # Ends badly where the cache does not fit its program, which the program itself would pass over.
    "$home/runtime/bin/java" -XX:AOTMode=on -XX:AOTCache="$home/lib/serpentarium.aot" @"$home/lib/jvm.options" -cp "$home/lib/serpentarium.jar" serpentarium.app.Main --version >/dev/null
    "$home/bin/serpentarium" profile "$home/assets/demo/shop.pstats" --json --top 1 | grep -q same_name
    "$home/bin/serpentarium" render "$home/assets/demo/shop.pstats" --out "$scratch/window.png" --size 1100x700
    [ "$(wc -c < "$scratch/window.png")" -gt 20000 ]
  ) || { echo "The program in $home does not work." >&2; exit 1; }
  rm -rf "$scratch"
}

deb() {
  local package=$out/serpentarium_${version}_amd64.deb
  mkdir -p "$root/DEBIAN"
  cat > "$root/DEBIAN/control" <<CONTROL
Package: serpentarium
Version: $version
Architecture: amd64
Maintainer: The Serpentarium engineers <serpentarium@localhost>
Section: devel
Priority: optional
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: libc6 (>= 2.28), libgtk-3-0 (>= 3.20) | libgtk-3-0t64, libgl1, libxtst6, libxxf86vm1, libfreetype6, libfontconfig1, libpangoft2-1.0-0
Recommends: wireshark-common
Suggests: cmake, gcc, tcpdump
Description: workbench for people who work on Python programs
 Profiles as flame graphs and call trees, network traffic live and captured,
 logs of any size, and Python versions with the reasons why one applies, in
 one window and on the command line.
CONTROL
  (cd "$root" && find opt usr -type f -exec md5sum {} +) > "$root/DEBIAN/md5sums"
  dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
  rm -rf "$root/DEBIAN" "$out/tried"
  dpkg-deb -x "$package" "$out/tried"
  try_out "$PWD/$out/tried/opt/serpentarium"
  rm -rf "$out/tried"
  echo "$package"
}

rpm() {
  for tool in rpmbuild cpio; do command -v $tool >/dev/null || { echo "$tool is missing (Debian: rpm, cpio)." >&2; exit 1; }; done
  local top=$PWD/$out/rpm
  rm -rf "$top"
  mkdir -p "$top"
  cat > "$top/serpentarium.spec" <<SPEC
Name: serpentarium
Version: $version
Release: 1
Summary: Workbench for people who work on Python programs
License: see /usr/share/doc/serpentarium/copyright
BuildArch: x86_64
AutoReqProv: no
Requires: gtk3, libXtst, libXxf86vm, libglvnd-glx, freetype, fontconfig, pango
%define _build_id_links none
%global __os_install_post %{nil}
%description
Profiles as flame graphs and call trees, network traffic live and captured, logs of any size, and Python versions with the reasons why one applies,
in one window and on the command line.
%install
cp -a $PWD/$root/. %{buildroot}/
%files
/opt/serpentarium
/usr/bin/serpentarium
/usr/share/applications/serpentarium.desktop
/usr/share/mime/packages/serpentarium.xml
/usr/share/metainfo/serpentarium.metainfo.xml
/usr/share/icons/hicolor/*/apps/serpentarium.*
/usr/share/man/man1/serpentarium.1.gz
/usr/share/bash-completion/completions/serpentarium
/usr/share/doc/serpentarium
SPEC
  command rpmbuild -bb --quiet --target x86_64 --define "_topdir $top" --define "_rpmdir $PWD/$out" --define '_rpmfilename %{NAME}-%{VERSION}.%{ARCH}.rpm' "$top/serpentarium.spec"
  rm -rf "$top" "$out/tried"
  mkdir "$out/tried"
  rpm2cpio "$out/serpentarium-$version.x86_64.rpm" | (cd "$out/tried" && cpio -idm --quiet)
  try_out "$PWD/$out/tried/opt/serpentarium"
  rm -rf "$out/tried"
  echo "$out/serpentarium-$version.x86_64.rpm"
}

tar_gz() {
  local package=$out/serpentarium-$version-linux-x64.tar.gz
  tar --owner=0 --group=0 -C target -czf "$package" serpentarium
  rm -rf "$out/tried"
  mkdir "$out/tried"
  tar -C "$out/tried" -xzf "$package"
  try_out "$PWD/$out/tried/serpentarium"
  rm -rf "$out/tried"
  echo "$package"
}

[ $# -gt 0 ] || set -- deb rpm tar
for kind in "$@"; do
  case $kind in
    deb) lay_out; deb ;;
    rpm) lay_out; rpm ;;
    tar) tar_gz ;;
    *) echo "build.sh takes deb, rpm and tar, not $kind." >&2; exit 2 ;;
  esac
done
rm -rf "$root"
