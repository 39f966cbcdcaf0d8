# A lesson by its plan (labs/plans/first-call.md) with a teacher and thirty students, of whom four
# have pages, in windows of four sizes and in both languages; each page lies right in its window
# after each step (tests/class/thirty.js).  LABS=all: each plan, with a teacher of each language.
. tests/fixtures/check.sh
. tests/fixtures/class.sh

{ printf 'id,name\n'; seq 0 29 | sed 's/.*/s&,Ann Example/'; } > "$work/names.csv"
# hold PLAN LANGUAGE
hold() {
	mkdir -p "$work/in"
	begin_class -o "$work/in" --roster="$work/names.csv"
	timeout "$patience" node --experimental-websocket tests/class/thirty.js "$place" "$code" "$teacher" "$1" "$2" \
		2> /dev/null | sed 's/^pages looked at: [1-9][0-9][0-9]$/looked/; s/: a vote, all/: all/' > "$work/said"
	gives "$1 ($2)" "here: 31
$(seq -f 'step %g: all see the same' 6)
handed in: 4
looked" cat "$work/said"
	gives "… its files" "4 hand-ins, 4 questions, 1 note" echo "$(find "$work/in" -name '*.rung' | wc -l) hand-ins, $(
		find "$work/in" -name '*.question' | wc -l) questions, $(find "$work/in/notes" -type f | wc -l) note"
	end_class
	rm -r "$work/in"
}
if [ "${LABS:-}" = all ]; then
	for language in en zh; do
		for plan in labs/plans/*.zh.md; do
			hold "$(basename "$plan" .zh.md)" "$language"
		done
	done
else
	hold first-call en
fi
finish
