# A lab stands in the list behind those that its handout names as Before, in both
# languages, and each of them is there.
. tests/fixtures/check.sh
at=0
"$RUNG" labs | sed -n 's/^  \([^ ]*\)  .*/\1/p' > "$work/list"
while read -r lab; do
	for page in README.md README.zh.md; do
		sed -n 's/^\*\*\(Before:\|先修：\)\*\*\([^*]*\).*/\2/p' "labs/$lab/$page" |
			grep -oE '[a-z][a-z0-9.-]*[a-z0-9]' > "$work/words"
		while read -r before; do
			[ -n "$before" ] && [ -d "labs/$before" ] || continue
			at=$((at + 1))
			[ "$(grep -nx -- "$before" "$work/list" | cut -d : -f 1)" -lt \
				"$(grep -nx -- "$lab" "$work/list" | cut -d : -f 1)" ] ||
				bad "$lab" "$page: $before comes behind it"
		done < "$work/words"
	done
done < "$work/list"
ok "$at names of labs before another stand before it"
[ $at -gt 300 ] || bad "names" "only $at were found"
finish
