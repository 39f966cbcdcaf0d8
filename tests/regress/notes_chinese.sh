# What the scripts of our own labs note stayed English for readers of Chinese.
. tests/fixtures/check.sh

for script in labs/*/lab.lua; do
	lab=${script%/lab.lua}
	sed -n 's/.*note "\(.*\)"$/\1/p' "$script" > "$work/notes"
	[ -s "$work/notes" ] || continue
	while read -r note; do
		grep -qF "N_(\"$note\")" src/simulator/inputs/share_table.h || echo "$note"
	done < "$work/notes" > "$work/missing"
	ok "the table has the notes of $lab" test ! -s "$work/missing"
done
# Nor those that a script puts together, but for what a phone's screen shows.
for lab in labs/*/lab.lua; do
	grep -q 'note(.*\.\.' "$lab" || continue
	ok "all that $lab notes" sh -c '"$1" --lang=zh show "$2" kind=note > "$3" &&
		! LC_ALL=C grep -v "[^ -~]" "$3"' - "$RUNG" "${lab%/lab.lua}" "$work/shown"
done
"$RUNG" run -q lying-location -o "$work/t.jsonl"
says "a trace keeps them" '"It is slow."' cat "$work/t.jsonl"
says "records" "很慢" "$RUNG" --lang=zh show "$work/t.jsonl" kind=note
says "the ladder" "很慢" "$RUNG" --lang=zh show -l "$work/t.jsonl"
says "a binding" "添加 sip:" "$RUNG" --lang=zh show "$work/t.jsonl" kind=binding
says "English" "add sip:" "$RUNG" show "$work/t.jsonl" kind=binding
finish
