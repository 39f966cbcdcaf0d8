# A ladder of which some arrows are told: the copy's handouts and form, the
# worksheet and the checks say the same, and each student number others.
. tests/fixtures/check.sh
lab=rfc3311-8

told() { # FILE
	sed -n 's/^[ #]*\(…\|[a-z]* -> [a-z]* [A-Z0-9]*\)$/\1/p' "$1"
}
own=
for id in "" 1 2 3 4 5 6 7 8 9; do
	mine=$work/mine$id
	"$RUNG" copy $lab "$mine" ${id:+--student=$id} 2> "$work/said"
	told "$mine/README.md" > "$work/told"
	grep -q . "$work/told" || continue
	own="$own x"
	gives "“$id” is told three" 3 grep -c -e '->' "$work/told"
	told "$mine/README.zh.md" > "$work/told.zh"
	same "“$id” in Chinese" "$work/told" "$work/told.zh"
	told "$mine/answers.txt" > "$work/told.form"
	same "“$id” in the form" "$work/told" "$work/told.form"
	"$RUNG" worksheet $lab ${id:+--student=$id} -o "$work/sheet.md"
	told "$work/sheet.md" > "$work/told.sheet"
	same "“$id” on paper" "$work/told" "$work/told.sheet"
	cat "$work/told" >> "$work/all"
	# The key without them.
	"$RUNG" check --teacher "$mine" 2> "$work/said" |
		sed -n '/^5:/,/^[ ]*[^ ]* -> .*[^A-Z0-9]$/s/^[5: ]*\([a-z]* -> .*\)$/\1/p' |
		grep -vxFf "$work/told" > "$work/missing"
	sed -i "s/^5: *$/5:/; /^5:/r $work/missing" "$mine/answers.txt"
	"$RUNG" check "$mine" > "$work/checked"
	says "“$id” has drawn the rest" "5   GOOD" cat "$work/checked"
done
ok "some have it to draw" test "$(echo "$own" | wc -w)" -ge 2
ok "others are told others" test "$(sort -u "$work/all" | grep -c -e '->')" -gt 3
finish
