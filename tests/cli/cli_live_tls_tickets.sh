# rung live: a server that sends session tickets with its first response (OpenSSL's default
# with TLS 1.3, RFC 8446 4.6.1) is heard at the first attempt.
. tests/fixtures/check.sh

python3 -c 'import ssl, sys; sys.exit(not ssl.HAS_TLSv1_3)' 2> /dev/null || {
	skip "there is no python3 with ssl"
	finish
}
command -v openssl > /dev/null || {
	skip "there is no openssl"
	finish
}

# Takes connections, and answers each request when it has come: tickets and response
# leave in one segment.
cat > "$work/server.py" <<'P'
import socket, ssl, sys
address, certificate, key, version, tickets = sys.argv[1:]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
if version == "TLSv1_3":
    context.num_tickets = int(tickets)
listener = socket.create_server((address, 5061))
listener.settimeout(60)
print("listens", flush=True)
plain, _ = listener.accept()
plain.settimeout(60)
# All that the handshake writes after the client's Finished waits for the response.
incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
tls = context.wrap_bio(incoming, outgoing, server_side=True)
def more(act, hold):
    while True:
        try:
            return act()
        except ssl.SSLWantReadError:
            if not hold and outgoing.pending:
                plain.sendall(outgoing.read())
            got = plain.recv(65536)
            if not got:
                sys.exit("the connection is closed")
            incoming.write(got)
more(tls.do_handshake, False)
asked = b""
while b"\r\n\r\n" not in asked:
    if version != "TLSv1_3" and outgoing.pending:
        plain.sendall(outgoing.read())
    asked += more(lambda: tls.read(65536), True)
head = asked.split(b"\r\n\r\n")[0].split(b"\r\n")
keep = [l for l in head[1:] if l.split(b":")[0] in (b"Via", b"From", b"To", b"Call-ID", b"CSeq")]
keep = [l + b";tag=s" if l.startswith(b"To") else l for l in keep]
tls.write(b"\r\n".join([b"SIP/2.0 200 OK"] + keep + [b"Content-Length: 0", b"", b""]))
plain.sendall(outgoing.read())
print("answered", flush=True)
plain.recv(65536)
P
cat > "$work/t.gv" <<'G'
graph {
	graph [domain="example.com"]
	node [transport=tls]
	edge [delay="1ms"]
	alice [role=ua, outbound=px]
	px [role=proxy]
	alice -- px
}
G
cat > "$work/lab.lua" <<'L'
lab { title = "tickets", topology = "t.gv", duration = "8s" }
script(function()
	sleep "4s"
	node("alice"):options "sip:px@example.com"
end)
L
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=example.com \
	-addext subjectAltName=DNS:example.com -keyout "$work/key" -out "$work/certificate" 2> /dev/null

# begin VERSION TICKETS: one run, one attempt; the runs go side by side.
begin() {
	name=$1-$2
	: > "$work/$name"
	timeout 60 "$RUNG" live "$work/lab.lua" --outside=px -o "$work/$name.jsonl" > "$work/$name" 2>&1 &
	run=$!
	until grep -q Ctrl-C "$work/$name" || ! kill -0 "$run" 2> /dev/null; do
		sleep 0.05
	done
	at=$(sed -n 's/^  px .*\(127\.[0-9]*\.[0-9]*\.[0-9]*\).*/\1/p' "$work/$name" | head -n 1)
	timeout 60 python3 "$work/server.py" "$at" "$work/certificate" "$work/key" "$1" "$2" \
		> "$work/$name.server" 2>&1 &
	runs="$runs $run"
}
runs=
for tickets in 0 1 2 5; do
	begin TLSv1_3 $tickets
done
begin TLSv1_2 0
for server in "$work"/*.server; do
	for _ in $(seq 200); do
		! grep -q answered "$server" || break
		sleep 0.1
	done
done
sleep 1
kill $runs
wait $runs
for name in TLSv1_3-0 TLSv1_3-1 TLSv1_3-2 TLSv1_3-5 TLSv1_2-0; do
	says "$name: the first response is heard" "200 OK ← px" \
		"$RUNG" show "$work/$name.jsonl" kind=recv node=alice status=200
	[ "$failed" = 0 ] || head -n 5 "$work/$name.server"
done
finish
