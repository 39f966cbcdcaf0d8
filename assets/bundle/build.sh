#!/bin/sh
# make bundle: one archive that runs where it is unpacked, on any Linux for this
# processor, without root, network and packages: rung as make install puts it in
# place, and in lib/rung all that it needs: the C library with its loader, libraries,
# also those that are loaded late, Graphviz, fonts, terminals, encodings.
#
#	sh assets/bundle/build.sh FOLDER VERSION    FOLDER/rung-VERSION-CPU.tar.gz
#	sh assets/bundle/build.sh --files PROGRAM   what it takes of the machine, "FILE TO"
#
# Beside it come rung's own sources, rung-VERSION.tar.gz, which go where it goes, and
# what is for teachers alone, rung-VERSION-teacher.tar.gz, to be unpacked over it.
# In FOLDER/root lies what was installed, with PREFIX=/.  What the archive takes of
# this Debian is said, with its sources, in share/doc/rung/SOURCES.
set -eu
umask 022

# "FILE TO" for each file of the machine that goes to TO in lib/rung.
list_taken() { # PROGRAM
	loader=$(readelf -lW "$1" | sed -n 's/.*interpreter: \(.*\)]/\1/p')
	dot=$(command -v dot)
	system=$(dirname "$(ldd "$dot" | awk '$1 ~ /^libgvc/ { print $3 }')")
	plugins=$(for plugin in core dot_layout neato_layout pango; do
		ls "$system/graphviz/libgvplugin_$plugin".so.? | head -n 1
	done)
	loaded=$("$1" --version | sed -n "s,^  \(lib[^ ]*\.so[^ ]*\) .*,$system/\1,p")
	echo "$loader ld.so"
	echo "$dot dot"
	printf '%s graphviz\n' $plugins
	# What is linked, of all of these.
	{
		printf '%s\n' $loaded
		ldd "$1" "$dot" $loaded $plugins | awk '$2 == "=>" { print $3 }' | sort -u
	} | awk -F/ '!had[$NF]++ { print $0 " ." }'
	echo "$system/gconv/GB18030.so gconv"
	echo "$system/gconv/UTF-16.so gconv"
	for font in DejaVuSans DejaVuSans-Bold DejaVuSans-Oblique DejaVuSansMono \
		DejaVuSansMono-Bold wqy-microhei; do
		file=$(fc-list : file | sed 's/: *$//' | grep "/$font\.tt[cf]$") || {
			echo "There is no font $font." >&2
			return 1
		}
		echo "$file fonts"
	done
	dpkg -L ncurses-base | sed -n 's,.*/terminfo/\(.\)/.*,& terminfo/\1,p'
}

if [ "$1" = --files ]; then
	list_taken "$2"
	exit
fi

here=$(dirname "$0") folder=$(cd "$1" && pwd)
name=rung-$2-$(uname -m)
tree=$folder/$name
: "${SOURCE_DATE_EPOCH:=$(sh assets/release/source.sh --date)}"
rm -rf "$tree"
mv "$folder/root" "$tree"
lib=$tree/lib/rung
mkdir -p "$lib/bin" "$lib/graphviz" "$lib/gconv" "$lib/fonts"

# ---- rung and dot, and who finds what they need ----
mv "$tree/bin/rung" "$lib/rung"
cp "$here/rung" "$tree/bin/rung"
cp "$here/dot" "$lib/bin/dot"
chmod 755 "$tree/bin/rung" "$lib/bin/dot"
list_taken "$lib/rung" > "$folder/list"
while read -r file to; do
	case $to in */*) mkdir -p "$lib/$to" ;; esac
	cp -L "$file" "$lib/$to"
done < "$folder/list"
cut -d ' ' -f 1 "$folder/list" > "$folder/taken"
for file in "$lib"/libicudata.so.*; do
	[ -e "$file" ] || continue
	${CC:-gcc} -Os -shared -s -Wl,-soname,"${file##*/}" -DICU="${file##*.}" \
		-o "$file" "$here/icudata.c"
done
chmod 755 "$lib/ld.so" "$lib/dot"

# ---- what they read ----
"$lib/bin/dot" -c
for charset in GB18030 UTF-16 UTF-16LE UTF-16BE; do
	module=${charset%[LB]E}
	echo "module $charset// INTERNAL $module 1"
	echo "module INTERNAL $charset// $module 1"
done > "$lib/gconv/gconv-modules"
cp "$here/fonts.conf" "$lib/fonts"

# ---- who is to have what ----
pack() { # ARCHIVE FILE     the same files, the same bytes
	tar -C "$folder" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 \
		--group=0 --numeric-owner -c "$2" | gzip -9n > "$folder/$1.tar.gz"
}
pack "rung-$2-teacher" "$name/share/rung/teachers"
rm -rf "$tree/share/rung/teachers"
cp assets/deb/for-students "$tree/share/rung/for-students"

# ---- whose it is ----
doc=$tree/share/doc/rung
mkdir -p "$doc/libraries"
sort -u "$folder/taken" | sh .ci/owners > "$folder/owners"
if grep '^- ' "$folder/owners" >&2; then
	echo "No package has these files: whose they are is not known." >&2
	exit 1
fi
cut -d ' ' -f 1 "$folder/owners" | sort -u > "$folder/packages"
while read -r package; do
	cp -L "/usr/share/doc/$package/copyright" "$doc/libraries/$package"
done < "$folder/packages"
cp -L /usr/share/common-licenses/* "$doc/libraries"
{
	cat "$here/SOURCES"
	# shellcheck disable=SC2046  # words
	dpkg-query -W -f '${source:Package} ${source:Version}\n' $(cat "$folder/packages") |
		sort -u | sed 's/^/    /'
} | sed -e "s|@VERSION@|$2|" -e "s|@COMMIT@|$(git rev-parse HEAD 2> /dev/null || echo unknown)|" \
	-e "s|@DEBIAN@|$(. /etc/os-release && echo "$PRETTY_NAME")|" > "$doc/SOURCES"

# ---- the archive ----
pack "$name" "$name"
sh assets/release/source.sh "$2" > "$folder/rung-$2.tar.gz"
ls -l "$folder"/*.tar.gz
