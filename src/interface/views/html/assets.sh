#!/bin/sh
# Turns assets/html into the C arrays that views/html/html_assets.c includes:
# the style, the script (its parts in the order of their use, in one function),
# and the hash of the script by which the page's policy lets it run.  Both may
# stand in XML as they are.  Needs od, sed, sha256sum, basenc.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
cd assets/html
{
	printf '\n//<![CDATA[\n"use strict";\nfunction showPage(given, living) {\n'
	cat data.js ladder.js sheets.js print.js panes.js search.js quiz.js main.js
	printf '}\nshowPage();\n//]]>\n'
} > "$d/script"
{
	printf '\n/*<![CDATA[*/\n'
	cat page.css
	printf '/*]]>*/\n'
} > "$d/style"
for f in script style; do
	if [ "$(grep -c ']]>' "$d/$f")" != 1 ] ||
	   grep -qiE '</(script|style)|<!--' "$d/$f"; then
		echo "assets/html: the $f would end its element" >&2
		exit 1
	fi
	echo "static const unsigned char ${f}_bytes[] = {"
	od -An -v -tu1 "$d/$f" | sed 's/\([0-9][0-9]*\)/\1,/g'
	echo "};"
done
hash=$(sha256sum "$d/script" | cut -c1-64 | tr a-f A-F |
	basenc -d --base16 | basenc --base64)
echo "const char html_script_hash[] = \"sha256-$hash\";"
