# Traces compressed by the ending of their names, read by their first bytes.
. tests/fixtures/check.sh
a=$work/a.jsonl
z=$work/z.jsonl.gz
n=$work/named-otherwise

"$RUNG" run -q -o "$a" two-proxies
"$RUNG" run -q -o "$z" two-proxies
cp "$z" "$n"
ok   "it is gzip" gzip -t "$z"
ok   "of the same bytes" sh -c 'gzip -dc "$0" | cmp - "$1"' "$z" "$a"
ok   "at most a fourth" sh -c \
	'test "$(($(wc -c < "$0") * 4))" -lt "$(wc -c < "$1")"' "$z" "$a"

# same WHAT COMMAND…: the same of $a and of $n in place of FILE.
same() {
	what=$1
	shift
	for f in "$a" "$n"; do
		cp "$f" "$work/FILE"
		(cd "$work" && "$RUNG" "$@" < FILE) > "$work/out.${f##*/}" 2>&1
	done
	ok "$what" cmp "$work/out.a.jsonl" "$work/out.named-otherwise"
	ok "… and there is something" test -s "$work/out.a.jsonl"
}
case $RUNG in /*) ;; *) RUNG=$PWD/$RUNG ;; esac
same "show" show FILE
same "show of a message" show FILE INVITE@atl
same "the calls" show --calls FILE
same "explain" explain FILE 41
same "diff" diff FILE a.jsonl
same "export" export FILE -f json -o -
same "a run again" run FILE
same "standard input" show -
same "import, which is refused" import FILE

ok   "a run of it" "$RUNG" run -q -o "$work/b.jsonl.gz" "$n"
ok   "gives the same bytes" cmp "$z" "$work/b.jsonl.gz"
"$RUNG" export two-proxies -o "$work/c.pcapng"
"$RUNG" export -f trace "$work/c.pcapng" -o "$work/c.jsonl"
ok   "import to gzip" "$RUNG" export -f trace "$work/c.pcapng" -o "$work/c.jsonl.gz"
ok   "the same bytes" sh -c 'gzip -dc "$0" | cmp - "$1"' \
	"$work/c.jsonl.gz" "$work/c.jsonl"
gzip -k "$work/c.pcapng"
ok   "a capture with gzip is one still" "$RUNG" show "$work/c.pcapng.gz"

# What a limit ends, and what a person ends.
"$RUNG" run -q --limit records=50 -o "$work/l.gz" two-proxies 2> /dev/null
ok   "ended by a limit: whole" gzip -t "$work/l.gz"
says "with its end" '"kind":"end"' sh -c 'gzip -dc "$0" | tail -n 1' \
	"$work/l.gz"
ok   "and read" "$RUNG" show "$work/l.gz"
head -c 3000 "$z" > "$work/torn"
ok   "a torn one is shown" "$RUNG" show "$work/torn"
says "and said to be" "is incomplete: it ends" "$RUNG" show "$work/torn"
head -c 12 "$z" > "$work/torn"
fails "one torn at once" 2 "$RUNG" show "$work/torn"
{ cat "$z"; echo more; } > "$work/more"
fails "something behind it" 2 "$RUNG" show "$work/more"
says "is said" "other bytes follow" "$RUNG" run "$work/more"
{ head -c 2000 "$z"; echo XXXX; tail -c +2006 "$z"; } > "$work/bad"
fails "a damaged one" 2 "$RUNG" show "$work/bad"
says "is said" "is damaged" "$RUNG" explain "$work/bad" 3
# A log of JSON is one when it is compressed, too.
printf '{"msg":"OPTIONS sip:b@192.0.2.2 SIP/2.0\\r\\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\\r\\nFrom: <sip:a@a>;tag=1\\r\\nTo: <sip:b@b>\\r\\nCall-ID: c\\r\\nCSeq: 1 OPTIONS\\r\\n\\r\\n"}\n' > "$work/lines"
gzip -c "$work/lines" > "$work/lines.gz"
"$RUNG" show --ladder "$work/lines" | sed 1d > "$work/plain"
"$RUNG" show --ladder "$work/lines.gz" | sed 1d > "$work/packed"
ok "lines of JSON" grep -q OPTIONS "$work/plain"
ok "and compressed" cmp "$work/plain" "$work/packed"

{ printf '{'; head -c 300000000 /dev/zero; } | gzip -9 > "$work/bomb"
fails "a bomb" 2 "$RUNG" show "$work/bomb"
says "is said" "expands more than 200-fold" "$RUNG" run "$work/bomb"
finish
