# rung live --face: an sbc that other machines reach, at an address that somebody names (here of
# the loopback); who calls it there is led to a phone behind it; what is no such node or address
# is refused, and nothing else is open.
. tests/fixtures/check.sh

cat > "$work/sbc.gv" <<'G'
graph {
	graph [domain="example.com"]
	edge [delay="1ms"]
	alice [role=ua, answer="20ms", outbound=sbc, register=true]
	px    [role="proxy registrar location"]
	sbc   [role=sbc, faces="inside=10.0.0.1 outside=192.0.2.1:5070", outbound=px]
	plain [role=sbc]
	bob   [role=ua, outbound=sbc]
	lan
	lan -- {alice px plain sbc:inside}
	sbc:outside -- bob
}
G
live() {
	timeout "$patience" "$RUNG" live "$work/sbc.gv" --until=100ms "$@"
}
says "says what is open" "sbc is open to other machines at 127.9.9.9 (lo)" \
	live --outside=bob --face=sbc:lo=127.9.9.9
says "… and where the others are" "alice        127." cat "$work/.output"
fails "no border" 2 live --face=alice:lo=127.9.9.9
fails "a border without such a face" 2 live --face=plain:lo=127.9.9.9
fails "no node" 2 live --face=zed:lo=127.9.9.9
fails "all interfaces" 2 live --face=sbc:lo=0.0.0.0
fails "IPv6" 2 live --face=sbc:lo=::1
fails "what the interface has not" 2 live --face=sbc:lo=203.0.113.7
fails "no interface" 2 live --face=sbc:nosuch=127.9.9.9
fails "a run's own address" 2 live --face=sbc:lo=127.64.0.9
fails "no interface is named" 2 live --face=sbc=127.9.9.9
fails "a program on another machine, without a face" 2 live --outside=bob=192.0.2.20

command -v python3 > /dev/null || { skip "there is no python3"; finish; exit; }
"$RUNG" live "$work/sbc.gv" --outside=bob=127.9.9.10 --face=sbc:lo=127.9.9.9:5070 -o "$work/t.jsonl" \
	> "$work/said" &
run=$!
until grep -q Ctrl-C "$work/said" || ! kill -0 "$run" 2> /dev/null; do
	sleep 0.1
done
cat > "$work/bob.py" <<'P'
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.9.9.10", 5060))
s.settimeout(60)
s.sendto(("INVITE sip:alice@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 127.9.9.10;branch=z9hG4bKpy\r\n"
	"Max-Forwards: 70\r\nFrom: <sip:bob@example.com>;tag=1\r\nTo: <sip:alice@example.com>\r\n"
	"Contact: <sip:bob@127.9.9.10>\r\nCall-ID: python\r\nCSeq: 1 INVITE\r\n"
	"Content-Length: 0\r\n\r\n").encode(), ("127.9.9.9", 5070))
text = ""
while not text.startswith("SIP/2.0 200"):
	text, at = s.recvfrom(9999)
	text = text.decode()
print(at, [l for l in text.split("\r\n") if l.startswith("Contact")])
P
says "who calls it there is led to a phone, and sees the border alone" \
	"('127.9.9.9', 5070) ['Contact: <sip:sbc@127.9.9.9:5070>" \
	timeout "$patience" python3 "$work/bob.py"
kill "$run"
wait "$run"
ok "runs again" sh -c '"$1" run -q "$2/t.jsonl" -o "$2/again.jsonl" &&
	cmp "$2/t.jsonl" "$2/again.jsonl"' - "$RUNG" "$work"
finish
