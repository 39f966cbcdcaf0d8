# --student: a lab as one student has it, for every command that runs it.
. tests/fixtures/check.sh
lab=labs/direct-call

# answered STUDENT: when Bob takes the call.
answered() {
	"$RUNG" show $lab "$@" status=200 cseq=INVITE kind=send |
		awk '{ print $2 }'
}

for id in 1 2 3 4 5 6; do
	answered --student=2023$id
done | sort -u > "$work/times"
fails "students have labs of their own" 1 \
	test "$(wc -l < "$work/times")" -lt 2
says "a student has the same one always" "$(answered --student=20231)" \
	answered --student=20231
"$RUNG" run $lab --student=20231 -q -o "$work/run.jsonl"
says "whatever the command" "$(head -n 1 "$work/run.jsonl" | cksum)" \
	sh -c '"$0" export "$1" --student=20231 --format=json > /dev/null &&
	"$0" run "$1" --student=20231 -q -o - | head -n 1 | cksum' "$RUNG" $lab
ok   "explain takes it" "$RUNG" explain $lab 9 --student=20231
says "settings go before it" "2.010" answered --student=20231 --set bob.answer=1s

fails "it says which seed" 2 "$RUNG" run $lab --student=7 --seed=3
says "which is said" "leave out --seed" "$RUNG" run $lab --student=7 --seed=3
"$RUNG" copy $lab "$work/mine" --student=20231 2> "$work/said"
says "a copy is its owner's" "$(answered --student=20231)" \
	sh -c '"$0" show "$1" status=200 cseq=INVITE kind=send |
	awk "{ print \$2 }"' "$RUNG" "$work/mine"

mkdir "$work/bare"
cp $lab/lab.lua "$work/bare"
fails "a lab without tasks" 2 "$RUNG" run "$work/bare" --student=7
says "is named" "has no tasks" "$RUNG" run "$work/bare" --student=7
fails "and has no exam" 2 "$RUNG" play "$work/bare" --exam=30min
fails "an exam of no time" 2 "$RUNG" play $lab --exam=soon
fails "or a week" 2 "$RUNG" play $lab --exam=200h
fails "a topology" 2 "$RUNG" run topologies/star.gv --student=7
fails "a trace is not run" 2 "$RUNG" show "$work/run.jsonl" --student=7
finish
