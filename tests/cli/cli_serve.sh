# rung serve: a class of forty scripted students with their teacher, over a real
# connection; what nobody should send; and with TLS.  Without node none of it.
. tests/fixtures/check.sh
. tests/fixtures/serve.sh

# Whoever has no word on the roster gets one, once, and a slip.
printf 'id,name,word\n1,Ann,\n2,Bo,birch\n3,Cy\n' > "$work/slips.csv"
words() {
	begin --roster="$work/slips.csv" labs/direct-call
	end
	cat "$work/slips.csv"
}
words > "$work/first"
ok "words" sh -c 'sed "s/,[A-Z]\{8\}$/,WORD/" "$0" | tr "\n" " " |
	grep -qx "id,name,word 1,Ann,WORD 2,Bo,birch 3,Cy,WORD "' "$work/first"
gives "that is told" "rung: 2 students had no word and have one now in FOLDER/slips.csv; print and cut FOLDER/slips-slips.html" \
	sed "s:$work:FOLDER:g" "$work/complaint"
gives "on slips" "$(sed -n 's/^\([0-9]\),\(.*\),\(.*\)/\1 \2 \3/p' "$work/first")" \
	sed -n 's:^<tr><td>\(.*\)</td><td>\(.*\)</td><td><code>\(.*\)</code></td></tr>$:\1 \2 \3:p' "$work/slips-slips.html"
gives "the next time they are the same" "$(cat "$work/first")" words
gives "and nothing is said" "" cat "$work/complaint"

command -v node > /dev/null || { skip "there is no node"; finish; }
mkdir "$work/in"
{ printf 'id,name\n'; seq 0 39 | sed 's/.*/s&,Ann/'; } > "$work/names.csv"

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
not the teacher only the teacher may ask for that
stopped open a lab first
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
before='ulimit -n 1024' begin -o "$work/in" labs/direct-call
timeout "$patience" node tests/class/attack.js "$place" "$code" "$teacher" 2>&1 |
	sed 's/\.other[0-9]*\./.otherN./' > "$work/attack"
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
two lengths: HTTP/1.1 400
length and chunks: HTTP/1.1 400
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
before its owner: busy-70.otherN.rung
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
before='trap "" XFSZ; ulimit -f 400' begin -o "$work/in" labs/direct-call
gives "a full disk" "large: the hand-in can't be saved: File too large
the teacher hears: the hand-in can't be saved: File too large
small: busy-99.rung undefined" greedy full
says "is told where it runs" "File too large" cat "$work/complaint"
end
before= begin -o "$work/in" labs/direct-call
greedy kill
kill -9 "$server"
wait "$server" 2> /dev/null
gives "files that are whole" "" find "$work/in" -name '*-1*' ! -size 600093c
gives "of them some" 0 sh -c 'ls "$1"/busy-1*.rung > /dev/null; echo $?' - "$work/in"
before= begin --limit=ram=100MB
sanitized || gives "engines" "had too much: true all together: true
a small one goes on: true" greedy engines
end

begin --tls labs/direct-call
ok "a certificate" grep -q '^Certificate (SHA-256): [0-9A-F:]\{95\}$' "$work/said"
gives "TLS" 421-200 node -e '
const https = require("https");
const get = (host) => new Promise((resolve) => https.get({ host: "127.0.0.1",
	port: process.argv[1].split(":")[1], path: "/", rejectUnauthorized: false,
	headers: { Host: host } }, (r) => { r.resume(); resolve(r.statusCode); }));
get("elsewhere").then((a) => get(process.argv[1]).then((b) => console.log(a + "-" + b)));
' "$place"
end

says_wrong() {
	status=0
	"$RUNG" serve "$@" > "$work/.output" 2>&1 || status=$?
	printf '%s %s' "$status" "$(cat "$work/.output")"
}
gives "no address" "2 rung: “nowhere” is not an address; use 127.0.0.1 for this machine \
only, 0.0.0.0 for other machines also" \
	says_wrong --address=nowhere
gives "no port" "2 rung: “x” is not a port; use a number up to 65535 (0: any)" says_wrong --address=:x
gives "no folder" "2 rung: $work/none: is not a folder" says_wrong -o "$work/none"
gives "no lab" "2 rung: $work/in: it contains no lab" says_wrong "$work/in"
finish
