#!/bin/sh
# Turns assets/po/NAME.po, for each NAME given, into the C arrays that
# base/i18n.c includes.  Needs msgfmt (gettext), od, sed.
set -eu
mo=$(mktemp)
trap 'rm -f "$mo"' EXIT
rows=
for name; do
	msgfmt --check-format --endianness=little --no-hash \
		-o "$mo" "assets/po/$name.po"
	echo "static const unsigned char mo_$name[] = {"
	od -An -v -tu1 "$mo" | sed 's/\([0-9][0-9]*\)/\1,/g'
	echo "};"
	rows="$rows	{ \"$name\", mo_$name, (uintptr_t)mo_$name, sizeof(mo_$name) },
"
done
echo "static const struct catalogue catalogues[] = {"
printf '%s' "$rows"
echo "	{ NULL, NULL, 0, 0 },"
echo "};"
