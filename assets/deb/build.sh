#!/bin/sh
# make deb: two packages for Debian of what make install puts in place: rung, for
# students, and rung-teacher with what is for teachers alone.
#
#	sh assets/deb/build.sh FOLDER VERSION     FOLDER/rung_VERSION-1~RELEASE_ARCH.deb …
#
# In FOLDER/root lies what was installed, with PREFIX=/usr.
set -eu
umask 022
folder=$(cd "$1" && pwd) here=$(dirname "$0")
# Built on Debian 12 it is 0.3.0-1~deb12, which a later release's ~deb13 replaces.
release=$(. "${OS_RELEASE:-/etc/os-release}" && echo "${ID:-linux}${VERSION_ID:-}" |
	sed 's/^debian/deb/' | tr -cd 'a-z0-9.')
version=$2-1~$release
arch=$(dpkg --print-architecture)
MAINTAINER=${MAINTAINER:-"${DEBFULLNAME:-The authors of rung} <${DEBEMAIL:-rung@rung.invalid}>"}
# The same sources make the same packages.
: "${SOURCE_DATE_EPOCH:=$(sh assets/release/source.sh --date)}"
export SOURCE_DATE_EPOCH
rung=$folder/root teacher=$folder/teacher

# ---- who gets what ----
rm -rf "$teacher"
mkdir -p "$teacher/usr/share/rung"
mv "$rung/usr/share/rung/teachers" "$teacher/usr/share/rung/teachers"
# What says the licence is called copyright in all packages.
ln -sf copyright "$rung/usr/share/doc/rung/LICENSE"
# Without the other package --teacher is refused.
cp "$here/for-students" "$rung/usr/share/rung/for-students"
find "$rung/usr/share/man" -name '*.[15]' -exec gzip -9n {} +
gzip -9nc docs/CHANGELOG.md > "$rung/usr/share/doc/rung/changelog.gz"

# ---- what it needs ----
# What is loaded by name when it is needed is recommended, by the package that
# has it; but for the screen's library, which each student needs.
packages=$("$rung/usr/bin/rung" --version | sed -n 's/^  \(lib[^ ]*\.so[^ ]*\) .*/\1/p' |
	while read -r file; do dpkg -S "*/$file" | sed '/^diversion /d; s/:.*//'; done | sort -u)
loaded=$(echo "$packages" | grep -v '^libncurses' | tr '\n' ',')
mkdir -p "$folder/needs/debian" "$rung/DEBIAN"
printf 'Source: rung\n\nPackage: rung\nArchitecture: any\n' \
	> "$folder/needs/debian/control"
needed="$(cd "$folder/needs" && dpkg-shlibdeps -O -e"$rung/usr/bin/rung" |
	sed -n 's/^shlibs:Depends=//p'), $(echo "$packages" | grep '^libncurses')"

# ---- the packages ----
package() { # NAME ROOT
	doc=$2/usr/share/doc/$1
	mkdir -p "$2/DEBIAN" "$doc"
	cp "$here/copyright" "$doc/copyright"
	printf 'rung (%s) unstable; urgency=medium\n\n%s\n\n -- %s  %s\n' \
		"$version" "  * What changed with this version, changelog.gz says." \
		"$MAINTAINER" "$(LC_ALL=C date -uRd "@$SOURCE_DATE_EPOCH")" |
		gzip -9n > "$doc/changelog.Debian.gz"
	mkdir -p "$2/usr/share/lintian/overrides"
	printf '%s\n' "# Nobody uploads it to Debian: it has no bug to close there." \
		initial-upload-closes-no-bugs \
		> "$2/usr/share/lintian/overrides/$1"
	(cd "$2" && find usr -type f -exec md5sum {} + | LC_ALL=C sort -k 2) \
		> "$2/DEBIAN/md5sums"
	sed -e "s|@VERSION@|$version|" -e "s|@ARCH@|$arch|" \
		-e "s|@MAINTAINER@|$MAINTAINER|" -e "s|@NEEDED@|$needed|" \
		-e "s|@LOADED@|$loaded|" \
		-e "s|@SIZE@|$(du -sk --apparent-size "$2/usr" | cut -f 1)|" \
		"$here/$1.control" > "$2/DEBIAN/control"
	dpkg-deb --root-owner-group --build "$2" "$folder" > /dev/null
}
package rung "$rung"
package rung-teacher "$teacher"
ls "$folder"/*.deb
