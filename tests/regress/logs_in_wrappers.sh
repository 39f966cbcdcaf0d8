# A log in which each line of a message has something before it (docker's names, times
# of containers, quotes) or behind it (ngrep's dots for CRs) lost its requests, or all,
# without a word.  Whatever stands around the same messages, they are the same.
. tests/fixtures/check.sh

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

# What stands before a line may count, may be of another width each time, and have
# words that change: N stands for a number that grows, F for one with a fraction, T
# for the digits of a time, W for a word of letters.
vary() {
	awk -v prefix="$1" -v suffix="$2" -v between="$3" -v n="$4" '
		function filled(s) {
			n++
			gsub(/N/, n, s)
			gsub(/F/, n % 7 == 0 ? n : n "." n % 10, s)
			gsub(/T/, substr("123456789", 1, 3 + n % 5), s)
			gsub(/W/, sprintf("%c%x%c", 97 + n % 26, n * 977, 97 + n % 17), s)
			return s
		}
		/^@/ { print filled(between); next }
		{ print filled(prefix) $0 suffix }' "$work/messages" > "$work/log.txt"
}
for prefix in "[N] " "F " "F: " "     N  " "line=N msg=\"" "T-1 N(N) DEBUG: " "pod/W " \
	"aW " "N	" "// " "2026-11-25T10:00:00.TZ out F " "<134>1 - app N - - "; do
	for suffix in "" "\\\\r" "#015" "\"" "<br>" "\"," "   "; do
		for n in 7 95; do
			vary "$prefix" "$suffix" "----" "$n"
			read_log
			fails "“$prefix” … “$suffix” from $n" 0 cmp "$work/plain" "$work/read"
			vary "$prefix" "$suffix" "SEND to 192.0.2.3:5060" "$n"
			read_log
			fails "“$prefix” … “$suffix” from $n, announced" 0 \
				cmp "$work/plain" "$work/read"
		done
	done
done

# Behind a line, too, there may be what counts; a page has characters otherwise.
behind() {
	awk -v prefix="$1" -v suffix="$2" -v html="$3" -v n="$4" '
		function filled(s) {
			n++
			gsub(/N/, n, s)
			gsub(/F/, n % 7 == 0 ? n : n "." n % 10, s)
			return s
		}
		/^@/ { print filled(prefix) "----" filled(suffix); next }
		{ line = $0
		  if (html) { gsub(/&/, "\\&amp;", line); gsub(/</, "\\&lt;", line)
			gsub(/>/, "\\&gt;", line) }
		  print filled(prefix) line filled(suffix) }' "$work/messages" > "$work/log.txt"
	read_log
}
for n in 7 95; do
	for suffix in " #N" " [F]" "| N" " (N)" ", N" "</l>" "<br>" " N"; do
		behind "" "$suffix" "" $n
		fails "behind: “$suffix” from $n" 0 cmp "$work/plain" "$work/read"
		behind "N |" "$suffix" "" $n
		fails "before and behind: “$suffix” from $n" 0 cmp "$work/plain" "$work/read"
	done
done
behind "<l n=\"N\">" "</l>" yes 7
fails "lines of XML" 0 cmp "$work/plain" "$work/read"
behind "" "<br>" yes 7
fails "lines of HTML" 0 cmp "$work/plain" "$work/read"

# A collector writes each line as an object of JSON.
json() { # BEFORE AFTER
	awk -v before="$1" -v after="$2" '/^@/ { $0 = "----" }
		{ gsub(/\\/, "\\\\"); gsub(/"/, "\\\"")
		  print before $0 after }' "$work/messages" > "$work/log.txt"
	read_log
}
json '{"log":"' '\\n","stream":"stdout","time":"2024-05-01T10:00:00.1Z"}'
fails "docker's json-file" 0 cmp "$work/plain" "$work/read"
json '{"log":"' '\\r\\n","stream":"stdout","time":"2024-05-01T10:00:00.1Z"}'
fails "the same with CRs" 0 cmp "$work/plain" "$work/read"
json '{"__CURSOR": "s=0", "PRIORITY": "6", "MESSAGE": "' '", "_PID": "77"}'
fails "journald" 0 cmp "$work/plain" "$work/read"

# An arrow's tip is where the message goes.
for arrow in "->" "=>" "→" "-->"; do
	wrap "" "" "192.0.2.1:5060 $arrow 192.0.2.9:5060"
	"$RUNG" show "$work/log.txt" kind=send > "$work/way"
	says "“$arrow”" "192.0.2.1  send     INVITE → 192.0.2.9" cat "$work/way"
	wrap "" "" "192.0.2.9:5060 $(echo "$arrow" | sed 's/->/<-/;s/=>/<=/;s/→/←/;s/-<-/<--/') 192.0.2.1:5060"
	"$RUNG" show "$work/log.txt" kind=send > "$work/way"
	says "“$arrow” turned" "192.0.2.1  send     INVITE → 192.0.2.9" cat "$work/way"
done

# What begins as a message and is none is said, with its line.
wrap "" "" ""
{
	cat "$work/log.txt"
	echo "10:00 got INVITE sip:bob@192.0.2.3 SIP/2.0"
	echo "nothing more"
} > "$work/more.txt"
says "a start that has no message" "(1 in all, the first in line" "$RUNG" show "$work/more.txt"
tail -n 2 "$work/more.txt" > "$work/none.txt"
says "nothing but that" "none.txt:1: looks like the first line" "$RUNG" show "$work/none.txt"

# Of an arrow that has one address beside it the message says which way it went, of
# words that say it those do; the first platform here has one arrow for both.
ways() { # SENT RECEIVED
	cat > "$work/way.txt" << EOF
10:00:00.100 [main] INFO
$1--->192.0.2.64:5060
MESSAGE sip:34020000001320000001@192.0.2.64:5060 SIP/2.0
Call-ID: abc@192.0.2.2
CSeq: 2 MESSAGE
From: <sip:34020000002000000001@3402000000>;tag=live
To: <sip:34020000001320000001@192.0.2.64:5060>
Via: SIP/2.0/UDP 192.0.2.2:5060;rport;branch=z9hG4bK336
Content-Length: 0

10:00:00.140 [main] INFO
$2--->192.0.2.64:5060
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.2:5060;rport;branch=z9hG4bK336
From: <sip:34020000002000000001@3402000000>;tag=live
To: <sip:34020000001320000001@192.0.2.64:5060>;tag=x
Call-ID: abc@192.0.2.2
CSeq: 2 MESSAGE
Content-Length: 0

EOF
	"$RUNG" show "$work/way.txt" kind=send > "$work/way" 2> "$work/way.said"
	says "$1: sent" "192.0.2.2   send     MESSAGE → 192.0.2.64" cat "$work/way"
	says "$2: received" "192.0.2.64  send     200 OK → 192.0.2.2" cat "$work/way"
}
ways "发送 目标" "收到 来源"
fails "words are enough" 1 test -s "$work/way.said"
ways "目标" "目标"
says "that the Via has told is said" "(2 in all, the first in line 3)" cat "$work/way.said"
finish
