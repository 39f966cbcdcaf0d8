# rung live with a program at ::1, of which a machine has but one: it and the node that it talks to
# share that, by their ports.  It registers and is called by UDP, and calls over TCP.
. tests/fixtures/check.sh
# There is one ::1: one test at a time.
exec 9< tests/cli/cli_live_ipv6.sh
flock 9

cat > "$work/t.gv" <<'G'
graph {
	graph [domain="example.com"]
	edge [delay="1ms"]
	alice [role=ua, answer="20ms", register=true, outbound=px, hangup="200ms"]
	px    [role="proxy registrar location"]
	bob   [role=ua, outbound=px]
	carol [role=ua, outbound=px]
	alice -- px -- {bob carol}
}
G
cat > "$work/lab.lua" <<'L'
lab { title = "IPv6", topology = "t.gv" }
script(function()
	while true do
		sleep "300ms"
		node("alice"):invite "sip:bob@example.com"
	end
end)
L
live() {
	timeout "$patience" "$RUNG" live "$work/t.gv" --until=100ms "$@"
}
says "the node has a place there, too" "px           [::1]:5060" live --outside='bob=[::1]:5080'
fails "the node's own port" 2 live --outside='bob=[::1]:5060'
fails "no port" 2 live --outside='bob=::1'
fails "two of them" 2 live --outside='bob=[::1]:5080,carol=[::1]:5090'
fails "IPv6 of other machines" 2 live --outside='bob=[2001:db8::1]:5080'

command -v python3 > /dev/null || { skip "there is no python3"; finish; exit; }
cat > "$work/bob.py" <<'P'
import re, socket
px = ("::1", 5060)
def request(method, to, by, more=""):
	return ("%s sip:%s SIP/2.0\r\nVia: SIP/2.0/%s [::1]:5080;branch=z9hG4bK%s\r\nMax-Forwards: 70\r\n"
		"From: <sip:bob@example.com>;tag=1\r\nTo: <sip:%s>\r\nContact: <sip:bob@[::1]:5080>\r\n"
		"Call-ID: %s\r\nCSeq: 1 %s\r\n%sContent-Length: 0\r\n\r\n"
		% (method, to, by, method + by, "bob@example.com" if method == "REGISTER" else to, method + by, method, more)).encode()
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
s.bind(("::1", 5080))
s.settimeout(60)
def hear(first):
	while True:
		text = s.recv(9999).decode()
		if text.startswith(first):
			return text
s.sendto(request("REGISTER", "example.com", "UDP"), px)
print(hear("SIP/2.0 200").split("\r\n")[0])
invite = hear("INVITE")
print(invite.split("\r\n")[0])
head = [l for l in invite.split("\r\n") if re.match("(Via|From|To|Call-ID|CSeq|Record-Route):", l)]
s.sendto(("SIP/2.0 486 Busy Here\r\n" + "\r\n".join(head).replace("To: <sip:bob@example.com>",
	"To: <sip:bob@example.com>;tag=2") + "\r\nContent-Length: 0\r\n\r\n").encode(), px)
print(hear("ACK").split("\r\n")[0])
c = socket.create_connection(px)
c.settimeout(60)
c.send(request("INVITE", "alice@example.com", "TCP"))
text = b""
while b"SIP/2.0 200" not in text:
	text += c.recv(9999)
print("called")
P
: > "$work/said"
"$RUNG" live "$work/lab.lua" --outside='bob=[::1]:5080' -o "$work/t.jsonl" > "$work/said" &
run=$!
until grep -q Ctrl-C "$work/said" || ! kill -0 "$run" 2> /dev/null; do
	sleep 0.1
done
timeout "$patience" python3 "$work/bob.py" > "$work/bob" 2>&1
kill "$run"
wait "$run"
says "it registers" "SIP/2.0 200 OK" cat "$work/bob"
says "it is called" "INVITE sip:bob@[::1]:5080 SIP/2.0" cat "$work/bob"
says "its answer arrives" "ACK sip:bob@[::1]:5080 SIP/2.0" cat "$work/bob"
says "it calls over a connection" "called" cat "$work/bob"
says "it is bob on the ladder" "bob      send     REGISTER → px" cat "$work/said"
ok "runs again" sh -c '"$1" run -q "$2/t.jsonl" -o "$2/again.jsonl" &&
	cmp "$2/t.jsonl" "$2/again.jsonl"' - "$RUNG" "$work"
finish
