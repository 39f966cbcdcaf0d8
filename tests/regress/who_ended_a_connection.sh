# Who has ended a connection with a real program, and why: whatever it was, the program was said to
# break it off, also where the node has refused a frame without a mask.  Each row plants an end.
. tests/fixtures/check.sh

command -v python3 > /dev/null || {
	skip "there is no python3"
	finish
}
cat > "$work/t.gv" <<'G'
graph {
	graph [domain="example.com"]
	edge [delay="1ms"]
	node [role=ua]
	alice
	bob [transport=ws]
	carol [transport=tls]
	dave [transport=tls]
	erin [transport=tls]
	frank [transport=tcp]
	lan [role=""]
	alice -- lan -- {bob carol dave erin frank}
}
G
cat > "$work/lab.lua" <<'L'
lab { title = "ends", topology = "t.gv" }
script(function()
	sleep "2s"
	for _, whom in ipairs { "carol", "dave", "erin" } do
		node("alice"):invite("sip:" .. whom .. "@" .. node(whom).addr .. ":5061;transport=tls")
	end
	node("alice"):invite("sip:frank@" .. node("frank").addr .. ";transport=tcp")
end)
L
cat > "$work/ends.py" <<'P'
import socket, ssl, struct, sys, threading, time
net = sys.argv[1]
def ask(transport, n):
	return ("OPTIONS sip:alice@example.com SIP/2.0\r\nVia: SIP/2.0/%s %s.2:5060;branch=z9hG4bK%s\r\n"
		"From: <sip:bob@example.com>;tag=1\r\nTo: <sip:alice@example.com>\r\nCall-ID: %s\r\n"
		"CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
		% (transport, net, n, n)).encode()
def frame(first, payload, length=None):
	n = len(payload)
	head = bytes([first]) + (length or (bytes([128 | n]) if n < 126 else struct.pack("!BH", 254, n)))
	return head + bytes(4) + payload
def end(s):
	s.settimeout(20)
	try:
		while s.recv(4096): pass
	except OSError: pass
	s.close()
def open_to(port, protocol="sip"):
	s = socket.create_connection((net + ".1", port))
	s.settimeout(20)
	s.send(("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
		"Sec-WebSocket-Protocol: %s\r\n\r\n" % protocol).encode())
	s.recv(4096)
	return s
port = int(sys.argv[2])
# They listen before the node calls them.
servers = {host: socket.create_server((net + host, 5061)) for host in (".3", ".4", ".5")}
for name, bad in (("unmasked", b"\x81\x02hi"), ("reserved", frame(0x83, b"hi")),
	("length", frame(0x81, b"hi", b"\xfe\0\2")), ("fragments", frame(0x80, b"hi")),
	("control", frame(0x89, bytes(200))), ("no-utf8", frame(0x81, b"\xff\xff")),
	("oversize", b"\x81\xff\0\0\0\0\0\x10\0\0")):
	s = open_to(port)
	s.send(frame(0x81, ask("WS", name)))
	s.recv(4096)
	s.send(bad)
	end(s)
# What SIP itself can't take, over each transport that is a stream.
tls = ssl.create_default_context()
tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
for n, bad in enumerate((b"no SIP at all\r\n\r\n", ask("TCP", "none").replace(b"Content-Length: 0\r\n", b""),
	ask("TCP", "less").replace(b": 0\r\n\r\n", b": -1\r\n\r\n"),
	ask("TCP", "more").replace(b": 0\r\n\r\n", b": 99999999\r\n\r\n"))):
	for secure in (False, True):
		s = socket.create_connection((net + ".1", 5061 if secure else 5060))
		s = tls.wrap_socket(s) if secure else s
		s.send(bad)
		end(s)
end(open_to(port, "chat"))
stays = open_to(port)
print("open", flush=True)
for linger in (0, 1):
	s = socket.create_connection((net + ".1", 5060))
	s.settimeout(20)
	s.send(ask("TCP", "tcp%d" % linger))
	s.recv(4096)
	if linger:
		s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
	s.close()
	time.sleep(0.2)
def wait_at(host, then):
	s = servers.pop(host)
	s.settimeout(20)
	c, _ = s.accept()
	s.close()
	then(c)
	end(c)
def say_alert(c):
	c.recv(4096)
	c.send(b"\x15\x03\x03\0\2\2\x28")
all = [threading.Thread(target=wait_at, args=a) for a in ((".3", lambda c: c.send(b"no TLS at all")),
	(".4", say_alert), (".5", lambda c: None))]
for t in all: t.start()
for t in all: t.join()
print("joined", flush=True)
stays.settimeout(60)
print("last word", stays.recv(4096)[:4])
P
: > "$work/said"
"$RUNG" live "$work/lab.lua" --outside=bob,carol,dave,erin,frank --wait=carol -o "$work/t.jsonl" \
	> "$work/said" 2>&1 &
run=$!
until grep -q Ctrl-C "$work/said" || ! kill -0 "$run" 2> /dev/null; do
	sleep 0.1
done
net=$(sed -n 's/^  alice *\(127\.[0-9]*\.0\)\..*/\1/p' "$work/said" | head -n 1)
port=$(sed -n 's/^  alice *127[0-9.]*:\([0-9]*\)  *ws$/\1/p' "$work/said")
: > "$work/program"
timeout "$patience" python3 "$work/ends.py" "$net" "$port" > "$work/program" 2>&1 &
program=$!
until grep -q joined "$work/program" || ! kill -0 "$program" 2> /dev/null; do
	sleep 0.1
done
sleep 1
kill "$run"
wait "$run" "$program"

ok "runs again" sh -c '"$1" run -q "$2/t.jsonl" -o "$2/again.jsonl" &&
	cmp "$2/t.jsonl" "$2/again.jsonl"' - "$RUNG" "$work"
"$RUNG" show "$work/t.jsonl" kind=act | sed "s,  *, ,g" > "$work/acts"
while IFS='|' read -r who why; do
	case $who in
	node) pattern="alice ends its connection with [0-9.:]* outside: .*$why" ;;
	program) pattern="outside, [0-9.:]* ends its connection with alice: .*$why" ;;
	plain) pattern="outside, [0-9.:]* $why its connection with alice" ;;
	# On a busy machine one that is about to close is among them.
	end) pattern="Connections that nodes closed: [0-9]*, because .*$why" ;;
	esac
	ok "$who: $why" grep -q "$pattern" "$work/acts" "$work/said"
done <<'R'
node|has no mask (RFC 6455 5.1)
node|reserved (RFC 6455 5.2)
node|not written in the shortest form (RFC 6455 5.2)
node|do not follow each other (RFC 6455 5.4)
node|too long or fragmented (RFC 6455 5.5)
node|not UTF-8 (RFC 6455 8.1)
node|exceeds the length limit (RFC 6455 7.4.1)
node|sent invalid TLS (RFC 8446 6.2)
node|did not open
node|end of its message can.t be found (RFC 3261 18.3)
node|longer than a node accepts (RFC 3261 21.5.7)
program|has sent a fatal alert (RFC 8446 6.2)
program|nothing listens there
plain|closes
plain|breaks
end|the run was over
end|end of its message can.t be found
end|longer than a node accepts
end|its WebSocket is not for SIP (RFC 7118 4.1)
R
says "the run says Close at its end" "x88" cat "$work/program"
for by in tcp tls; do
	for why in unframed unframed unframed too-large; do
		echo "$by\",\"$why"
	done
done | sort > "$work/ended"
"$RUNG" show -f json "$work/t.jsonl" kind=act text='"node"' |
	sed -n 's/.*"transport":"\([a-z]*",\).*"why":\("\(unframed\|too-large\)\).*/\1\2/p' | sort > "$work/in_trace"
same "each of them by its transport" "$work/ended" "$work/in_trace"
ok "breaks once" test "$(grep -c "breaks its connection" "$work/acts")" = 1
finish
