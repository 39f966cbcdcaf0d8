#!/bin/sh
# rung show --follow: a file is appended to in pieces, and what is printed of it
# is at the end what rung show prints of the whole.
. tests/fixtures/check.sh

capture=examples/calls.pcap
ng=tests/fuzz/corpus/capture/udp.pcapng

# piece FILE FROM TO: bytes FROM (from 1) to TO of FILE
piece() { tail -c "+$2" "$1" | head -c $(($3 - $2 + 1)); }

# The records that stand in what was printed: number, node, kind and what.
# Those from the number on that a line names are printed again behind it.
standing() {
	awk '/^What came since/ { sub(/:$/, ""); from = $(NF - 1) + 0
		for (i in line) if (i + 0 >= from) delete line[i]
		next }
	{ n = $1 + 0; $2 = ""; line[n] = $0; last = n > last ? n : last }
	END { for (i = 1; i <= last; i++) if (i in line) print line[i] }' "$1"
}

# follow WORDS…: follows $work/growing in the background
follow() {
	: > "$work/out" # what stood there is not this one's
	timeout "$patience" "$RUNG" show --follow "$work/growing" "$@" \
		> "$work/out" 2> "$work/err" &
	pid=$!
}

# Waits until something more is printed than before, at most ten seconds.
wait_for_more() {
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ "$(wc -c < "$work/out")" -gt "$1" ] && return 0
		sleep 0.5
	done
	return 1
}

# A person who has seen enough.
leave() {
	kill "$pid"
	wait "$pid"
}

check_standing() {
	standing "$work/out" > "$work/stands"
	"$RUNG" show "$2" kind=send > "$work/whole"
	standing "$work/whole" > "$work/expected"
	ok "$1" cmp "$work/stands" "$work/expected"
}

# A frame is cut in its middle, and the file has no head to begin with.
piece $capture 1 10 > "$work/growing"
follow kind=send
piece $capture 11 3001 >> "$work/growing"
ok "the first messages, while the file is as it is" wait_for_more 0
had=$(wc -c < "$work/out")
piece $capture 3002 20000 >> "$work/growing"
ok "more, as there are more" wait_for_more "$had"
had=$(wc -c < "$work/out")
tail -c +20001 $capture >> "$work/growing"
ok "the rest" wait_for_more "$had"
sleep 2
leave
check_standing "what stands at the end is what is in the file" $capture
ok "no complaint" test ! -s "$work/err"

# So are the times, however little is printed at a time.
last_time() { tail -n 1 "$1" | awk '{ print $1, $2 }'; }
cat $capture > "$work/growing"
follow
wait_for_more 0
sleep 2
leave
"$RUNG" show $capture > "$work/whole"
ok "the last time" test "$(last_time "$work/out")" = "$(last_time "$work/whole")"

# Another section in the middle of a pcapng file.
cat $ng > "$work/growing"
cat $ng $ng > "$work/both"
follow kind=send
ok "a section" wait_for_more 0
cat $ng >> "$work/growing"
sleep 2
leave
check_standing "two sections are one capture" "$work/both"

# A pipe ends with its writer.
{ piece $capture 1 5000; sleep 1; tail -c +5001 $capture; } |
	"$RUNG" show --follow - kind=send > "$work/out" 2> "$work/err"
check_standing "a pipe" $capture

# A file that is shortened, and one that is replaced.
piece $capture 1 5000 > "$work/growing"
follow kind=send
wait_for_more 0
piece $capture 1 3000 > "$work/growing"
wait "$pid"
ok "the status of one that is shortened" test $? = 2
says "it is said" "has become shorter" cat "$work/err"
piece $capture 1 5000 > "$work/growing"
follow kind=send
wait_for_more 0
cp $capture "$work/other"
mv "$work/other" "$work/growing"
wait "$pid"
ok "the status of one that is replaced" test $? = 2
says "it is said, too" "is now another file" cat "$work/err"

# What is no capture, and what can't be followed.
echo hello > "$work/growing"
fails "nothing that is a capture" 2 sh -c "echo hello | $RUNG show --follow -"
fails "a ladder is not followed" 2 "$RUNG" show --follow --ladder $capture
says "calls are not chosen so" "call=ID" \
	"$RUNG" show --follow --call=x $capture
finish
