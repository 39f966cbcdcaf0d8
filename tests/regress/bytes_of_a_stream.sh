# Bytes that came over a connection and are no message of SIP were called "udp"; so were the empty lines
# that keep a flow open.
. tests/fixtures/check.sh

cat > "$work/t.gv" <<'G'
graph {
	graph [domain="example.com"]
	edge [delay="1ms"]
	alice [role=ua]
	bob [role=ua]
	alice -- bob
}
G
while IFS='|' read -r transport text shown; do
	cat > "$work/a.jsonl" <<A
{"kind":"arrivals","version":1}
{"t":1000000000,"to":"alice","transport":"$transport","from":"198.51.100.7:40000","text":"$text"}
{"kind":"end","t":2000000000,"reason":"stopped"}
A
	ok "$transport, $text" "$RUNG" run -q "$work/t.gv" --arrivals="$work/a.jsonl" -o "$work/t.jsonl"
	ok "$transport, $text: $shown" grep -q "\"kind\":\"send\",.*\"transport\":\"$transport\",$shown" "$work/t.jsonl"
	ok "$transport, $text: nothing else" test "$(grep -c "\"kind\":\"send\",.*\"src\":\"outside" "$work/t.jsonl")" = 1
done <<'R'
udp|no SIP\r\n\r\n|"proto":"udp"
tcp|no SIP\r\n\r\n|"proto":"bytes"
tls|no SIP\r\n\r\n|"proto":"bytes"
ws|no SIP\r\n\r\n|"proto":"bytes"
tcp|OPTIONS sip:a SIP/2.0\r\nContent-Len|"proto":"bytes"
tcp|\r\n\r\n|"proto":"crlf",.*"start":"ping"
udp|\r\n\r\n|"proto":"crlf",.*"start":"ping"
tcp|\r\n|"proto":"crlf",.*"start":"pong"
R
finish
