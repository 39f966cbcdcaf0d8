#!/bin/sh
# The catalogues as base/i18n.c includes them, for a page: of the texts in SOURCEs
# alone, and with texts by their addresses, so that the linker keeps one of those
# that the sources have, too.
#
#	sh assets/page/catalogue.sh "NAME…" SOURCE… > catalogues.inc
set -eu
names=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

xgettext --language=C --from-code=UTF-8 --keyword --keyword=_ --keyword=N_ \
	-o "$folder/page.pot" "$@"
for name in $names; do
	msgmerge --quiet --no-fuzzy-matching -o "$folder/page.po" \
		"assets/po/$name.po" "$folder/page.pot"
	msgattrib --translated --no-obsolete --no-fuzzy --no-wrap --sort-output \
		"$folder/page.po" | awk -v name="$name" '
		/^msgid / { n++ }
		match($0, /^msg(id|str) /) {
			kind = substr($0, 4, 2)
			$0 = substr($0, RLENGTH + 1)
		}
		/^"/ { text[n, kind] = text[n, kind] $0 }
		# The first is about the catalogue itself.
		function rows(kind, i) {
			for (i = 2; i <= n; i++)
				printf "{ 0, %s },\n", text[i, kind]
		}
		END {
			printf "static const struct { uint32_t head[7]; struct {"
			printf " uint32_t n; const char *p; } texts[%d]; }\n", 2 * n
			printf "mo_%s = { { 0, 0, %d, 28, %d }, {\n", name, n - 1, 28 + 8 * (n - 1)
			rows("id")
			rows("st")
			print "} };"
		}'
done
echo "static const struct catalogue catalogues[] = {"
for name in $names; do
	echo "	{ \"$name\", (const unsigned char *)&mo_$name, 0, SIZE_MAX },"
done
echo "	{ NULL, NULL, 0, 0 },"
echo "};"
