#!/bin/sh
# Turns assets/page and the script of assets/html into the C arrays that
# web/web_assets.c includes: the page's template, its style, its script (base.js
# first, main.js last; both without indentation and comments), and the hashes by
# which the page's policy lets these be.
# Needs od, sed, sha256sum, basenc.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
cat assets/page/app.html > "$d/template"
cat assets/html/page.css assets/page/app.css | tr '\n\t' '  ' |
	sed 's:/\*[^*]*\*\+\([^/*][^*]*\*\+\)*/::g; s/  */ /g; s/ *\([{};,]\) */\1/g; s/: /:/g; s/;}/}/g; s/^ //; s/ $//' \
	> "$d/style"
{
	printf '"use strict";\nfunction showPage(given, living) {\n'
	(cd assets/html && cat data.js ladder.js sheets.js print.js panes.js search.js quiz.js main.js)
	printf '}\n'
	cd assets/page/app
	cat base.js
	for f in *.js; do
		[ "$f" = base.js ] || [ "$f" = main.js ] || cat "$f"
	done
	cat main.js
} | sh assets/page/minify.sh > "$d/script"
for f in template style script; do
	if [ "$f" != template ] && grep -qiE '</(script|style)|<!--' "$d/$f"; then
		echo "assets/page: the $f would end its element" >&2
		exit 1
	fi
	echo "static const unsigned char ${f}_bytes[] = {"
	od -An -v -tu1 "$d/$f" | sed 's/\([0-9][0-9]*\)/\1,/g'
	echo "};"
	[ "$f" = template ] && continue
	hash=$(sha256sum "$d/$f" | cut -c1-64 | tr a-f A-F |
		basenc -d --base16 | basenc --base64)
	echo "const char web_${f}_hash[] = \"sha256-$hash\";"
done
