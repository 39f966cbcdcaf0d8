#!/bin/sh
# A call that had no response was "calling", or "unanswered" without a result,
# whatever had ended it: the list says what its client takes it for.
. tests/fixtures/check.sh

# The state and the result of the first call that a run has made.
ends() { # NAME STATE RESULT RUN-OPTION…
	what=$1 state=$2 result=$3
	shift 3
	"$RUNG" run -q -o "$work/t.jsonl" "$@"
	lists "$what" "$state" "$result" "$work/t.jsonl"
}
lists() { # NAME STATE RESULT FILE
	# There is no delay and no talk: Msgs is the sixth.
	"$RUNG" show --calls "$4" 2> /dev/null | awk 'NR == 2 {
		for (i = 7; i < NF; i++)
			result = result (i > 7 ? " " : "") $i
		print $5 "|" result }' > "$work/seen"
	echo "$2|$3" > "$work/wanted"
	if cmp -s "$work/seen" "$work/wanted"; then good; else
		bad "$1" "$(cat "$work/seen") instead of $2|$3"
	fi
}

ends "its INVITE is lost" unanswered "terminated (408)" \
	direct-call --set loss=100%
ends "... in a trace of messages alone" unanswered "terminated (408)" \
	direct-call --set loss=100% --detail=messages
ends "it was not over yet" calling "" direct-call --set loss=100% --until=20s
head -c 12000 "$work/t.jsonl" > "$work/cut.jsonl"
lists "nothing says how it ended" calling "" "$work/cut.jsonl"
ends "no connection" failed "terminated (503)" direct-call \
	--set alice.transport=tcp --set bob.transport=tcp --act=1:bob.crash
ends "the caller crashes" failed "terminated" \
	direct-call --set loss=100% --act=9:alice.crash
ends "the callee crashes" unanswered "terminated (408)" \
	direct-call --act=9:bob.crash
ends "a REGISTER" unanswered "terminated (408)" two-proxies --set loss=100%

# Of a capture, its last packet is the present.
"$RUNG" run -q direct-call --set loss=100% --act=44@40s:alice.invite:target=bob \
	-o "$work/two.jsonl"
"$RUNG" export "$work/two.jsonl" -o "$work/two.pcapng" 2> /dev/null
lists "in a capture" unanswered "terminated (408)" "$work/two.pcapng"
"$RUNG" run -q direct-call --set loss=100% -o "$work/one.pcapng"
lists "in one that ends before Timer B" calling "" "$work/one.pcapng"
"$RUNG" show --calls --sort=-result "$work/two.pcapng" | sed -n 2p \
	> "$work/first"
says "results are sorted by these, too" "(408)" cat "$work/first"
finish
