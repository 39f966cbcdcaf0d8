#!/bin/sh
# Are the catalogues complete?  Collects the texts from the sources afresh and
# names, for each catalogue, every one that is missing, untranslated or fuzzy,
# every translation whose %-directives differ from the original's, and every text
# whose quotes are of another kind than all others'.  Is each as `make po` writes
# it, and in the order of its texts' bytes?  So two branches' texts come together.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# The messages of a PO file on standard input, one a line, as
# "file: msgid".
list() {
	awk '
	/^#: / { where = $2; next }
	/^msgid "/ { id = substr($0, 8, length($0) - 8); on = 1; next }
	/^"/ && on { id = id substr($0, 2, length($0) - 2); next }
	/^msgstr/ { if (id != "") print "  " where ": " id; on = 0 }'
}

report() { # CATALOGUE WHAT FILE-WITH-MESSAGES
	if [ -s "$3" ]; then
		echo "$1: $(grep -c . "$3") $2:"
		cat "$3"
		failed=$((failed + 1))
	else
		passed=$((passed + 1))
	fi
}

# `make po` brings copies up to date.
mkdir "$work/po"
cp assets/po/*.po "$work/po"
if ! make -s po B="$work" PO="$(echo "$work"/po/*.po)" \
	> "$work/err" 2>&1 || ! [ -s "$work/rung.pot" ]; then
	cat "$work/err"
	echo "catalogues: 0 passed, 1 failed"
	exit 1
fi

# “So” is quoted what a text speaks of; what is to be typed with its quotes, as
# the value of an attribute is, keeps them.
list < "$work/rung.pot" | grep -E '\\"\[?(%[.*0-9]*s|\{[a-z_]+\}|!)\]?\\"' |
	grep -vE '=\\"%|quotes around it|quotes are missing|is a node: node|presses keys' > "$work/straight"
report "the sources" "straight quotes in prose" "$work/straight"

for po in assets/po/*.po; do
	[ -e "$po" ] || continue
	if ! msgmerge -q --no-fuzzy-matching -o "$work/merged.po" "$po" \
		"$work/rung.pot" > "$work/err" 2>&1; then
		report "$po" "errors" "$work/err"
		continue
	fi
	msgattrib --untranslated --no-obsolete "$work/merged.po" |
		list > "$work/missing"
	report "$po" "texts without a translation" "$work/missing"
	msgattrib --only-fuzzy --no-obsolete "$work/merged.po" |
		list > "$work/fuzzy"
	report "$po" "fuzzy translations" "$work/fuzzy"
	# What is about the texts comes from the sources' flags, so the merged
	# file is looked at; the header is the catalogue's own.
	{
		msgfmt --check-format -o /dev/null "$work/merged.po" 2>&1
		msgfmt --check-header -o /dev/null "$po" 2>&1
	} > "$work/format"
	report "$po" "remarks of msgfmt" "$work/format"
	diff -u "$po" "$work/po/${po##*/}" | head -n 40 > "$work/written"
	report "$po" "lines that make po writes otherwise" "$work/written"
	list < "$po" | sed 's/\\\\/\x01/g; s/\\n/\x0b/g; s/\\t/\t/g; s/\\"/"/g
		s/\x01/\\/g' | LC_ALL=C sort -c 2> "$work/order"
	report "$po" "texts out of order" "$work/order"
	# The catalogue is a compiled-in file: no clock in it.
	grep -n 'POT-Creation-Date' "$po" > "$work/date"
	report "$po" "dates of the clock (make po removes them)" "$work/date"
done

echo "catalogues: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
