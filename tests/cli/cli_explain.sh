# rung explain: the chain of causes, back to the act.
. tests/fixtures/check.sh
t=$work/t.jsonl
"$RUNG" run labs/lost-messages -q -o "$t"

number() { # of the first record that a filter shows
	"$RUNG" show "$t" "$@" | awk 'NR == 1 { print $1 }'
}
again=$("$RUNG" show "$t" method=INVITE src=atl kind=send |
	awk 'NR == 2 { print $1 }')
says "the question" "Why did atl send INVITE to bil" \
	"$RUNG" explain "$t" "$again"
says "the timer" "Timer A fired at atl" "$RUNG" explain "$t" "$again"
says "its rule" "RFC 3261 17.1.1.2" "$RUNG" explain "$t" "$again"
says "how often" "again" "$RUNG" explain "$t" "$again"
says "the act" "lab.lua:" "$RUNG" explain "$t" "$again"
says "what was asked for" "calls sip:bob@biloxi.example.com" "$RUNG" explain "$t" "$again"
says "a loss" "lost" "$RUNG" explain "$t" "$(number kind=drop)"
says "a lab is run for it" "alice" "$RUNG" explain direct-call 6
says "in Chinese" "RFC 3261 17.1.1.2" "$RUNG" --lang=zh explain "$t" "$again"
ok   "the first record" "$RUNG" explain "$t" 1
ok   "the last record" "$RUNG" explain "$t" "$(($(wc -l < "$t") - 1))"

"$RUNG" explain "$t" "$again" --width=40 > "$work/narrow.txt"
if LC_ALL=C.UTF-8 awk 'length > 60 { exit 1 }' "$work/narrow.txt"; then
	good
else
	bad "--width" "lines are much longer"
fi
# A server that does not answer counts as one that says 408.
f=$work/failover.jsonl
"$RUNG" run labs/rfc3665-3.4 -q -o "$f"
next=$("$RUNG" show "$f" method=INVITE src=alice dst=proxy2 kind=send |
	awk 'NR == 1 { print $1 }')
says "the give-up" "Timer B fired" "$RUNG" explain "$f" "$next"
says "what it counts as" "RFC 3261 8.1.3.1" "$RUNG" explain "$f" "$next"
says "its status" "408" "$RUNG" explain "$f" "$next"
says "the other server" "RFC 3263 4.3" "$RUNG" explain "$f" "$next"

for seq in 0 99999 99999999999999999999 -1 x ''; do
	fails "no record '$seq'" 2 "$RUNG" explain "$t" "$seq"
done
says  "how many there are" "numbered 1 to" "$RUNG" explain "$t" 99999
fails "no number" 2 "$RUNG" explain "$t"
finish
