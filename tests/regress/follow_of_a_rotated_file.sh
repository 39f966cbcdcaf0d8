#!/bin/sh
# rung show --follow of a file that is rotated: what came to the old one is
# told although another has its name by now; one that was emptied and has grown
# beyond what was read is seen to be another; nothing is told of bytes that are not
# there any more.  A capture and a log.
. tests/fixtures/check.sh

capture=examples/calls.pcap
size=$(wc -c < $capture)
cut=12000

follow() {
	timeout 60 "$RUNG" show --follow "$work/growing" kind=send \
		> "$work/out" 2> "$work/err" &
	pid=$!
}
# told N: so many lines stand there, at most ten seconds later
told() {
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ "$(wc -l < "$work/out")" -ge "$1" ] && return 0
		sleep 0.5
	done
	return 1
}
ends() { # NAME SENTENCE
	wait "$pid"
	ok "$1: its status" test $? = 2
	says "$1: it is said" "$2" cat "$work/err"
}
messages() {
	"$RUNG" show "$1" kind=send 2> /dev/null | wc -l | tr -d ' '
}

# ---- another has its name ----
head -c $cut $capture > "$work/growing"
follow
ok "renamed: it is read" told 1
# the writer has the old one open for a while: before, and after
exec 3>> "$work/growing"
tail -c +$((cut + 1)) $capture | head -c 10000 >&3
mv "$work/growing" "$work/old"
head -c 3000 $capture > "$work/growing"
tail -c +$((cut + 10001)) $capture >&3
exec 3>&-
ends "renamed" "is now another file"
"$RUNG" show $capture kind=send > "$work/whole"
"$RUNG" show "$work/old" kind=send > "$work/old.out"
same "renamed: all came to the old one" "$work/whole" "$work/old.out"
tail -n 1 "$work/whole" | cut -c 20- > "$work/last"
tail -n 1 "$work/out" | cut -c 20- > "$work/last.told"
same "renamed: up to its last message" "$work/last" "$work/last.told"

# ---- emptied and written anew, by more than was read ----
head -c $cut $capture > "$work/growing"
follow
ok "emptied: it is read" told 1
n=$(messages "$work/growing")
ok "emptied: all of it" told "$n"
cp tests/fuzz/corpus/capture/udp.pcapng "$work/other"
while [ "$(wc -c < "$work/other")" -lt $((cut + 5000)) ]; do
	cat tests/fuzz/corpus/capture/udp.pcapng >> "$work/other"
done
cat "$work/other" > "$work/growing"
ends "emptied" "has become shorter"
ok "emptied: nothing more is told" [ "$(wc -l < "$work/out")" -le "$n" ]

# ---- shortened, more than is at hand of it ----
# a capture of more than 1 MiB, the same calls an hour later each time
"$RUNG" run -q labs/two-proxies -o "$work/t.jsonl"
"$RUNG" export "$work/t.jsonl" -o "$work/one.pcapng"
: > "$work/growing"
while [ "$(wc -c < "$work/growing")" -lt 3000000 ]; do
	cat "$work/one.pcapng" >> "$work/growing"
done
follow
ok "shortened: it is read" told 1
sleep 0.3
head -c 5000 "$work/growing" > "$work/short"
cat "$work/short" > "$work/growing"
ends "shortened" "has become shorter"
grep -c 'no message\|unreadable\|✗' "$work/out" > "$work/.output" || :
ok "shortened: no ruins" [ "$(cat "$work/.output")" = 0 ]

# ---- a log ----
log() { # HOUR NUMBER: so many messages
	awk -v hour="$1" -v n="$2" 'BEGIN { for (i = 0; i < n; i++) printf \
"[Jan 31 %02d:%02d:%02d] <--- Received SIP request (9 bytes) from UDP:192.0.2.2:5060 --->\n" \
"MESSAGE sip:a@a.example SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK%d\n" \
"From: <sip:a@a.example>;tag=a\nTo: <sip:b@b.example>\nCall-ID: c%d\nCSeq: %d MESSAGE\n\n", \
hour, i / 60, i % 60, i, hour, i + 1 }'
}
log 12 40 > "$work/growing"
follow
ok "a log: it is read" told 30
log 13 90 > "$work/growing"
ends "a log" "has become shorter"
fails "a log: nothing of the other" 1 grep -q ' 3[0-9][0-9][0-9]\.' "$work/out"
finish
