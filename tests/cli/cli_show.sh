# rung show: records, messages, one record, the ladder, the state; filters.
. tests/fixtures/check.sh
t=$work/t.jsonl
"$RUNG" run labs/lost-messages -q -o "$t"

lines() { # NAME NUMBER COMMAND…
	lines_what=$1
	lines_n=$2
	shift 2
	"$@" > "$work/.output" 2>&1 < /dev/null
	if [ "$(wc -l < "$work/.output")" -eq "$lines_n" ]; then
		good
	else
		bad "$lines_what" "not $lines_n lines"
	fi
}
all=$(($(wc -l < "$t") - 1))
lines "a line a record" "$all" "$RUNG" show "$t"
says  "a lab is run for it" "INVITE" "$RUNG" show direct-call
says  "standard input" "REGISTER" sh -c '"$RUNG" show - < "$1"' - "$t"
lines "kind="  "$(grep -c '"kind":"drop"' "$t")" "$RUNG" show "$t" kind=drop
lines "two kinds" "$(grep -c -E '"kind":"(drop|fault)"' "$t")" \
	"$RUNG" show "$t" kind=drop,fault
lines "method= and kind=" "$(grep -c '"kind":"send".*"start":"ACK"' "$t")" \
	"$RUNG" show "$t" method=ACK kind=send
lines "status=" "$(grep -c '"kind":"send".*"start":180' "$t")" \
	"$RUNG" show "$t" status=180 kind=send
says  "status class" "180 Ringing" "$RUNG" show "$t" status=1xx
says  "a link's ends" "REGISTER → atl" "$RUNG" show "$t" src=alice dst=atl
says  "--node" "alice" "$RUNG" show "$t" --node=alice
fails "--node leaves others out" 1 sh -c \
	'"$RUNG" show "$1" --node=alice | grep -q " bil  *timer"' - "$t"
says  "--from beyond the end" "--from comes after the end of the trace" "$RUNG" show "$t" --from=1000s
says  "a call that is not there" "has the Call-ID “zz”" "$RUNG" show "$t" --call=zz
says  "-m shows the bytes" "Max-Forwards: 70" "$RUNG" show "$t" -m
says  "one record" "INVITE" "$RUNG" show "$t" \
	"$("$RUNG" show "$t" method=INVITE kind=send | awk 'NR == 1 { print $1 }')"
says  "the ladder" "lost on the link" "$RUNG" show -l "$t"
"$RUNG" run labs/busy -q -o "$work/busy.jsonl"
"$RUNG" show -l "$work/busy.jsonl" > "$work/ladder.txt"
same  "is the lab's" tests/golden/labs/busy.txt "$work/ladder.txt"
says  "its phases" "┤ talk" "$RUNG" show -l "$t" --mark=phase
says  "its dialogs, in ASCII" "+ dialog 1" \
	"$RUNG" show -l --ascii "$t" --mark=dialog
says  "a part of it" "INVITE" "$RUNG" show -l "$t" --from=1s --to=2s
fails "leaves out the rest" 1 sh -c \
	'"$RUNG" show -l "$1" --from=1s --to=2s | grep -q REGISTER' - "$t"
says  "the state" "Bindings" "$RUNG" show "$t" --at=5s
says  "of one node" "Transactions" "$RUNG" show "$t" --at=1.2s --node=atl
fails "and only of that" 1 sh -c \
	'"$RUNG" show "$1" --at=5s --node=atl | grep -q "^bil"' - "$t"
says  "--width" "…" "$RUNG" show "$t" --width=40

# The widest labs into a pipe: 80 columns, and as many as one asks for.
widest() { # COMMAND…
	"$@" 2>&1 < /dev/null | wc -L
}
for lab in early-dialogs handout-messages history; do
	ok  "run $lab fits" test "$(widest "$RUNG" run $lab)" -le 80
	ok  "show --ladder $lab fits" \
		test "$(widest "$RUNG" show --ladder $lab --lang=zh)" -le 80
done
ok    "wider" test "$(widest "$RUNG" run early-dialogs --width=140)" -gt 120
# A trace that was cut off is shown, and said to be.
head -c 20000 "$t" > "$work/cut.jsonl"
ok    "cut off" "$RUNG" show "$work/cut.jsonl"
says  "it is said" "incomplete" "$RUNG" show -l "$work/cut.jsonl"
finish
