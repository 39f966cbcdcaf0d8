# rung serve: a class of forty scripted students with their teacher, over a real
# connection; what nobody should send; and with TLS.  Without node none of it.
. tests/check.sh

command -v node > /dev/null || { skip "there is no node"; finish; }
mkdir "$work/in"
printf 'id,name\ns0,Ann\n' > "$work/names.csv"

# begin ARGUMENTS: a server, whose address and codes are place, code, teacher.
begin() {
	: > "$work/said"
	"$RUNG" serve --port=0 "$@" > "$work/said" 2> "$work/complaint" &
	server=$!
	until grep -q Ctrl-C "$work/said" || ! kill -0 "$server" 2> /dev/null; do
		sleep 0.1
	done
	code=$(sed -n 's/^The class: .*=//p' "$work/said")
	teacher=$(sed -n 's/^The teacher: .*=//p' "$work/said")
	place=$(sed -n 's|^The teacher: [a-z]*://\([^/]*\)/.*|\1|p' "$work/said")
}
end() {
	kill "$server"
	wait "$server" 2> /dev/null || true
}

begin --hand-in="$work/in" --roster="$work/names.csv"
timeout "$patience" node tests/class/clients.js "$place" "$code" "$teacher" 40 5 |
	sed '$d' > "$work/class" 2>&1
cat > "$work/want" << 'W'
records 240
the same page 1 #1.x true
steps heard 200
votes [[20,20],[0,40]]
who s0 s1!
own engines 80 240 80 240 80 240 80 240
own run true not there
stranger STATE
not the teacher only the teacher may ask that
stopped nothing is open
W
ok "a class" diff "$work/want" "$work/class"
timeout "$patience" node tests/class/hostile.js "$place" "$code" > "$work/hostile" 2>&1
cat > "$work/want" << 'W'
page: HTTP/1.1 200 OK
labs: HTTP/1.1 200 OK
path: HTTP/1.1 404 Not Found
path: HTTP/1.1 404 Not Found
path: HTTP/1.1 404 Not Found
path: HTTP/1.1 404 Not Found
path: HTTP/1.1 404 Not Found
path: HTTP/1.1 200 OK
path: HTTP/1.1 404 Not Found
another host: HTTP/1.1 421 Misdirected Request
no host: HTTP/1.1 421 Misdirected Request
another page: HTTP/1.1 421 Misdirected Request
its own page: HTTP/1.1 401 Unauthorized
another path: HTTP/1.1 404 Not Found
another method: HTTP/1.1 405 Method Not Allowed
no request: HTTP/1.1 200 OK
many brackets: HTTP/1.1 413 Content Too Large
a large head: HTTP/1.1 431 Request Header Fields Too Large
a negative length: HTTP/1.1 400 Bad Request
too long: HTTP/1.1 413 Content Too Large
chunks that are none: HTTP/1.1 400 Bad Request
no HTTP: nothing
half a request: nothing
beside 400 that say nothing: HTTP/1.1 200 OK
W
ok "what nobody should send" diff "$work/want" "$work/hostile"
gives "nobody has complained" "" cat "$work/complaint"
end

begin --tls
ok "a certificate" grep -q '^Certificate (SHA-256): [0-9A-F:]\{95\}$' "$work/said"
gives "TLS" 421-200 node -e '
const https = require("https");
const get = (host) => new Promise((resolve) => https.get({ host: "127.0.0.1",
	port: process.argv[1].split(":")[1], path: "/", rejectUnauthorized: false,
	headers: { Host: host } }, (r) => { r.resume(); resolve(r.statusCode); }));
get("elsewhere").then((a) => get(process.argv[1]).then((b) => console.log(a + "-" + b)));
' "$place"
end

# Tabs of one browser: what is loaded again, doubled, closed and opened again.
if command -v chromium > /dev/null && node --experimental-websocket \
	-e 'new WebSocket("ws://localhost:1").onerror = () => {}' 2> /dev/null; then
	begin
	timeout "$patience" node --experimental-websocket tests/class/tabs.js "$place" "$code" \
		"$teacher" > "$work/tabs" 2> /dev/null
	doubled='Go on here as 7; the other tab ends | Somebody else: | Enter'
	cat > "$work/want" << W
loaded again: 2 here, voted 2, tells
doubled: This is open in another tab. | $doubled
meanwhile: 2 here, voted 2
goes on: 2 here, voted 2
the other: this goes on in another tab or window | $doubled
is refused: this goes on in another tab or window
back: 2 here, voted 2
and the other: this goes on in another tab or window | $doubled
opened again: Who was here before goes on: | Go on as 7 | Somebody else: | Enter
is who it was: 2 here, voted 2 7
once: ["7"]
another number: 3 here, voted 0
the first again: 3 here, voted 2
left: The teacher tells the code. | Enter
who is next: Who was here before goes on: | Go on as 8 | Somebody else: | Enter
the teacher: true
doubled: This is open in another tab. | Go on here as the teacher; the other tab ends | Somebody else: | Enter
W
	ok "tabs" diff "$work/want" "$work/tabs"
	end
else
	skip "there is no Chromium, or no node with WebSockets"
fi

says_wrong() {
	status=0
	"$RUNG" serve "$@" > "$work/.output" 2>&1 || status=$?
	printf '%s %s' "$status" "$(cat "$work/.output")"
}
gives "no address" "2 rung: “nowhere” is no address" says_wrong --address=nowhere
gives "no port" "2 rung: a port is a number up to 65535; 0: any" says_wrong --port=x
gives "no folder" "2 rung: $work/none: is no folder" says_wrong --hand-in="$work/none"
gives "no lab" "2 rung: $work/in: there is no lab in it" says_wrong "$work/in"
finish
