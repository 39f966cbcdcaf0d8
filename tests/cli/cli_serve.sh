# rung serve: a class of forty scripted students with their teacher, over a real
# connection; what nobody should send; and with TLS.  Without node none of it.
. tests/fixtures/check.sh

command -v node > /dev/null || { skip "there is no node"; finish; }
mkdir "$work/in"
{ printf 'id,name\n'; seq 0 39 | sed 's/.*/s&,Ann/'; } > "$work/names.csv"

# begin ARGUMENTS: a server, whose address and codes are place, code, teacher; $before says
# what bounds it.
begin() {
	: > "$work/said"
	( eval "${before:-:}"; exec "$RUNG" serve --address=:0 "$@" ) > "$work/said" 2> "$work/complaint" &
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

begin -o "$work/in" --roster="$work/names.csv"
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

# An enemy with ten addresses, with few descriptors, while the class goes on.
before='ulimit -n 1024' begin -o "$work/in"
timeout "$patience" node tests/class/attack.js "$place" "$code" "$teacher" > "$work/attack" 2>&1
cat > "$work/want" << 'W'
says nothing, ended in time: true
a head a byte each time, ended in time: true
a body a byte each time, ended in time: true
Expect: 100-continue, ended in time: true
answers not read, ended in time: true
half of TLS, ended in time: true
the teacher is answered within 1 s: true
pages that noticed: 0
a wrong code costs a second: true
not the address: true
5 KiB without a token: HTTP/1.1 413
with one: HTTP/1.1 200
5 KiB in chunks: closed
two lengths: HTTP/1.1 401
length and chunks: HTTP/1.1 200
a thousand fields: HTTP/1.1 431
since 9223372036854775807: 200
since 1e400: 200
since -1: 200
no number: SYNTAX
no number: SYNTAX
no number: SYNTAX
no number: LIMIT
a browser's votes: 1
by address: 127.0.0.20 1, 127.0.0.6 1
put out by a student: STATE
who is put out: 401 STATE
before its owner: busy-70.other0.rung
as another: STATE
sixty times: LIMIT
its owner: busy-70.rung
and again: busy-70.2.rung
all seats asked for: true
another address: true
the teacher anew: true
the teacher of before: 200
W
ok "an enemy" diff "$work/want" "$work/attack"
end
# What the disk does not take; what ends in the middle; engines that take too much.
rm -f "$work/in"/*
greedy() {
	timeout "$patience" node tests/class/greedy.js "$place" "$code" "$teacher" "$1" "$server"
}
before='trap "" XFSZ; ulimit -f 400' begin -o "$work/in"
gives "a full disk" "large: what is handed in can't be kept: File too large
the teacher hears: what is handed in can't be kept: File too large
small: busy-99.rung undefined" greedy full
says "is told where it runs" "File too large" cat "$work/complaint"
end
before= begin -o "$work/in"
greedy kill
kill -9 "$server"
wait "$server" 2> /dev/null
gives "files that are whole" "" find "$work/in" -name '*-1*' ! -size 600093c
gives "of them some" 0 sh -c 'ls "$1"/busy-1*.rung > /dev/null; echo $?' - "$work/in"
before= begin --limit=ram=100MB
sanitized || gives "engines" "had too much: true all together: true
a small one goes on: true" greedy engines
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
	begin -o "$work/in"
	timeout $((patience * 3)) node --experimental-websocket tests/class/buttons.js "$place" "$code" \
		"$teacher" > "$work/buttons" 2> /dev/null
	cat > "$work/want" << W
asked: true
options: true
the right one is marked: true
projected: true
and back: true
told: true
a number while following: true
hands in: Handed in: direct-call-8.rung
nobody leads: true
goes on alone: true
a student is told of the class: You are in the class CODE, as 8. Whoever opens this address is in it, too:PAGE#code=CODE
the teacher is told of the class: The class's code: CODE. The address is what the terminal shows.
pressed: true
W
	ok "every button" diff "$work/want" "$work/buttons"
	end
else
	skip "there is no Chromium, or no node with WebSockets"
fi

says_wrong() {
	status=0
	"$RUNG" serve "$@" > "$work/.output" 2>&1 || status=$?
	printf '%s %s' "$status" "$(cat "$work/.output")"
}
gives "no address" "2 rung: “nowhere” is no address, such as 127.0.0.1 for this machine \
alone, 0.0.0.0 for others, too" \
	says_wrong --address=nowhere
gives "no port" "2 rung: a port is a number up to 65535; 0: any" says_wrong --address=:x
gives "no folder" "2 rung: $work/none: is no folder" says_wrong -o "$work/none"
gives "no lab" "2 rung: $work/in: there is no lab in it" says_wrong "$work/in"
finish
