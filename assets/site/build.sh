#!/bin/sh
# make site: a folder that any web server gives out, and that works from a disk, too.
#
#	sh assets/site/build.sh FOLDER PAGE [PACKAGE…]
#
# RUNG is the program, else build/rung.  In FOLDER come the page (rung.html), the
# documents of both languages as HTML, a page for each lab in both, PACKAGEs with their
# sums, and what leads there.  Nobody who reads them asks another host.
set -eu
: "${RUNG:=build/rung}"
umask 022
LC_ALL=C
export LC_ALL
here=$(dirname "$0") site=$1 page=$2
shift 2
rm -rf "$site"
mkdir -p "$site/packages"
cp "$page" "$site/rung.html"
cp "$here/site.css" "$site"
[ $# = 0 ] || cp "$@" "$site/packages"

# What documents name beside each other.
find LICENSE assets/*.svg assets/*.png docs/*.json examples -type f ! -name '*.md' -exec cp --parents -t "$site" {} +

parts=$site/.parts
mkdir "$parts"
for language in en zh; do
	"$RUNG" labs -f json --lang=$language > "$parts/labs.$language"
done
(
	cd "$site"
	find rung.html packages -type f | sort > .parts/files
	xargs -d '\n' sha256sum < .parts/files > SHA256SUMS
	xargs -d '\n' stat -c %s < .parts/files > .parts/sizes
)

# SOURCE TARGET LANGUAGE [LAB], a page a line.
for source in README*.md CONTRIBUTING.md docs/*.md docs/*/*.md examples/*.md; do
	case $source in *zh*) language=zh ;; *) language=en ;; esac
	echo "$source ${source%.md}.html $language"
done > "$parts/pages"
sed -n 's/.*"path":"labs\/\([^"]*\)".*/\1/p' "$parts/labs.en" | while read -r lab; do
	echo "labs/$lab/README.md labs/$lab/index.html en $lab"
	echo "labs/$lab/README.zh.md labs/$lab/index.zh.html zh $lab"
done >> "$parts/pages"
cut -d ' ' -f 2 "$parts/pages" | sed 's,[^/]*$,,' | sort -u | (cd "$site" && sed 's,^,./,' | xargs mkdir -p)
awk -v site="$site" -f "$here/site.awk" "$parts/labs.en" "$parts/labs.zh" \
	"$site/SHA256SUMS" "$parts/sizes" "$parts/pages"
rm -r "$parts"
