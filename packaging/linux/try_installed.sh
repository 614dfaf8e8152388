#!/bin/sh
# Installs the Debian package in a fresh Debian 12, opens it from its menu entry, takes it out again.
# Then the portable program, on a system that has only what every desktop has.
#
# sudo packaging/linux/try_installed.sh WORKSPACE    needs debootstrap, Xvfb, xdotool; 3 GB
#
# WORKSPACE keeps the Debian 12, and the pictures of the windows.
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1"
workspace=$(cd "$1" && pwd)
base=$workspace/bookworm
root=$workspace/root
package=$(echo "$project"/dist/stalin-study_*_amd64.deb)
tarball=$(echo "$project"/dist/stalin-study-*-linux-x86_64.tar.xz)
home=$root/home/pupil
display=:97

say() { printf '\n== %s\n' "$*"; }

cleanup() {
    [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
    for program in $(open_programs); do
        kill "$program" || true
    done
    for place in "$root/srv/portable" "$root/srv/small" "$root/proc"; do
        ! mountpoint -q "$place" || umount "$place"
    done
}
trap cleanup EXIT

# pupil COMMAND: run a line as a pupil inside the system.
pupil() {
    chroot --userspec=pupil "$root" env -i HOME="${home#"$root"}" LANG=C.UTF-8 DISPLAY=$display \
        PATH=/usr/bin:/bin:/usr/games sh -c "$1"
}

# seen NAME: wait for the window, and keep a picture of it.
seen() {
    tries=0
    until DISPLAY=$display xdotool search --onlyvisible --name 'Stalin' >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 60 ] || { echo "no window came"; exit 1; }
        sleep 1
    done
    sleep 3
    echo "windows: $(DISPLAY=$display xdotool search --onlyvisible --name 'Stalin' | wc -l)"
    DISPLAY=$display import -window root "$workspace/$1.png"
}

# The process ids of what runs from inside the system.
open_programs() {
    for process in /proc/[0-9]*; do
        case $(readlink "$process/exe" 2>/dev/null || true) in
            "$root"/*stalin-study*) echo "${process#/proc/}" ;;
        esac
    done
}

# No window manager is here to ask the window to close; ending the program is the harder trial.
close_window() {
    tries=0
    while [ -n "$(open_programs)" ] && [ "$tries" -lt 60 ]; do
        [ "$tries" -gt 0 ] || kill $(open_programs) || true
        tries=$((tries + 1))
        sleep 1
    done
    sleep 1
    if grep -E 'ERROR|Traceback' "$home"/.local/share/stalin-study/*.log; then
        echo "the log tells of errors"
        exit 1
    fi
}

say "a fresh Debian 12"
[ -x "$base/usr/bin/apt-get" ] || debootstrap --variant=minbase bookworm "$base"
rm -rf "$root"
cp -a "$base" "$root"
mount -t proc proc "$root/proc"
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp "$package" "$root/srv/"
chroot "$root" useradd -m pupil
Xvfb $display -screen 0 1280x800x24 -nolisten tcp -ac >/dev/null 2>&1 &
server=$!
sleep 2

say "install, with nothing but what it depends on"
chroot "$root" apt-get -qq update
chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get -qqy --no-install-recommends \
    -o Dpkg::Use-Pty=0 install "/srv/$(basename "$package")" >"$workspace/install.log" 2>&1
chroot "$root" dpkg -s stalin-study | grep -E '^(Status|Version)'
find "$root" -xdev -not -path '*/proc/*' | sed "s|^$root||" | sort >"$workspace/with.txt"

say "the whole program, by --smoke"
pupil "stalin-study --smoke"
pupil "stalin-study mark c01q01 'the troyka'"

say "open it from its menu entry"
exec_line=$(sed -n 's/^Exec=//p' "$root/usr/share/applications/stalin-study.desktop" | head -1)
pupil "cd; exec $exec_line" &
seen installed
pupil "exec $exec_line"
echo "after a second start: $(DISPLAY=$display xdotool search --onlyvisible --name 'Stalin' | wc -l)"

say "install a newer version over the open one"
newer=$workspace/newer
rm -rf "$newer"
dpkg-deb -R "$package" "$newer"
version=$(dpkg-deb -f "$package" Version)
mv "$newer/usr/lib/stalin-study/$version" "$newer/usr/lib/stalin-study/$version.1"
for name in stalin-study stalin-study-gui; do
    ln -sfn "../lib/stalin-study/$version.1/$name" "$newer/usr/bin/$name"
done
sed -i "s/^Version: .*/Version: $version.1/" "$newer/DEBIAN/control"
sed -i "s/\"$version\"/\"$version.1\"/" "$newer/DEBIAN/postinst"
dpkg-deb --root-owner-group -Zgzip -z1 --build "$newer" "$root/srv/newer.deb" >/dev/null
chroot "$root" dpkg -i /srv/newer.deb 2>&1 | grep -v 'Reading database'
echo "folders while it is open: $(ls "$root/usr/lib/stalin-study")"
# A page that has not been shown yet is read from the program's own files.
DISPLAY=$display xdotool search --onlyvisible --name 'Stalin' windowfocus key Return sleep 4 key ctrl+4
sleep 5
DISPLAY=$display import -window root "$workspace/upgraded-while-open.png"
close_window
pupil "stalin-study --version"

say "install an older version over a newer one"
chroot "$root" dpkg -i "/srv/$(basename "$package")" 2>&1 | grep -v 'Reading database'
echo "folders after that: $(ls "$root/usr/lib/stalin-study")"
pupil "stalin-study --smoke"

say "no room for the package"
mkdir -p "$root/srv/small"
mount -t tmpfs -o size=20m tmpfs "$root/srv/small"
chroot "$root" dpkg -x "/srv/$(basename "$package")" /srv/small 2>&1 | tail -2 || true
umount "$root/srv/small"
say "no room for progress"
mkdir -p "$root/srv/small"
mount -t tmpfs -o size=64k,uid=1000 tmpfs "$root/srv/small"
head -c 70000 /dev/zero >"$root/srv/small/full" 2>/dev/null || true
pupil "exec stalin-study-gui --data-dir /srv/small/progress" &
seen no-room
close_window
umount "$root/srv/small"

say "take it out"
chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get -qqy -o Dpkg::Use-Pty=0 purge stalin-study \
    >>"$workspace/install.log" 2>&1
find "$root" -xdev -not -path '*/proc/*' | grep -i stalin | grep -v "$root/srv/" || true

say "the portable program: read-only, among spaces and other letters, no library of a developer"
for name in libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 \
    libxcb-util1 libxcb-xkb1 libxkbcommon0 libxkbcommon-x11-0 libsqlite3-0; do
    chroot "$root" dpkg --purge --force-depends "$name" >/dev/null 2>&1 || true
done
place="/srv/portable/Übungs Ordner/Сталин"
mkdir -p "$root/srv/portable"
mount -t tmpfs -o size=400m tmpfs "$root/srv/portable"
mkdir -p "$root$place"
tar -xJf "$tarball" -C "$root$place"
mount -o remount,ro "$root/srv/portable"
pupil "'$place/stalin-study/stalin-study' --smoke"
pupil "exec '$place/stalin-study/stalin-study-gui'" &
seen portable
close_window

say "a path of 200 characters, opened twice at once"
mount -o remount,rw "$root/srv/portable"
long=/srv/portable/$(printf 'x%.0s' $(seq 100))/$(printf 'y%.0s' $(seq 84))
mkdir -p "$root$long"
mv "$root$place/stalin-study" "$root$long/"
: >"$root$long/stalin-study/portable.txt"
chown -R 1000 "$root$long/stalin-study"
pupil "exec '$long/stalin-study/stalin-study-gui'" &
pupil "exec '$long/stalin-study/stalin-study-gui'" &
seen long-path
ls "$root$long/stalin-study"
close_window
say "everything was tried; look at the pictures in $workspace"
