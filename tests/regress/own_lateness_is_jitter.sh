# rung live is stopped for 150 ms in each second of a call: what it says of the other
# side's packets is what the kernel saw of them, not when rung came to read them.
. tests/fixtures/check.sh
command -v python3 > /dev/null || { skip "there is no python3"; finish; exit; }
[ "$patience" -lt 120 ] || patience=120

cat > "$work/t.gv" <<'G'
graph {
	node [media=true]
	edge [delay="1ms"]
	alice [role=ua, answer="20ms"]
	bob [role=ua]
	alice -- bob
}
G
# Bob calls and says 300 packets, one each 20 ms; the jitter of RFC 3550 A.8, its most, and how
# many packets came too late for a buffer of 60 ms, by the times at which they were sent.
cat > "$work/bob.py" <<'P'
import os, re, signal, socket, struct, sys, time
rung, alice, bob = int(sys.argv[1]), sys.argv[2], sys.argv[3]
host = alice.split(":")[0]
sip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sip.bind((bob, 5060))
rtp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
rtp.bind((bob, 4000))
sip.settimeout(60)
sdp = ("v=0\r\no=b 1 1 IN IP4 %s\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n" % (bob, bob))
def request(method, seq, tag, body=""):
	return ("%s sip:alice@%s SIP/2.0\r\nVia: SIP/2.0/UDP %s:5060;branch=z9hG4bK%s\r\nMax-Forwards: 70\r\n"
		"From: <sip:bob@example.com>;tag=1\r\nTo: <sip:alice@example.com>%s\r\nCall-ID: one\r\n"
		"CSeq: %d %s\r\nContact: <sip:bob@%s>\r\n%sContent-Length: %d\r\n\r\n%s" % (method, host, bob, method, tag,
		seq, method, bob, "Content-Type: application/sdp\r\n" if body else "", len(body), body)).encode()
def hear(first):
	while True:
		text = sip.recv(9999).decode()
		if text.startswith(first):
			return text
sip.sendto(request("INVITE", 1, "", sdp), (host, 5060))
ok = hear("SIP/2.0 200")
tag = re.search("\r\nTo:[^\r]*(;tag=[^\r;]*)", ok).group(1)
port = int(re.search("m=audio (\\d+)", ok).group(1))
sip.sendto(request("ACK", 1, tag), (host, 5060))
stops, sent, began, going = [s + 0.4 for s in range(6)], [], time.monotonic(), None
for i in range(300):
	while True:
		now = time.monotonic() - began
		if going is not None and now >= going:
			os.kill(rung, signal.SIGCONT)
			going = None
		if going is None and stops and now >= stops[0]:
			going = now + 0.15
			stops.pop(0)
			os.kill(rung, signal.SIGSTOP)
		if now >= i * 0.02:
			break
		time.sleep(min(0.005, i * 0.02 - now))
	packet = struct.pack("!BBHII", 0x80, 0, i, i * 160, 7) + b"\xff" * 160
	sent.append(time.monotonic())
	rtp.sendto(packet, (host, port))
os.kill(rung, signal.SIGCONT)
jitter = most = late = 0
for i in range(1, 300):
	jitter += (abs(sent[i] - sent[i - 1] - 0.02) - jitter) / 16
	most = max(most, jitter)
	late += sent[i] - sent[0] - i * 0.02 > 0.058
sip.sendto(request("BYE", 2, tag), (host, 5060))
hear("SIP/2.0 200")
print("%d %d" % (most * 1000000, late))
P
: > "$work/said"
"$RUNG" live "$work/t.gv" --outside=bob -o "$work/t.jsonl" > "$work/said" 2>&1 &
run=$!
until grep -q Ctrl-C "$work/said" || ! kill -0 "$run" 2> /dev/null; do
	sleep 0.1
done
alice=$(awk '$1 == "alice" { print $2; exit }' "$work/said")
bob=$(awk '$1 == "bob" { print $2; exit }' "$work/said")
timeout "$patience" python3 "$work/bob.py" "$run" "$alice" "${bob%%:*}" > "$work/truth"
kill "$run"
wait "$run"
read -r jitter late < "$work/truth"
"$RUNG" show "$work/t.jsonl" op=heard -f json > "$work/heard"
# figure NAME: what alice has heard says of it.
figure() {
	sed -n "s/.*\"$1\":\\([0-9]*\\).*/\\1/p" "$work/heard"
}
says "all are heard" 300 figure packets
ok "no more are late than were sent late" test "$(figure late)" -le "$late"
off=$(($(figure jitter_max) / 1000 - jitter))
ok "the most jitter is the sender's, within 2 ms ($off us)" test "${off#-}" -le 2000
ok "rung was late" grep -q "all 1[0-9][0-9]" "$work/said"
ok "runs again" sh -c '"$1" run -q "$2/t.jsonl" -o "$2/again.jsonl" &&
	cmp "$2/t.jsonl" "$2/again.jsonl"' - "$RUNG" "$work"
finish
