# A network's programs, those of proxies (route=) and of nodes that are programs
# (program=), go where the network goes: into a copy of the lab, a set of
# questions, what is handed in, a trace that is run again where there are no
# files; and none of them is taken for a script of its own.
. tests/fixtures/check.sh

# goes LAB PROGRAM CHANGE: CHANGE is for sed, after which a run is another.
goes() {
	lab=labs/$1 program=$2 at=$work/$1
	mkdir "$at" "$at/elsewhere"
	ok "$1: a copy" "$RUNG" copy "$lab" "$at/copy"
	same "$1: the program in it" "$lab/$program" "$at/copy/$program"
	"$RUNG" check "$at/copy" > "$at/judged" 2>&1
	fails "$1: the program is no run" 1 grep "run $program" "$at/judged"

	ok "$1: a set" "$RUNG" new exam "$at/set" "$1"
	for part in students teacher; do
		same "$1: the program of the $part" "$lab/$program" \
			"$at/set/$part/labs/set-$1/$program"
	done

	"$RUNG" run -q "$lab" -o "$at/1.jsonl"
	cp "$at/1.jsonl" "$at/elsewhere/t.jsonl"
	"$RUNG" run -q "$at/elsewhere/t.jsonl" -o "$at/2.jsonl"
	same "$1: a trace has it" "$at/1.jsonl" "$at/2.jsonl"

	# A changed one is another run; a missing one is named.
	sed "$3" "$lab/$program" > "$at/copy/$program"
	"$RUNG" run -q "$at/copy" -o "$at/3.jsonl"
	fails "$1: the changed program" 1 cmp -s "$at/1.jsonl" "$at/3.jsonl"
	rm "$at/copy/$program"
	says "$1: none" "there is no program “$program”" "$RUNG" run "$at/copy"
	ln -s /etc/passwd "$at/copy/$program"
	says "$1: a link" "must be next to the script, below it, or in" "$RUNG" run "$at/copy"
	rm "$at/copy/$program"
	mkdir "$at/copy/$program"
	fails "$1: a folder" 2 "$RUNG" run "$at/copy"
}
goes programmed-proxy route.lua s/403/603/
goes node-in-lua agent.lua s/180/183/

# The model solution is handed in: its program, not the lab's, is judged.
at=$work/model
"$RUNG" copy labs/node-in-lua "$at" > /dev/null 2>&1
awk -v at="$at" '
	/^```answers/ { file = at "/answers.txt"; next }
	/^```lua/ { file = at "/" $2; next }
	/^```$/ { file = "" }
	file != "" { print > file }' labs/node-in-lua/answers.md
ok "handed in" "$RUNG" hand-in --lab=node-in-lua --student=1 \
	"$at" -o "$work/work.rung"
"$RUNG" check "$work/work.rung" > "$work/judged" 2>&1
ok "its program is judged" grep -q '^6 *GOOD' "$work/judged"
finish
