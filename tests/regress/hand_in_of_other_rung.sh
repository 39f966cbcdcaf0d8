# A hand-in of another version of rung: its lab may be another one now, and no
# student can help that.  It was judged by the lab of today, and each of its
# runs "comes out otherwise", if only since a trace names its version.
. tests/fixtures/check.sh
rung=$(cd "$(dirname "$RUNG")" && pwd)/$(basename "$RUNG")
RUNG_SHARE=$(pwd)
export RUNG_SHARE
SOURCE_DATE_EPOCH=1795000000
export SOURCE_DATE_EPOCH
made="made by 0.1.0; answers are judged by the values of that version where possible"
maybe="in rung 0.1.0 the run of this lab was different"
student=2023001

# ---- one that rung 0.1.0 has made, with every answer right ----
"$rung" check tests/handins/direct-call-0.1.0.rung > "$work/old"
says "who made it" "$made" cat "$work/old"
fails "it is a file as any other" 1 grep -q "ERROR\|was changed after" "$work/old"
# Whatever became of the lab since: what is not GOOD may have been so.
awk '/^[0-9]+ / { if (bad) exit 1; bad = $2 != "GOOD" }
	index($0, "the run of this lab was different") { bad = 0 }
	END { exit bad }' "$work/old"
ok "nothing is wrong without a word" test $? = 0
for task in 1 6; do # an option, and a run that was handed in
	ok "task $task depends on no run of the lab" \
		grep -q "^$task  *GOOD" "$work/old"
done

# ---- hand-ins of today, as if another version had made them ----
model=$(pwd)/labs/direct-call/answers.md
mkdir -p "$work/share/labs" "$work/share/topologies"
cp -r labs/direct-call "$work/share/labs"
cp topologies/direct-call.gv "$work/share/topologies"
RUNG_SHARE=$work/share
lab=$RUNG_SHARE/labs/direct-call
network=$RUNG_SHARE/topologies/direct-call.gv
cd "$work" || exit 1
# Every answer right by the lab as it is in $lab now, with the model's run.
solve() { # FOLDER
	mkdir "$1"
	cp "$lab/lab.lua" "$network" "$1"
	awk -v folder="$1" '/^```lua / { file = folder "/" $2; next }
		/^```/ { file = ""; next }
		file != "" { print > file }' "$model"
	{
		printf 'lab: direct-call\nstudent: %s\n' $student
		"$rung" check --teacher direct-call --student=$student --width=400 |
			grep -E '^[0-9]+:|^   [a-z]+ ->'
	} > "$1/answers.txt"
	"$rung" hand-in "$1" -o "$1.rung" 2> hand-in.said
}
# What check says of FILE as one that VERSION has made; the sum is not its own
# then, which is said and changes nothing else.
check_as() { # VERSION FILE
	sed 's/"rung":"[^"]*","lab"/"rung":"'"$1"'","lab"/' "$2" > "$work/as.rung"
	"$rung" check "$work/as.rung" > "$work/said"
}
# HASH of the trace that FILE's lab had, if VERSION had written it.
say_trace() { # VERSION FILE
	"$rung" run -q direct-call --student=$student -o "$work/t.jsonl"
	sed '1s/"rung":"[^"]*"/"rung":"'"$1"'"/' "$work/t.jsonl" > "$work/v.jsonl"
	hash=$("$rung" export "$work/v.jsonl" -o - --format=puml |
		sed -n "s/^'.*; trace: //p")
	sed -i 's/"trace":"[0-9a-f]*"/"trace":"'"$hash"'"/' "$2"
}
all_right() { # NAME
	says "$1: all is right" "direct-call, $student: 9/9" cat "$work/said"
	fails "$1: nothing is uncertain" 1 grep -q "$maybe" "$work/said"
}

solve "$work/a"
"$rung" check "$work/a.rung" > "$work/said"
all_right "by this version"
fails "which is not worth a word" 1 grep -q "made by" "$work/said"

cp "$work/a.rung" "$work/same.rung"
say_trace 0.1.0 "$work/same.rung"
check_as 0.1.0 "$work/same.rung"
says "of another" "$made" cat "$work/said"
all_right "the same bytes"
check_as 0.9.0 "$work/a.rung"
says "of a newer one" "made by 0.9.0" cat "$work/said"

# Other numbers for students: Bob's phone answers later for everybody.
sed -i 's/vary { "bob.answer=[^"]*"/vary { "bob.answer=9100ms,9200ms"/' \
	"$lab/check.lua"
ok "the lab varies otherwise" grep -q "answer=9100ms" "$lab/check.lua"
"$rung" check "$work/a.rung" > "$work/said"
says "a hand-in of this version is judged by it" "BAD" cat "$work/said"
check_as 0.1.0 "$work/same.rung"
all_right "own values"
# 0.1.0 wrote no inputs of the lab: its runs have the values.
old_form() { # FILE
	sed -i 's/,"inputs":{.*,"runs":/,"runs":/' "$1"
}
cp "$work/same.rung" "$work/bare.rung"
old_form "$work/bare.rung"
fails "none are in it" 1 grep -q '"trace":"[0-9a-f]*","inputs"' "$work/bare.rung"
check_as 0.1.0 "$work/bare.rung"
all_right "own values of a run"

# Another text of the lab: the line has become slower.
sed -i 's/delay="5ms"/delay="500ms"/' "$network"
check_as 0.1.0 "$work/same.rung"
all_right "own text"
# Where no bytes are the same, what a run decides can't be told, and is said.
for form in same bare; do
	sed 's/"trace":"[0-9a-f]*"/"trace":"0123456789abcdef"/' \
		"$work/$form.rung" > "$work/lost.rung"
	# One answer that neither has: it may still have been right.
	sed -i 's/"text":"\([0-9.]*\) s"/"text":"77 s"/' "$work/lost.rung"
	check_as 0.1.0 "$work/lost.rung"
	says "$form: a time" "$maybe" cat "$work/said"
	fails "$form: no task is faulty" 1 grep -q ERROR "$work/said"
	ok "$form: an option needs no run" grep -q "^1  *GOOD" "$work/said"
done

# A check that the old run does not fit.
cat >> "$lab/check.lua" << 'END'
task {
	ask = "How many?",
	number = function(t)
		local heard = t:first "kind=recv node=bob method=INVITE"
		assert(heard.time > 1.5, "a fast line")
		return 1
	end,
}
END
sed 's/"tasks":\[/&{"task":7,"text":"1"},/' "$work/same.rung" > "$work/more.rung"
check_as 0.1.0 "$work/more.rung"
ok "the lab of today decides" grep -q "^7  *GOOD" "$work/said"

# What can't be read any more is a run less.
sed 's/"acts":\[\]/"acts":7/g' "$work/a.rung" > "$work/b.rung"
check_as 0.1.0 "$work/b.rung"
says "it is judged" "direct-call, $student: " cat "$work/said"
says "the run is named" "run goal-6.lua: this rung can't read" cat "$work/said"
finish
