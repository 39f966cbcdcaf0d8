# Of a connection with the outside that a node itself ended the trace did not say so: who it was, and why.
. tests/fixtures/check.sh

cat > "$work/t.gv" <<'G'
graph {
	graph [domain="example.com"]
	edge [delay="1ms"]
	alice [role=ua]
	names [role=dns]
	alice -- names
}
G
# arrival SECOND NODE TEXT: something comes over the only connection.
arrival() {
	printf '{"t":%s000000000,"to":"%s","transport":"tcp","from":"198.51.100.7:40000","text":"%s"}\n' "$@"
}
# ends NAME NODE WHY SCRIPT: in the run that has the arrivals of $work/in.
ends() {
	{
		echo '{"kind":"arrivals","version":1}'
		cat "$work/in"
		echo '{"kind":"end","t":400000000000,"reason":"stopped"}'
	} > "$work/a.jsonl"
	echo "lab { title = 'ends', topology = 't.gv' } script(function() $4 end)" > "$work/lab.lua"
	ok "$1: runs" "$RUNG" run -q "$work/lab.lua" --arrivals="$work/a.jsonl" -o "$work/t.jsonl"
	ok "$1: the same again" sh -c '"$1" run -q "$2/t.jsonl" -o "$2/again.jsonl" &&
		cmp "$2/t.jsonl" "$2/again.jsonl"' - "$RUNG" "$work"
	says "$1" "$2 ends its connection with 198.51.100.7:40000 outside: $3" \
		"$RUNG" show "$work/t.jsonl" kind=act text=who
	ok "$1: once" test "$(grep -c '"who"' "$work/t.jsonl")" = 1
}

n='\r\n'
ask="OPTIONS sip:alice@example.com SIP/2.0${n}Via: SIP/2.0/TCP 198.51.100.7:5060;branch=z9hG4bK1${n}Max-Forwards: 70${n}"
ask="${ask}From: <sip:x@198.51.100.7>;tag=1${n}To: <sip:alice@example.com>${n}Call-ID: 1${n}CSeq: 1 OPTIONS${n}"
length=Content-Length
cut="the end of its message can't be found (RFC 3261 18.3)"
arrival 1 alice "no SIP at all$n$n" > "$work/in"
ends garbage alice "$cut" ""
arrival 1 alice "$ask$n" > "$work/in"
ends "no length" alice "$cut" ""
arrival 1 alice "$ask$length: -1$n$n" > "$work/in"
ends "less than nothing" alice "$cut" ""
arrival 1 alice "$ask$length: 99999999$n$n" > "$work/in"
ends "too long" alice \
	"its message is longer than a node accepts (RFC 3261 21.5.7)" ""
arrival 1 alice "$ask$length: 0$n$n" > "$work/in"
ends idle alice \
	"nothing was sent over it for five minutes (RFC 5923 8.1)" ""
{
	arrival 1 alice "$ask$length: 0$n$n"
	arrival 3 alice "$ask$length: 0$n$n"
} > "$work/in"
ends "started anew" alice "it no longer knows the connection (RFC 9293 3.5.2)" \
	"sleep '2s'; node('alice'):crash(); node('alice'):restart()"
ends "crashed" alice "no packet gets through between them" "sleep '2s'; node('alice'):crash()"
arrival 1 names "$ask$length: 0$n$n" > "$work/in"
ends "no listener" names "none of its ports has this connection (RFC 9293 3.5.2)" ""
finish
