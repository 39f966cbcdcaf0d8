#!/bin/sh
# A hand-in given to run, a trace given to check: "not a trace", "damaged".  What
# a file is and what takes it is said by each command that can't; the address of
# a page that opens a lab by its name is that lab.
. tests/fixtures/check.sh
cp -r labs/direct-call "$work/own"
"$RUNG" run -q direct-call -o "$work/t.jsonl"
"$RUNG" export "$work/t.jsonl" -o "$work/t.pcapng"
"$RUNG" hand-in "$work/own" --student=42 -o "$work/h.rung" 2> /dev/null

# WHAT FILE COMMANDS…
named() {
	named_what=$1 named_file=$2
	shift 2
	for command; do
		says "$command of a file that $named_what" "$named_what" \
			"$RUNG" "$command" "$named_file"
		fails "$command refuses it" 2 "$RUNG" "$command" "$named_file"
	done
}
named "is a student's work: rung check" "$work/h.rung" \
	run show export inspect search import parse
says "diff, too" "is a student's work" "$RUNG" diff "$work/h.rung" "$work/t.jsonl"
named "is a trace: rung show" "$work/t.jsonl" check hand-in report parse
named "is a trace" "$work/t.jsonl" import
named "is a topology: rung run" topologies/two-proxies.gv \
	check hand-in report parse import
named "is a script: rung run" labs/direct-call/lab.lua \
	check hand-in report parse import
named "is a capture" "$work/t.pcapng" check hand-in report parse
echo 'graf { a -- b }' > "$work/g.gv"
named "begins with “graf”; a topology begins with “graph {”" "$work/g.gv" run

# Addresses.
for address in 'rung.html#lab=direct-call' '#lab=direct-call' \
	'https://example.org/rung.html?lang=zh#lab=direct-call&record=3'; do
	says "$address" "Call without servers" "$RUNG" run "$address"
done
says "misspelt in an address" "did you mean “direct-call”?" \
	"$RUNG" run 'rung.html#lab=dirct-call'

# Nothing is no success.
mkdir -p "$work/nothing"
says "a class of nothing" "FAULTY, there is no work in it" \
	"$RUNG" check --class "$work/nothing"
fails "is no success" 2 "$RUNG" check --class "$work/nothing"
fails "a file without an ending" 2 "$RUNG" export "$work/t.jsonl" -o "$work/noext"
fails "is not written" 1 test -e "$work/noext"
ok "but with -f" "$RUNG" export "$work/t.jsonl" -f txt -o "$work/noext"
ok "it is" test -s "$work/noext"
fails "no guess that shares one letter" 1 sh -c \
	"'$RUNG' run -q direct-call --set bob.zzz=1 2>&1 | grep 'did you mean'"
finish
