# Forty questions that first readers have asked (questions.list): each page with an answer
# is at most two clicks from README, and has the words that answer.
. tests/fixtures/check.sh
list=tests/regress/questions.list

# The pages to which PAGE leads.
leads_to() { # PAGE
	folder=$(dirname "$1")
	grep -o ']([^) ]*)' "$1" | sed -n 's/^](\([^#:]*\.md\).*/\1/p' | sort -u |
		while read -r to; do echo "$folder/$to"; done |
		sed 's,^\./,,; :up
			s,[^/]*/\.\./,,; t up'
}
leads_to README.md > "$work/one"
{
	echo README.md
	cat "$work/one"
	while read -r page; do
		[ ! -e "$page" ] || leads_to "$page"
	done < "$work/one"
} | sort -u > "$work/reached"
ok "pages are reached" test "$(wc -l < "$work/reached")" -gt 30
for who in student teacher engineer maintainer; do
	grep "^$who|" $list > "$work/asked"
	gives "a $who's questions" 10 sh -c 'wc -l < "$1"' - "$work/asked"
	while IFS='|' read -r _ page words question; do
		grep -qxF "$page" "$work/reached" || echo "$page is too far away: $question"
		tr -s '\n ' '  ' < "$page" | tr -d '*' | grep -qF "$(printf %s "$words" | tr -d '*')" ||
			echo "$page lacks \"$words\": $question"
	done < "$work/asked" > "$work/.output"
	empty "a $who finds all ten"
done
finish
