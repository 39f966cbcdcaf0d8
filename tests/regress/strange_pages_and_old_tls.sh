# By WebSocket any page of the world that was open in a browser reached the nodes of a live run (RFC 6455
# 10.2), and TLS 1.0 and 1.1 were spoken (RFC 8996), by rung serve, too.  That read a request of which
# it is not clear where it ends or whom it asks (RFC 9112 3.2, 5.1, 6.3).
. tests/fixtures/check.sh

command -v python3 > /dev/null || {
	skip "there is no python3"
	finish
}
cat > "$work/t.gv" <<'G'
graph {
	graph [domain="example.com"]
	alice [role=ua, transport=tls]
	bob [role=ua, transport=ws]
	alice -- bob
}
G
cat > "$work/ask.py" <<'P'
import socket, ssl, sys
what, host, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
s = socket.create_connection((host, port))
s.settimeout(20)
if what == "page":
	origin = sys.argv[4].replace("OWN", "http://%s:%d" % (host, port))
	s.send(("GET / HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
		"Sec-WebSocket-Protocol: sip\r\n%s\r\n" % (host, port,
		"".join("%s\r\n" % (o if ":" in o.split("/")[0] and not o.lower().startswith("http") else
		"Origin: " + o.replace("EMPTY", "")) for o in origin.split("+")) if origin else "")).encode())
	print(s.recv(99).split()[1].decode())
else:
	c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
	c.check_hostname, c.verify_mode = False, ssl.CERT_NONE
	c.set_ciphers("ALL:@SECLEVEL=0")
	if what == "serve":
		t = c.wrap_socket(s)
		t.send(("GET / HTTP/1.1\r\nHost: %s:%d\r\n%s\r\n\r\n" % (host, port,
			sys.argv[4].replace("|", "\r\n"))).encode())
		print(t.recv(99).split()[1].decode())
		sys.exit()
	version = getattr(ssl.TLSVersion, sys.argv[4])
	c.minimum_version = c.maximum_version = version
	try:
		print(c.wrap_socket(s).version())
	except (ssl.SSLError, ConnectionError) as e:
		print("refused")
P
: > "$work/said"
"$RUNG" live "$work/t.gv" --outside=bob --pages="http://phone.example:8000,https://127.0.0.1:*" \
	-o "$work/t.jsonl" > "$work/said" 2>&1 &
run=$!
until grep -q Ctrl-C "$work/said" || ! kill -0 "$run" 2> /dev/null; do
	sleep 0.1
done
at() { # TRANSPORT
	sed -n "s/^  alice *\([0-9.]*\):\([0-9]*\)  *$1\$/\1 \2/p" "$work/said" | head -n 1
}
while IFS='|' read -r status origin; do
	ok "$status: $origin" test "$(python3 "$work/ask.py" page $(at ws) "$origin" 2>&1)" = "$status"
done <<'R'
101|
101|OWN
101|http://phone.example:8000
101|HTTP://phone.example:8000
101|https://127.0.0.1:4711
403|https://127.0.0.1:4711.evil.example
403|https://127.0.0.1:
403|https://127.0.0.1:80a
403|https://127.0.0.1:@evil.example
403|https://127.0.0.1.evil.example
403|EMPTY
403|http://phone.example
403|http://phone.example:80000
403|https://phone.example:8000
403|https://127.0.0.1.evil.example:1
403|http://evil.example
403|null
400|OWN+http://evil.example
400|http://evil.example+OWN
400|OWN+OWN
400|Host: 127.0.0.1
400|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
400|Sec-WebSocket-Version: 13
R
versions() { # WHO HOST PORT
	for version in TLSv1:refused TLSv1_1:refused TLSv1_2:TLSv1.2 TLSv1_3:TLSv1.3; do
		ok "$1: $version" test "$(python3 -W ignore "$work/ask.py" tls "$2" "$3" "${version%:*}" 2>&1)" \
			= "${version#*:}"
	done
}
versions live $(at tls)
kill "$run"
wait "$run"
while read -r pages; do
	fails "--pages=$pages" 2 "$RUNG" live "$work/t.gv" --outside=bob --pages="$pages" --until=10ms
	says "… is quoted" "--pages: “${pages##*,}” is not a page" cat "$work/.output"
done <<'R'
:*
http://127.0.0.1:8000,:*
http://:*
http://
127.0.0.1:8000
http://127.0.0.1:8000/
http://127.0.0.1:80a
null
R
fails "--pages=" 2 "$RUNG" live "$work/t.gv" --outside=bob --pages= --until=10ms
ok "a page by IPv6" "$RUNG" live "$work/t.gv" --outside=bob --pages='http://[::1]:*,https://a.example' --until=10ms
says "why is counted" "12, because its page was not named by --pages (RFC 6455 10.2)" cat "$work/said"

"$RUNG" serve --tls --address=:0 > "$work/class" 2>&1 &
run=$!
until grep -q "https://" "$work/class" || ! kill -0 "$run" 2> /dev/null; do
	sleep 0.1
done
port=$(sed -n 's,.*https://[^ /]*:\([0-9]*\).*,\1,p' "$work/class" | head -n 1)
own="Origin: https://127.0.0.1:$port"
for fields in "200 $own" "421 $own|$own" "421 $own|Origin: https://evil.example" "421 Origin: https://evil.example|$own" \
	"400 Host: evil.example" "400 Content-Length: 0|Content-Length: 0" "400 Content-Length: 0, 1" \
	"400 Content-Length: 5|Transfer-Encoding: chunked" "400 Host : 127.0.0.1" "400 X-A : b"; do
	ok "serve: $fields" test "$(python3 -W ignore "$work/ask.py" serve 127.0.0.1 "$port" "${fields#* }" 2>&1)" = "${fields%% *}"
done
versions serve 127.0.0.1 "$port"
kill "$run"
wait "$run"
finish
