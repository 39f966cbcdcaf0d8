#!/bin/sh
# A 2xx that came again after another re-INVITE had been answered was no
# repetition in the trace: what a call keeps of it did not know when it was sent
# first.  No message of one hop is sent for the first time twice.
. tests/fixtures/check.sh

"$RUNG" run -q -o "$work/trace" rfc5359-2.1 --seed=6 --set loss=15%
says "there are repetitions" '"retx":' cat "$work/trace"
sed -n '/"kind":"send"/{/"retx":/!s/.*"src":"\([^"]*\)".*"dst":"\([^"]*\)".*"start":\([^,]*\),"cseq":"\([^"]*\)".*"branch":"\([^"]*\)".*/\1 \2 \3 \4 \5/p;}' \
	"$work/trace" | sort | uniq -d > "$work/twice"
ok "each is sent once for the first time" test ! -s "$work/twice"
finish
