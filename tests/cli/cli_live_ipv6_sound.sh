# rung live with sound and a program at ::1: one that has IPv6 alone talks to phones of IPv4 through an sbc,
# either way, and gets a 488 from them without; one that has both, and offers IPv4, needs none.
. tests/fixtures/check.sh
# There is one ::1: one test at a time.
exec 9< tests/cli/cli_live_ipv6.sh
flock 9
command -v python3 > /dev/null || { skip "there is no python3"; finish; exit; }
[ "$patience" -lt 120 ] || patience=120

# Bob registers, calls alice, hears ten packets and hangs up; then carol calls him, likewise.
cat > "$work/bob.py" <<'P'
import re, socket, struct, sys
box, both = ("::1", 5060), sys.argv[1] == "both"
family, own = (socket.AF_INET, "127.0.0.1") if both else (socket.AF_INET6, "::1")
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
s.bind(("::1", 5080))
s.settimeout(60)
rtp = socket.socket(family, socket.SOCK_DGRAM)
rtp.bind((own, 4000))
rtp.settimeout(60)
c = "IN IP%s %s" % ("4" if both else "6", own)
sdp = "v=0\r\no=b 1 1 %s\r\ns=-\r\nc=%s\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n" % (c, c)
describes = "Contact: <sip:bob@[::1]:5080>\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s" % (len(sdp), sdp)
n = 0
def request(method, to, call, tag="", body=False, by="bob@example.com", mine="1"):
	global n
	n += 1
	return ("%s sip:%s SIP/2.0\r\nVia: SIP/2.0/UDP [::1]:5080;branch=z9hG4bK%d\r\nMax-Forwards: 70\r\n"
		"From: <sip:%s>;tag=%s\r\nTo: <sip:%s>%s\r\nCall-ID: %s\r\nCSeq: %d %s\r\n%s" % (method, "example.com" if
		method == "REGISTER" else to, n, by, mine, to, tag, call, 2 if method == "ACK" else n, method, describes if body else
		"Contact: <sip:bob@[::1]:5080>\r\nContent-Length: 0\r\n\r\n")).encode()
def hear(first):
	while True:
		text = s.recv(9999).decode()
		if re.match(first, text):
			return text
def talk(text, whom):
	at = (re.search("c=IN IP[46] ([^\r]*)", text).group(1), int(re.search("m=audio (\\d+)", text).group(1)))
	for i in range(10):
		packet = rtp.recv(999)
		rtp.sendto(struct.pack("!BBHII", 0x80, 0, i, i * 160, 7) + b"\xff" * 160, at)
	print("heard", whom)
s.sendto(request("REGISTER", "bob@example.com", "r"), box)
hear("SIP/2.0 200")
s.sendto(request("INVITE", "alice@example.com", "c", body=True), box)
text = hear("SIP/2.0 [2-6]")
print(text.split("\r\n")[0])
tag = re.search("\r\nTo:[^\r]*(;tag=[^\r;]*)", text).group(1)
if "200 OK" in text:
	s.sendto(request("ACK", "alice@example.com", "c", tag), box)
	talk(text, "alice")
	s.sendto(request("BYE", "alice@example.com", "c", tag), box)
	hear("SIP/2.0 200")
text = hear("INVITE")
head = "\r\n".join(l for l in text.split("\r\n") if re.match("(Via|From|To|Call-ID|CSeq|Record-Route):", l))
s.sendto(("SIP/2.0 200 OK\r\n" + re.sub("(\r\nTo: [^\r]*)", "\\1;tag=2", head) + "\r\n" + describes).encode(), box)
hear("ACK")
if both or "c=IN IP6" in text:
	talk(text, "carol")
P
# VIA is bob's outbound; KIND: what he has.
called() { # VIA KIND
	cat > "$work/t.gv" <<-G
	graph {
		graph [domain="example.com"]
		node [media=true]
		edge [delay="1ms"]
		alice [role=ua, answer="20ms", outbound=px, register=true]
		carol [role=ua, outbound=px, register=true]
		px    [role="proxy registrar location", media=""]
		box   [role=sbc, outbound=px, media=""]
		bob   [role=ua, outbound=$1]
		net   [media=""]
		net -- { alice carol px box bob }
	}
	G
	: > "$work/said"
	"$RUNG" live "$work/lab.lua" --outside='bob=[::1]:5080' -o "$work/t.jsonl" > "$work/said" 2>&1 &
	run=$!
	until grep -q Ctrl-C "$work/said" || ! kill -0 "$run" 2> /dev/null; do
		sleep 0.1
	done
	timeout "$patience" python3 "$work/bob.py" "$2"
	kill "$run"
	wait "$run"
}
cat > "$work/lab.lua" <<'L'
lab { title = "IPv6", topology = "t.gv" }
script(function()
	while true do
		sleep "1s"
		local call = node("carol"):invite "sip:bob@example.com"
		if wait(call, "confirmed", "5s") then sleep "60s" end
	end
end)
L
called box alone > "$work/box" 2>&1
says "through an sbc it calls" "heard alice" cat "$work/box"
says "… and is called" "heard carol" cat "$work/box"
says "… by its own kind of address" "c=IN IP6 ::1" "$RUNG" show "$work/t.jsonl" -m method=INVITE src=box dst=bob
ok "no IPv4 is said to it" test "$("$RUNG" show "$work/t.jsonl" -m src=box dst=bob | grep -c IP4)" = 0
ok "runs again" sh -c '"$1" run -q "$2/t.jsonl" -o "$2/again.jsonl" &&
	cmp "$2/t.jsonl" "$2/again.jsonl"' - "$RUNG" "$work"
called px alone > "$work/px" 2>&1
says "without: IPv4 can't be called" "SIP/2.0 488" cat "$work/px"
fails "… and what IPv4 offers is none of its own" 1 grep heard "$work/px"
called px both > "$work/both" 2>&1
says "both kinds: it calls" "heard alice" cat "$work/both"
says "… and is called" "heard carol" cat "$work/both"
finish
