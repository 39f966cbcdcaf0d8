#!/bin/sh
# The catalogues as base/i18n.c includes them, for a page: of the texts in SOURCEs
# alone, and with texts by their addresses, so that the linker keeps one of those
# that the sources have, too.  Tables of what lies one behind the other are made when
# the engine begins: they would not pack well.
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
		function rows(kind, end, i) {
			for (i = 2; i <= n; i++)
				printf "%s%s\n", text[i, kind], end
		}
		END {
			printf "static const char *const ids_%s[] = {\n", name
			rows("id", ",")
			printf "};\nstatic const char texts_%s[] =\n", name
			rows("st", " \"\\0\"")
			printf ";\nstatic struct { uint32_t head[7]; struct {"
			printf " uint32_t n; const char *p; } texts[%d]; } mo_%s;\n", 2 * (n - 1), name
			printf "__attribute__((constructor)) static void\nmake_%s(void)\n{\n", name
			printf "\tconst char *p = texts_%s;\n\n", name
			printf "\tmo_%s.head[2] = %d;\n", name, n - 1
			printf "\tmo_%s.head[3] = 28;\n", name
			printf "\tmo_%s.head[4] = %d;\n", name, 28 + 8 * (n - 1)
			printf "\tfor (size_t i = 0; i < %d; i++) {\n", n - 1
			printf "\t\tmo_%s.texts[i].p = ids_%s[i];\n", name, name
			printf "\t\tmo_%s.texts[%d + i].p = p;\n", name, n - 1
			print "\t\tp += strlen(p) + 1;\n\t}\n}"
		}'
done
echo "static const struct catalogue catalogues[] = {"
for name in $names; do
	echo "	{ \"$name\", (const unsigned char *)&mo_$name, 0, SIZE_MAX },"
done
echo "	{ NULL, NULL, 0, 0 },"
echo "};"
