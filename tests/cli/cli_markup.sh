# Text that is markup, somewhere: a trace in whose names, titles and messages
# stand <script>, ]]>, quotes, backslashes, the characters of DOT's records,
# escapes of terminals, NUL, bytes that are no UTF-8, marks that turn text
# around, and a header field of 60 kB.  In every format it is only text.
. tests/fixtures/check.sh
t=$work/evil.jsonl

# As JSON has it, with each backslash twice for sed.
evil='x\\"'"'"'</text></title></style></script><script>document.title=\\"PWNED\\"</script>'
evil=$evil'<img src=q onerror=document.title=\\"PWNED\\">]]>--><!--<b>&amp;{|}'
evil=$evil'\\\\N\\\\l%%{init}\\u2028\\u2029\\u202e\\u2066\\u200f\\u001b[31m\\u0007'
evil=$evil'\\u0000\\u0085\\u009b1m```*_[l](javascript:x)$x$@enduml'
long=$(head -c 60000 /dev/zero | tr '\0' 'z')
"$RUNG" run labs/lost-messages -q -o "$work/plain.jsonl"
"$RUNG" run labs/lost-messages -q --detail=network -o "$work/packets.jsonl"
cat > "$work/evil.sed" <<EOF
s|"title":"[^"]*"|"title":"EVIL"|
s|"label":"[^"]*"|"label":"EVIL"|g
s|"alice"|"alEVIL"|g
s|"domain":"atlanta[^"]*"|"domain":"EVIL"|g
s|"domain":"biloxi[^"]*"|"domain":"biEVIL"|g
s|User-Agent: [^\\\\]*|User-Agent: EVIL|g
s|Ringing\\\\r|Ringing EVIL\\\\r|g
s|SIP/2.0 200 OK|SIP/2.0 200 EVIL|g
s|\\\\"Alice\\\\"|EVIL|g
s|"reason":"loss"|"reason":"EVIL"|g
s|"call_id":"\\([^"]*\\)"|"call_id":"\\1EVIL"|g
s|Call-ID: \\([^\\\\]*\\)|Call-ID: \\1EVIL|g
s|"id":"z9\\([^"]*\\)"|"id":"z9\\1EVIL"|g
s|Max-Forwards: 69|X-Long: $long|g
s|Content-Length: 0|X-EVIL: EVIL\\\\r\\\\nContent-Length: 0|g
s|EVIL|$(printf '%s' "$evil" | sed 's/[&|]/\\&/g')|g
EOF
sed -f "$work/evil.sed" "$work/plain.jsonl" > "$t"
sed -f "$work/evil.sed" "$work/packets.jsonl" > "$work/evil-packets.jsonl"
# Without controls, with which a message is shown in hexadecimal.
m=$work/markup.jsonl
sed 's/\\u00[0-9a-f]*//g' "$t" > "$m"
# Messages whose bytes are no text: base64 instead.
awk '{ if (n < 3 && sub(/"text":"INVITE[^"]*(\\.[^"]*)*"/,
	"\"base64\":\"SU5WSVRFIHNpcDr//oAAGzxzY3JpcHQ+QGIgU0lQLzIuMA0KDQob\"")) n++
	print }' "$work/plain.jsonl" > "$work/bytes.jsonl"
ok "the trace is one" "$RUNG" show "$t" kind=end
ok "it has what it should" grep -q PWNED "$t"
ok "the same as text" grep -q PWNED "$m"
ok "and no-texts" "$RUNG" show -m "$work/bytes.jsonl"

# plain NAME FILE: valid UTF-8 without characters that steer a terminal or turn
# a line around; rows of CSV end with CR and LF (text/csv.h), and nothing else has CR.
plain() {
	case $2 in *.csv)
		LC_ALL=C sed 's/\r$//' "$2" > "$2.lines"
		set -- "$1" "$2.lines"
		;;
	esac
	if ! iconv -f UTF-8 -t UTF-16 "$2" > /dev/null 2> "$work/.output"; then
		bad "$1" "no valid UTF-8"
	elif LC_ALL=C grep -aqP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' "$2"; then
		LC_ALL=C grep -aoP '.{0,40}([\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]).{0,10}' "$2" |
			head -n 3 | cat -v > "$work/.output"
		bad "$1" "control characters"
	elif LC_ALL=C grep -aqP '\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]' "$2"; then
		LC_ALL=C grep -aoP '.{0,40}(\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9])' "$2" |
			head -n 3 | cat -v > "$work/.output"
		bad "$1" "characters that turn a line around"
	elif [ ! -s "$2" ]; then
		bad "$1" "empty"
	else
		good
	fi
}

# ---- texts ----
for trace in "$work/bytes.jsonl" "$t" "$m"; do
	what=$(basename "$trace" .jsonl)
	for format in txt md mmd puml gv svg html; do
		"$RUNG" export -f $format "$trace" -o "$work/x.$format"
		plain "$what, $format" "$work/x.$format"
	done
	"$RUNG" inspect -f csv "$trace" > "$work/x.csv"
	plain "$what, csv of what is found" "$work/x.csv"
	for command in "export --messages" "export --ascii" "show" "show -l" \
		"show -m" "show --calls" "show --at=2s" "export --notes=3,20,66"; do
		# shellcheck disable=SC2086  # words
		"$RUNG" $command "$trace" > "$work/x" 2> /dev/null
		plain "$what, $command" "$work/x"
	done
	seq=1
	while [ $seq -lt 90 ]; do
		"$RUNG" explain "$trace" $seq
		"$RUNG" show "$trace" $seq
		seq=$((seq + 3))
	done > "$work/x"
	plain "$what, records in words" "$work/x"
	for format in txt gv svg; do
		"$RUNG" diff -f $format "$work/plain.jsonl" "$trace" \
			> "$work/diff.$format"
		plain "$what, diff, $format" "$work/diff.$format"
		for figure in topology machines; do
			[ $format = txt ] ||
				"$RUNG" export -f $format --what=$figure "$trace" \
				-o "$work/$figure.$format"
			[ $format = txt ] || plain "$what, $figure, $format" \
				"$work/$figure.$format"
		done
	done
	for file in x.svg diff.svg topology.svg machines.svg x.html; do
		ok "$what, $file is XML" xmllint --noout "$work/$file"
		fails "$what, $file runs nothing" 1 \
			grep -aiqE '<img|<[a-z]+[^>]* on[a-z]+=|<script>doc' \
			"$work/$file"
	done
	if command -v dot > /dev/null; then
		for file in x diff topology machines; do
			ok "$what, dot draws $file" \
				dot -Tsvg "$work/$file.gv" -o "$work/dot.svg"
			ok "$what, what it draws of $file is XML" \
				xmllint --noout "$work/dot.svg"
			fails "$what, and quiet" 1 test -s "$work/.output"
		done
	else
		skip "no dot"
	fi
	"$RUNG" export -f pdf "$trace" -o "$work/x.pdf"
	"$RUNG" export --size=36dpi -f png "$trace" -o "$work/x.png"
	"$RUNG" diff -o "$work/diff.pdf" "$work/plain.jsonl" "$trace"
	"$RUNG" diff -o "$work/diff.png" "$work/plain.jsonl" "$trace"
	if command -v pdftoppm > /dev/null; then
		for file in x diff; do
			ok "$what, $file.pdf" pdftoppm -r 20 "$work/$file.pdf" \
				"$work/page"
		done
	else
		skip "no pdftoppm"
	fi
	for file in x diff; do
		ok "$what, $file.png" sh -c 'head -c 4 "$1" | grep -aq PNG' - \
			"$work/$file.png"
	done
done

"$RUNG" export --what=topology "$t" -o "$work/wide.svg"
width=$(sed -n 's/^<svg .*width="\([0-9]*\)pt.*/\1/p' "$work/wide.svg")
ok "no name makes a figure wide" test "${width:-9999}" -lt 3000

# ---- languages of their own ----
"$RUNG" export -f md --messages "$m" -o "$work/x.md"
# Outside of fences nothing is HTML, within them nothing ends them.
awk '/^````*/ { match($0, /^`+/); n = RLENGTH
	if (!open) { open = n; next } else if (n >= open) { open = 0; next } }
	!open' "$work/x.md" > "$work/outside.md"
fails "Markdown without HTML" 1 grep -qE '(^|[^\\])<[a-zA-Z/!]' "$work/outside.md"
fails "Markdown without links of theirs" 1 grep -qE '[^\\]\]\(java' "$work/outside.md"
ok "one diagram of PlantUML" test "$(grep -c '^@enduml' "$work/x.puml")" = 1
for format in mmd puml; do
	fails "$format without tags" 1 grep -qiE '<script|<img' "$work/x.$format"
	fails "$format without directives" 1 grep -qE '%%\{|^ *!' "$work/x.$format"
done

# ---- JSON ----
"$RUNG" export -f json "$t" -o "$work/x.json"
"$RUNG" diff -f json "$work/plain.jsonl" "$t" > "$work/diff.json"
if command -v python3 > /dev/null; then
	for file in x diff; do
		ok "$file.json" python3 -c 'import json, sys
json.loads(open(sys.argv[1], "rb").read().decode("utf-8"))' "$work/$file.json"
		fails "$file.json: controls are escaped" 1 \
			grep -qP '[\x01-\x08\x0b-\x1f\x7f]' "$work/$file.json"
	done
else
	skip "no python3"
fi

# ---- packets ----
"$RUNG" export -f pcapng "$work/evil-packets.jsonl" -o "$work/x.pcapng"
if command -v tshark > /dev/null; then
	tshark -r "$work/x.pcapng" -T fields -e frame.comment \
		> "$work/comments" 2> "$work/.output"
	plain "comments of packets" "$work/comments"
	fails "no packet is malformed" 1 sh -c \
		'tshark -r "$1" -Y _ws.malformed | grep .' - "$work/x.pcapng"
else
	skip "no tshark"
fi

# ---- a browser ----
if sanitized || ! command -v chromium > /dev/null; then
	skip "no chromium"
	finish
fi
"$RUNG" export -f html "$m" -o "$work/x.html"
"$RUNG" export -f svg "$m" -o "$work/x.svg"
# Without its policy, so that nothing but the escaping holds.
sed 's/<meta http-equiv="Content-Security-Policy"[^>]*>//' "$work/x.html" \
	> "$work/open.html"
fails "the policy is gone" 0 sh -c '! grep -q Security-Policy "$1"' - \
	"$work/open.html"
# shellcheck source=tests/fixtures/chrome.sh
. tests/fixtures/chrome.sh
pages="x.html open.html x.svg diff.svg topology.svg"
# shellcheck disable=SC2046  # words
open_in_frames $(for page in $pages; do echo "$work/$page"; done)
for page in $pages; do
	nth=$((${nth:-0} + 1))
	dom=$work/dom.$nth
	ok "$page opens" test -s "$dom"
	fails "$page: nothing ran" 1 grep -q '<title>PWNED' "$dom"
	case $page in *.html)
		ok "$page: its own script did" grep -q 'data-step' "$dom"
		fails "$page: no element of theirs" 1 \
			grep -qE '<img|<b>&amp;|onerror=[^&…]*>[^<]*<' "$dom" ;;
	esac
done
finish
