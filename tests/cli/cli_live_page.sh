# rung live --page: a page in a headless Chromium that grows with a run: two simulated phones
# call each other each second, a Python program sends from outside; who looks back stays there
# while the run goes on, End and → lead to now, the run's end is told.  What /live gives, and to
# whom.
. tests/fixtures/check.sh

for tool in curl python3; do
	command -v "$tool" > /dev/null || { skip "there is no $tool"; finish; exit; }
done
cat > "$work/t.gv" <<'G'
graph {
	graph [domain="example.com"]
	edge [delay="20ms"]
	alice [role=ua, answer="200ms", outbound=px, register=true]
	px [role="proxy registrar location"]
	bob [role=ua, answer="200ms", outbound=px, register=true]
	carol [role=ua, outside=true]
	lan
	alice -- lan -- {px bob carol}
}
G
cat > "$work/lab.lua" <<'L'
lab { title = "A call each second", topology = "t.gv" }
script(function()
	while true do
		sleep "300ms"
		local call = node("alice"):invite "sip:bob@example.com"
		sleep "700ms"
		if call.state == "confirmed" then call:bye() end
	end
end)
L
# What a program at carol's place sends to alice, and the first line of what comes.
cat > "$work/carol.py" <<'P'
import socket, sys
net = "127." + sys.argv[1] + ".0."
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(10)
s.bind((net + "4", 5060))
s.sendto(("OPTIONS sip:alice@example.com SIP/2.0\r\nVia: SIP/2.0/UDP " + net + "4;branch=z9hG4bKpy\r\n"
	"Max-Forwards: 70\r\nFrom: <sip:carol@example.com>;tag=1\r\nTo: <sip:alice@example.com>\r\n"
	"Call-ID: python\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n").encode(), (net + "1", 5060))
print(s.recv(9999).decode().split("\r\n")[0])
P

# begin ARGUMENTS: a run with a page, which SIGINT ends as at a terminal; $class is its address, $place its HOST:PORT.
begin() {
	: > "$work/said"
	python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$RUNG" live "$work/lab.lua" --page=0 -o "$work/t.jsonl" "$@" \
		> "$work/said" 2> "$work/complaint" &
	run=$!
	until grep -q Ctrl-C "$work/said" || ! kill -0 "$run" 2> /dev/null; do
		sleep 0.1
	done
	class=$(sed -n 's/^The class: //p' "$work/said")
	code=${class##*=}
	place=$(printf '%s\n' "$class" | sed 's|^http://\([^/]*\)/.*|\1|')
	net=$(sed -n 's/^  alice *127\.\([0-9]*\)\..*/\1/p' "$work/said" | head -n 1)
}
# live SINCE HEADER: what /live gives, and its status last.
live() {
	curl -s -w '%{http_code}\n' -H "$2" "http://$place/live?since=$1"
}

begin
gives "nobody gets lines without the code" 401 live 0 "X: y"
gives "… nor with another's token" 401 live 0 "Authorization: Bearer abcdefgh"
token=$(curl -s -d "{\"ask\":\"join\",\"code\":\"$code\"}" "http://$place/ask" |
	sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
own="Authorization: Bearer $token"
gives "a program is answered" "SIP/2.0 200 OK" python3 "$work/carol.py" "$net"
live 0 "$own" > "$work/lines"
says "the header comes first" '{"kind":"trace",' head -n 1 "$work/lines"
says "what a program sent is there" 'OPTIONS sip:alice' cat "$work/lines"
says "the lines behind a record" '{"seq":6,' live 5 "$own"
says "nothing is kept on the way" 'no-store' curl -s -D - -o /dev/null -H "$own" "http://$place/live?since=0"
for since in 99999999 -1 x ''; do
	gives "no lines behind “$since”" 400 live "$since" "$own"
done
gives "the labs are there" 200 curl -s -o /dev/null -w '%{http_code}\n' "http://$place/labs"
kill "$run"
wait "$run"
ok "runs again" "$RUNG" run -q "$work/t.jsonl" -o "$work/again.jsonl"
same "… to the same" "$work/t.jsonl" "$work/again.jsonl"
# Each answer has a bound: of a long run the lines come in parts, and all of them.
begin --until=60s --detail=network
token=$(curl -s -d "{\"ask\":\"join\",\"code\":\"$code\"}" "http://$place/ask" |
	sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
until [ "$(wc -c < "$work/lines")" -gt 262144 ] || ! kill -0 "$run"; do
	sleep 1
	live 0 "Authorization: Bearer $token" > "$work/lines"
done
sleep 2
live 0 "Authorization: Bearer $token" | cmp - "$work/lines" > "$work/differs"
gives "an answer has a bound" "" cat "$work/differs"
last=$(tail -n 2 "$work/lines" | sed -n 's/^{"seq":\([0-9]*\),.*/\1/p')
says "the next goes on behind it" "{\"seq\":$((last + 1))," live "$last" "Authorization: Bearer $token"
kill "$run"
wait "$run"
fails "an address without a page" 2 "$RUNG" live "$work/t.gv" --address=0.0.0.0
fails "no port" 2 "$RUNG" live "$work/t.gv" --page=70000

# Of rung serve there is no run.
: > "$work/said"
"$RUNG" serve --address=:0 > "$work/said" 2>&1 &
run=$!
until grep -q Ctrl-C "$work/said"; do sleep 0.1; done
place=$(sed -n 's|^The class: http://\([^/]*\)/.*|\1|p' "$work/said")
gives "rung serve has no run" 404 live 0 "$own"
kill "$run"
wait "$run" 2> /dev/null || true

command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

# steps: what the page says at those of standard input.
steps() {
	PATIENCE=60000 timeout "$patience" node --experimental-websocket tests/page/browse.js \
		"$class" 1366 768 2> /dev/null | grep --line-buffered -v ERR_CONNECTION_REFUSED
}
begin
steps > "$work/seen" <<S
wait window.app && app.shown && by("a-live") && app.shown.messages.length > 6
is by("a-live").textContent + " " + by("a-act").disabled + " " + by("p-warning")
is by("a-said").textContent
do window.first = app.shown.messages.length
wait app.shown.messages.length > first + 14
is app.shown.at() === lastShown()
do app.shown.zoom(1.44)
do window.drawn = live.drawn
wait live.drawn > drawn
is app.shown.zoom()
key Home
do window.drawn = live.drawn
wait live.records > drawn + 100 && /^● To now: \d+ more records$/.test(by("a-live").textContent)
is app.shown.at() + " " + (live.drawn === drawn)
key ArrowRight
key ArrowRight
click #a-why
is app.shown.at() === app.shown.messages[1].seq && document.querySelector("#p-why").textContent.length > 40
key End
wait live.now && live.drawn > drawn + 100 && app.shown.at() === lastShown()
is by("a-live").textContent
key ArrowLeft
is live.now
key ArrowRight
is live.now
key ArrowRight
is live.now
key ArrowLeft
wait !live.draws
click #a-live
is live.now
do openLab("direct-call")
wait !document.body.classList.contains("a-runs") && app.file === null && app.shown.nodes.length === 2
is isLive()
click #a-live
wait isLive() && app.shown.messages.length > first
S
cat > "$work/want" <<'W'
● Live true null
This run continues. Act in the terminal: rung live --play.
true
1.44
0 true
true
● Live
false
false
true
true
false
W
ok "a page that grows" diff "$work/want" "$work/seen"
# The first Ctrl-C ends the run alone.
: > "$work/seen"
( until [ -s "$work/seen" ]; do sleep 0.2; done; kill -INT "$run" ) &
steps > "$work/seen" <<'S'
wait window.app && app.shown && by("a-live") && app.shown.messages.length > 20
is by("a-live").textContent
wait window.app && app.shown && by("a-live") && live.done && live.drawn === live.records
is by("a-live").textContent
is by("a-said").textContent
is app.shown.messages.length > 20 && app.shown.at() === lastShown()
S
cat > "$work/want" <<'W'
● Live
The run has ended
This run has ended; all of it is here.
true
W
ok "the run's end" diff "$work/want" "$work/seen"
ok "the run's trace is there" "$RUNG" show "$work/t.jsonl" kind=end
says "that it is over is said" "Its page stays open until you press Ctrl-C." cat "$work/complaint"
kill "$run"
wait "$run"
begin
: > "$work/seen"
( until [ -s "$work/seen" ]; do sleep 0.2; done; kill "$run" ) &
steps > "$work/seen" <<'S'
wait window.app && app.shown && by("a-live") && app.shown.messages.length > 20
is by("a-live").textContent
wait window.app && app.shown && by("a-live") && by("a-live").dataset.state === "gone"
is by("a-live").textContent
is by("a-said").textContent
is app.shown.messages.length > 20
S
cat > "$work/want" <<'W'
● Live
No connection to the server
No connection to the server. This is what it sent until now.
true
W
ok "the server is gone" diff "$work/want" "$work/seen"
wait "$run"
finish
