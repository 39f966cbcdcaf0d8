# rung show --calls: filters, order, delays, talks and results, of traces and of
# captures.
set -u
. tests/fixtures/check.sh
. tests/fixtures/made_pcap.sh
t=$work/t.jsonl
trace_of labs/two-proxies protocol "$t"

# column N FILE OPTION…: column N of the lines of calls
column() {
	column=$1
	shift
	"$RUNG" show --calls "$@" 2>&1 | sed 1d | awk -v n="$column" '{ print $n }' |
		tr '\n' ' '
}
equals() { # NAME WANTED GOT
	if [ "$3" = "$2" ]; then good; else bad "$1" "“$3” instead of “$2”"; fi
}
equals "methods" "REGISTER REGISTER INVITE " "$(column 2 "$t")"
equals "a filter" "INVITE " "$(column 2 "$t" status=180)"
equals "several words" "INVITE " "$(column 2 "$t" method=BYE src=alice,bob)"
equals "a state" "REGISTER REGISTER " "$(column 2 "$t" state=done)"
equals "states and words" "REGISTER " "$(column 2 "$t" state=done,busy src=bob)"
fails "no such call" 1 "$RUNG" show --calls "$t" status=486
fails "no such state" 2 "$RUNG" show --calls "$t" state=asleep
fails "no such column" 2 "$RUNG" show --calls "$t" --sort=tall
fails "no order of records" 2 "$RUNG" show "$t" --sort=time
says "did you mean" "did you mean “talk”" "$RUNG" show --calls "$t" --sort=tlak
fails "a record is no filter" 2 "$RUNG" show --calls "$t" INVITE@alice

# Every column sorts, and -COLUMN is the other way round.
for by in time method from to state delay talk messages again nodes result \
	call-id; do
	up=$("$RUNG" show --calls "$t" --sort=$by | sed 1d | sort)
	down=$("$RUNG" show --calls "$t" --sort=-$by | sed 1d | sort)
	if [ -n "$up" ] && [ "$up" = "$down" ]; then good
	else bad "--sort=$by" "other calls than --sort=-$by"; fi
done
equals "by delay" "INVITE REGISTER REGISTER " "$(column 2 "$t" --sort=-delay)"
equals "by method" "INVITE REGISTER REGISTER " "$(column 2 "$t" --sort=method)"

# The delay of an INVITE is what rung inspect measures (RFC 6076 4.3).
for lab in two-proxies busy forking sequential-forking no-answer cancel; do
	trace_of labs/$lab messages "$work/l.jsonl"
	listed=$("$RUNG" show --calls "$work/l.jsonl" |
		awk '$2 == "INVITE" { print $6 }' | head -n 1)
	measured=$("$RUNG" inspect "$work/l.jsonl" -f json |
		sed -n 's/.*"session-request-delay": *{[^}]*"most_ns": *\([0-9]*\).*/\1/p')
	[ -n "$measured" ] || continue
	equals "$lab: delay" "$(awk -v ns="$measured" \
		'BEGIN { printf "%.3f", ns / 1000000000 }')" "$listed"
done

# Nobody answers: its client gives up after 64*T1.
head() { # NUMBER START CSEQ TAG
	printf "$2\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK$1\r
From: <sip:a@example.com>;tag=1\r\nTo: <sip:b@example.com>$4\r
Call-ID: call$1\r\nCSeq: $3\r\nContent-Length: 0\r\n\r\n"
}
head 1 'INVITE sip:b@example.com SIP/2.0' '1 INVITE' '' > "$work/1"
head 2 'INVITE sip:b@example.com SIP/2.0' '1 INVITE' '' > "$work/2"
head 2 'SIP/2.0 480 Gone for lunch' '1 INVITE' ';tag=2' > "$work/2r"
head 3 'OPTIONS sip:b@example.com SIP/2.0' '1 OPTIONS' '' > "$work/3"
head 4 'INVITE sip:b@example.com SIP/2.0' '1 INVITE' '' > "$work/4"
head 4 'SIP/2.0 180 Ringing' '1 INVITE' ';tag=2' > "$work/4r"
head 5 'INVITE sip:b@example.com SIP/2.0' '1 INVITE' '' > "$work/5"
{
	pcap_head
	packet 0 1 2 "$work/1"
	packet 500000 1 2 "$work/1"
	packet 1000000 1 2 "$work/2"
	packet 1250000 2 1 "$work/2r"
	packet 2000000 1 2 "$work/3"
	packet 3000000 1 2 "$work/4"
	packet 4500000 2 1 "$work/4r"
	packet 40000000 1 2 "$work/5"
} > "$work/none.pcap"
"$RUNG" import "$work/none.pcap" -o "$work/none.jsonl"
for f in "$work/none.pcap" "$work/none.jsonl"; do
	equals "states" "unanswered rejected unanswered ringing calling " \
		"$(column 5 "$f")"
	says "the result" "480 Gone for lunch" "$RUNG" show --calls "$f"
	equals "the delay" "0.250 " "$(column 6 "$f" state=rejected)"
	equals "until it rings" "1.500 " "$(column 6 "$f" state=ringing)"
	equals "unanswered" "call1 call3 " "$(column 9 "$f" state=unanswered)"
done

# ---- on a narrow terminal ----
# How a call has ended is what is looked for: 80 cells are enough for that.
for lang in en zh; do
	for width in 80 90 123 124 130 200; do
		"$RUNG" --lang=$lang show --calls "$work/none.pcap" --width=$width \
			> "$work/narrow"
		says "the result at $width, $lang" "480 Gone" cat "$work/narrow"
		says "the state at $width, $lang" "0.250" cat "$work/narrow"
		if [ "$(LC_ALL=C.UTF-8 wc -L < "$work/narrow")" -le $width ]
		then good; else bad "--width=$width, $lang" "is wider"; fi
	done
done
equals "all columns at 80" \
	"Time Method From To State Delay Talk Msgs Result" \
	"$("$RUNG" show --calls "$work/none.pcap" --width=80 | sed 1q | xargs)"
says "no filter" "calls are not sifted by “delay”; --sort=delay" \
	"$RUNG" show --calls "$work/none.pcap" delay=1
finish
