# A log in which each line of a message has something before it (docker's names, times
# of containers, quotes) or behind it (ngrep's dots for CRs) lost its requests, or all,
# without a word.  Whatever stands around the same messages, they are the same.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL

"$RUNG" run -q direct-call -o "$work/t.jsonl"
"$RUNG" show "$work/t.jsonl" kind=send -m | awk '
	/^ *[0-9]+  / { print "@"; open = 0; next }
	/^    / { open = 1; print substr($0, 5); next }
	open && /^$/ { print ""; next }' | awk '
	# One empty line behind the head, none at the end.
	/^@/ { n = 0; print; next } { line[++n] = $0; print }' > "$work/messages"

# wrap PREFIX SUFFIX BETWEEN: each line of a message between PREFIX and SUFFIX.
wrap() {
	awk -v prefix="$1" -v suffix="$2" -v between="$3" '
		/^@/ { sub(/#/, ++n, between); print between; next }
		{ line = prefix $0 suffix
		  while (sub(/#/, ++n % 10, line)) ;
		  print line }' "$work/messages" > "$work/log.txt"
}
# What is read: first lines, Call-IDs, descriptions.
read_log() {
	"$RUNG" show "$work/log.txt" kind=send -m 2> "$work/said" |
		grep -E '^    (INVITE|ACK|BYE|SIP/2.0|Call-ID|CSeq|v=|m=|a=)' |
		sort > "$work/read"
}
wrap "" "" ""
read_log
cp "$work/read" "$work/plain"
says "six messages" 6 grep -c CSeq "$work/plain"
says "and their descriptions" 2 grep -c m=audio "$work/plain"
for prefix in "" "web_1  | " "2026-11-25T10:00:0#.##Z stdout F " "> " "[sip] " \
	"Nov 25 10:00:0# pbx kamailio[##]: " "    " "DEBUG: "; do
	for suffix in "" "." " |" "^M"; do
		for between in "" "---" "U 192.0.2.1:5060 -> 192.0.2.2:5060"; do
			wrap "$prefix" "$suffix" "$between"
			read_log
			fails "“$prefix” … “$suffix”, between “$between”" 0 \
				cmp "$work/plain" "$work/read"
		done
	done
done
finish
