# Pages were merged and shortened by a third.  No command, option, attribute, function,
# section or word of code that a document had named is missing in the documents or in
# the help pages now (names_in_documents.list has those names), every command and option
# of the program is in its help, and pages do not grow again.
. tests/fixtures/check.sh
LC_ALL=C
export LC_ALL
list=tests/regress/names_in_documents.list

cat README.md CONTRIBUTING.md $(find src -name README.md) docs/*.md docs/roles/*.md examples/README.md tests/*/README.md \
	> "$work/text" 2> /dev/null
"$RUNG" help > "$work/help"
sed -n '/^  rung/d;s/^  \([a-z][a-z-]*\).*/\1/p' "$work/help" > "$work/commands"
for page in $(cat "$work/commands") display running clauses; do
	"$RUNG" help "$page"
done >> "$work/help"
cat "$work/help" >> "$work/text"

# KIND NAME of the list, with blanks in names again.
awk '!/^#/ { sub(/:$/, "", $1); for (i = 2; i <= NF; i++) { gsub(/_/, " ", $i); print $1 " " $i } }' \
	$list | sort > "$work/before"
awk -f tests/regress/names_in_documents.awk "$work/text" | sed 's/ $//; s/_/ /g' | sort -u > "$work/now"
# A name that is code no more may be in a sentence or in an example, on two lines.
tr -s '_\n' ' ' < "$work/text" > "$work/line"
comm -23 "$work/before" "$work/now" | while read -r kind name; do
	case $kind in section) name="$kind $name" ;; esac
	name=${name#section }
	grep -qwF -e "${name%(}" "$work/line" || echo "$kind $name"
done > "$work/.output"
empty "names that no page has now"
ok "names were read" test "$(wc -l < "$work/before")" -gt 2000
while read -r command; do
	grep -qE "(^| |\`)(build/)?rung $command( |\`|\$)" README.md docs/*.md || echo "$command"
done < "$work/commands" > "$work/.output"
empty "commands that no document shows"

# Words of docs/*.md that somebody wrote: not those of pages that tests make, of parts
# between marks, and of what a command that is shown prints (GOLDEN=1 writes all of it).
for page in docs/*.md; do
	case $page in *CHANGELOG* | *CLAUSES* | *HOLES*) continue ;; esac
	awk '
	/^<!-- .*: begin -->$|^<!-- screen: rung/ { made = 1 }
	/^    / && printed { next }
	{ printed = /^    \$ / }
	!made { words += NF }
	/^<!-- .*: end -->$/ { made = 0 }
	END { print words + 0 }' "$page"
done | awk '{ words += $1 } END { print words }' > "$work/words"
ok "$(cat "$work/words") words in docs/*.md, at most 85000" test "$(cat "$work/words")" -le 85000
finish
