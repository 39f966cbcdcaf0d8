# A phone that is called sends an APP of RTCP before its 200, by the address that the machine chooses,
# 127.0.0.1: it came from "outside", and was refused.  The port to which it comes was told to that phone
# alone; another port of a node's stays a stranger's.
. tests/fixtures/check.sh
command -v python3 > /dev/null || { skip "there is no python3"; finish; exit; }
[ "$patience" -lt 120 ] || patience=120

cat > "$work/t.gv" <<'G'
graph {
	node [media=true]
	edge [delay="1ms"]
	alice [role=ua]
	bob [role=ua]
	alice -- bob
}
G
cat > "$work/bob.py" <<'P'
import re, socket, struct, sys
bob, ahead = sys.argv[1], int(sys.argv[2])
sip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sip.bind((bob, 5060))
sip.settimeout(60)
rtp, rtcp = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for i in range(2))
rtp.bind(("127.0.0.1", 4000))
rtcp.bind(("127.0.0.1", 4001))
text, alice = sip.recvfrom(9999)
text = text.decode()
port = int(re.search("m=audio (\\d+)", text).group(1))
head = [l for l in text.split("\r\n") if re.match("(Via|From|To|Call-ID|CSeq):", l)]
sdp = "v=0\r\no=b 1 1 IN IP4 %s\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n" % (bob, bob)
rtcp.sendto(struct.pack("!BBHI4s", 0x80, 204, 2, 7, b"PING"), (alice[0], port + ahead))
sip.sendto(("SIP/2.0 200 OK\r\n" + re.sub("(To: [^\r]*)", "\\1;tag=2", "\r\n".join(head)) +
	"\r\nContact: <sip:bob@%s>\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s"
	% (bob, len(sdp), sdp)).encode(), alice)
sip.recvfrom(9999)
for i in range(10):
	rtp.sendto(struct.pack("!BBHII", 0x80, 0, i, i * 160, 7) + b"\xff" * 160, (alice[0], port))
rtcp.sendto(struct.pack("!BBHI", 0x80, 201, 1, 7), (alice[0], port + 1))
P
# A call in which the APP goes to the port so far ahead of that for sound.
called() {
	: > "$work/said"
	"$RUNG" live "$work/t.gv" --outside=bob --wait=bob -o "$work/t.jsonl" > "$work/said" 2>&1 &
	run=$!
	until grep -q Ctrl-C "$work/said" || ! kill -0 "$run" 2> /dev/null; do
		sleep 0.1
	done
	bob=$(awk '$1 == "bob" { print $2; exit }' "$work/said")
	timeout 20 python3 "$work/bob.py" "${bob%%:*}" "$1"
	sleep 0.5
	kill "$run"
	wait "$run"
}
ok "a call" called 1
says "its APP is bob's" "rtcp → alice" "$RUNG" show "$work/t.jsonl" proto=rtcp src=bob kind=send
ok "nothing is outside" test "$(grep -c '"src":"outside"' "$work/t.jsonl")" = 0
ok "nothing is refused" test "$(grep -c '"op":"refused"' "$work/t.jsonl")" = 0
says "what he says is heard" "hears PCMU ← bob" "$RUNG" show "$work/t.jsonl" op=hear
finish
