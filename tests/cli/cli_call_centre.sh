#!/bin/sh
# A call centre (topologies/call-centre.gv, labs/call-centre): who gets which
# call, and what is on the recording.
. tests/fixtures/check.sh

lab=labs/call-centre
t=$work/t.jsonl
sent() { # WHAT COUNT WORD…
	what=$1 want=$2
	shift 2
	n=$("$RUNG" show "$t" kind=send "$@" 2> /dev/null | grep -c .)
	ok "$what ($n)" [ "$n" = "$want" ]
}
run() { # OPTION…
	ok "runs $*" "$RUNG" run -q "$@" $lab -o "$t"
}

run
sent "a transfer for each" 3 method=REFER src=ivr
sent "Ann has two calls" 2 src=help dst=ann method=INVITE
sent "Ben has one" 1 src=help dst=ben method=INVITE
sent "each is recorded" 3 src=rec status=200 cseq=INVITE
sent "and its leg ended" 3 dst=rec method=BYE

# Without the recorder agents talk all the same.
run --set rec.answer=never
sent "nothing is recorded" 0 src=rec status=200 cseq=INVITE
sent "callers are served" 3 src=help status=200 cseq=INVITE

# The recording has both: it changes when either is silent, and is empty when
# both are.
record() { # FILE OPTION…
	file=$1
	shift
	ok "records $file" "$RUNG" export "$@" $lab --hear rec --to 9s -o "$work/$file.wav"
}
sounds() { # FILE: samples that are not silence
	tail -c +45 "$work/$1.wav" | tr -d '\000' | wc -c
}
record both
record caller --set ann.sound=silence --set ben.sound=silence
record agent --set alice.sound=silence --set bob.sound=silence
record none --set ann.sound=silence --set ben.sound=silence \
	--set alice.sound=silence --set bob.sound=silence
for file in caller agent; do
	ok "$file is heard" [ "$(sounds "$file")" -gt 20000 ]
	fails "the $file alone is not both" 1 \
		cmp -s "$work/both.wav" "$work/$file.wav"
done
fails "caller and agent differ" 1 cmp -s "$work/agent.wav" "$work/caller.wav"
ok "nobody speaks: silence ($(sounds none))" [ "$(sounds none)" -lt 1000 ]
finish
