#!/bin/sh
# make release: one folder with all that a version is given out as.
#
#	sh assets/release/build.sh --check VERSION   may this tree be released?  If not,
#	                                             one sentence says why
#	sh assets/release/build.sh BUILD VERSION     BUILD/release/rung-VERSION, of what
#	                                             make page, deb and site put into BUILD
set -eu
umask 022
LC_ALL=C
export LC_ALL
here=$(dirname "$0") version=$2

refuse() { # SENTENCE
	echo "make release: $*" >&2
	exit 1
}

# The title of the newest version in the CHANGELOG, "0.3.0, 2026-11-29".
title=$(sed -n 's/^## //p' docs/CHANGELOG.md | head -n 1)
if [ "$1" = --check ]; then
	case $title in
	"$version, "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]) ;;
	"$version" | "$version,"*)
		refuse "version $version is still open in docs/CHANGELOG.md; close it by its date," \
			"as in \"## $version, $(date +%F)\"."
		;;
	*)
		refuse "docs/CHANGELOG.md begins with version \"$title\", but VERSION in the" \
			"Makefile is $version; make both the same."
		;;
	esac
	noted=$(sed -n 's/^rung //p' tests/released)
	[ "$noted" = "$version" ] ||
		refuse "tests/released has the labs of version $noted; run make released," \
			"and commit what it writes."
	if [ -e .git ]; then
		[ -z "$(git status --porcelain)" ] ||
			refuse "git status shows changes; commit or remove them."
	fi
	exit
fi

build=$1 name=rung-$version
folder=$build/release/$name
rm -rf "$folder"
mkdir -p "$folder"
sh "$here/source.sh" "$version" > "$folder/$name.tar.gz"
cp "$build/rung.html" "$build/bundle/$name"-*.tar.gz "$build/deb/"*"_$version-"*.deb "$folder"
tar -C "$build" --sort=name --mtime="@$(sh "$here/source.sh" --date)" --owner=0 --group=0 \
	--numeric-owner --transform "s,^site,$name-site," -c site |
	gzip -9n > "$folder/$name-site.tar.gz"

# The entries of this version, with the names of the pages that they link to.
{
	sed "s/@VERSION@/$version/g" "$here/files.md"
	echo "## What changed"
	awk '/^## / { n++; next } n == 1' docs/CHANGELOG.md | sed 's/\[\([^]]*\)\]([^)]*)/\1/g'
} | sed "1s/.*/# rung $title/" > "$folder/NOTES.md"
(
	cd "$folder"
	find . -type f ! -name SHA256SUMS | sed 's,^\./,,' | sort | xargs -d '\n' sha256sum > SHA256SUMS
)
ls -l "$folder"
