# What comes from outside to one of several faces of a node: it arrives there and
# is answered from there, by UDP and TCP, IPv4 and IPv6, also after a crash; the
# run's trace gives the same again; a face that there is not, or of the other
# family, gets a sentence.
. tests/fixtures/check.sh

cat > "$work/net.gv" <<'X2'
graph {
	sbc [role=ua, aor="sip:sbc@y.example", faces="in=10.0.0.1 out=192.0.2.7 six=2001:db8::7"]
	a [role=ua, addr="10.0.0.2"]
	a -- sbc:in
}
X2
# arrival MS FROM TRANSPORT FACE HOST: an OPTIONS, one line of a file.
arrival() {
	printf '{"t":%s000000,"to":"sbc"%s,"from":"%s","transport":"%s","text":"OPTIONS sip:%s SIP/2.0\\r\\nVia: SIP/2.0/%s %s;branch=z9hG4bK%s\\r\\nFrom: <sip:x@y.example>;tag=1\\r\\nTo: <sip:%s>\\r\\nCall-ID: %s\\r\\nCSeq: 1 OPTIONS\\r\\nMax-Forwards: 70\\r\\nContent-Length: 0\\r\\n\\r\\n"}\n' \
		"$1" "${4:+,\"face\":\"$4\"}" "$2" "$3" "$5" \
		"$(echo "$3" | tr a-z A-Z)" "$2" "$1" "$5" "$1"
}
v4=198.51.100.7 v6='[2001:db8::99]'
{
	echo '{"kind":"arrivals","version":1}'
	for by in udp tcp; do
		[ $by = udp ] && t=1 || t=2
		arrival ${t}000 $v4:4000 $by '' sbc@y.example
		arrival ${t}100 $v4:4001 $by in sbc@y.example
		arrival ${t}200 $v4:4002 $by out sbc@y.example
		arrival ${t}300 $v6:4003 $by '' sbc@y.example
		arrival ${t}400 $v6:4004 $by six sbc@y.example
	done
	echo '{"kind":"end"}'
} > "$work/list"
t=$work/t.jsonl
# answered TRANSPORT PORT ADDR: what came from that port is answered from there.
answered() {
	grep '"node":"sbc","kind":"send"' "$t" |
		grep "\"src_addr\":\"$3:5060\"" | grep "\"transport\":\"$1\"" |
		grep '"start":200' | grep -c ":$2\"" > "$work/.output" || :
	ok "$1 to $3 from port $2" [ "$(cat "$work/.output")" = 1 ]
}
check() {
	for by in udp tcp; do
		answered $by 4000 10.0.0.1
		answered $by 4001 10.0.0.1
		answered $by 4002 192.0.2.7
		answered $by 4003 '\[2001:db8::7\]'
		answered $by 4004 '\[2001:db8::7\]'
	done
}
ok "to each face" "$RUNG" run -q "$work/net.gv" --arrivals="$work/list" -o "$t"
check
ok "the face is told" grep -q '"by":"outside".*"face":"out"' "$t"
"$RUNG" run -q "$t" -o "$work/again"
same "again" "$t" "$work/again"
cat > "$work/lab.lua" <<'X2'
lab { topology = "net.gv", duration = "60s" }
script(function()
	node "sbc":crash()
	sleep "100ms"
	node "sbc":restart()
end)
X2
ok "beside acts" "$RUNG" run -q "$work/lab.lua" --arrivals="$work/list" -o "$t"
check

refused() { # NAME SENTENCE
	says "$1" "$2" "$RUNG" run -q "$work/net.gv" --arrivals="$work/list" \
		-o /dev/null
}
{
	echo '{"kind":"arrivals","version":1}'
	arrival 1 $v4:4000 udp nowhere sbc@y.example
	echo '{"kind":"end"}'
} > "$work/list"
refused "no such face" \
	"is for the face “nowhere” of sbc, which has none of that name"
{
	echo '{"kind":"arrivals","version":1}'
	arrival 1 $v4:4000 tcp six sbc@y.example
	echo '{"kind":"end"}'
} > "$work/list"
refused "the other family" "one address is IPv4, the other IPv6"
finish
