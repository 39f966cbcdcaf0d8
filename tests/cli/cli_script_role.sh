#!/bin/sh
# A node that is what its program makes of it (role=script): docs/roles/script.md.
. tests/fixtures/check.sh

t=$work/t.jsonl
has() { # WHAT PATTERN
	ok "$1" grep -q -e "$2" "$t"
}
count() { # WHAT PATTERN COUNT
	n=$(grep -c -e "$2" "$t")
	ok "$1 ($n)" [ "$n" = "$3" ]
}
# A network of alice, a node with the program that standard input has, and bob.
program() { # ATTRIBUTES of the edges
	cat > "$work/box.lua"
	cat > "$work/net.gv" <<-GV
	graph net {
		graph [domain="a.example"]
		edge [delay="10ms"]
		alice [role=ua, addr="192.0.2.1", outbound=box]
		box [role=script, addr="192.0.2.2", program="box.lua"]
		bob [role=ua, addr="192.0.2.3", answer="1s"]
		alice -- box $1
		box -- bob
	}
	GV
}
script() {
	{
		echo 'lab { title = "box", topology = "net.gv", duration = "120s" }'
		echo 'local alice, bob, box = node "alice", node "bob", node "box"'
		echo 'script(function()'
		cat
		echo 'end)'
	} > "$work/lab.lua"
	"$RUNG" run -q "$work/lab.lua" -o "$t" > "$work/said" 2>&1
}
# Each transaction has ended, nothing is bad, no clause is broken.
clean() { # WHAT
	ok "$1: nothing is bad" [ "$(grep -c '"kind":"bad"' "$t")" = 0 ]
	"$RUNG" inspect "$t" > "$work/found"
	ok "$1: no clause is broken" grep -q 'errors 0, warnings 0' "$work/found"
}

# ---- the page ----
awk '/^```lua$/ { inside = 1; next } /^```$/ && inside { exit } inside' \
	docs/roles/script.md > "$work/page.lua"
ok "the page's program is that of the topology" \
	cmp -s "$work/page.lua" topologies/echo.lua
program < topologies/echo.lua
script <<'X'
	sleep "1s"
	alice:message("sip:echo@192.0.2.2", "hello")
	alice:options("sip:echo@192.0.2.2")
	local call = alice:invite("sip:bob@192.0.2.2")
	sleep "5s"
	call:bye()
	bob:set { answer = "20s" }
	call = alice:invite("sip:bob@192.0.2.2")
	sleep "1s"
	call:cancel()
	sleep "1s"
	box:crash()
	sleep "1s"
	box:restart()
	sleep "1s"
	alice:options("sip:echo@192.0.2.2")
X
count "a remark each time it begins" '"text":"The program begins."' 2
has "what it keeps" 'X-Starts: 1'
has "store outlasts a crash" 'X-Starts: 2'
has "an answer" '"verdict":"reply","status":202'
has "a timer has its line" '"op":"set","name":"after","id":"box.lua:'
has "what was said comes back" '"node":"box".*"text":"MESSAGE sip:alice@.*hello"'
has "the call was answered" '"node":"bob","kind":"send".*"text":"SIP/2.0 200 OK.*INVITE'
has "it stays in the way" '"node":"alice","kind":"send".*"text":"BYE sip:bob@192.0.2.3.*Route: <sip:192.0.2.2:5060;lr>'
has "a CANCEL goes on" '"node":"box","kind":"send".*"text":"CANCEL sip:bob@192.0.2.3'
has "the 487 comes back" '"node":"box","kind":"send".*"text":"SIP/2.0 487'
clean "the page"
ok "explain shows the line" sh -c "
	seq=\$(sed -n 's/^{\"seq\":\([0-9]*\),.*\"node\":\"box\",\"kind\":\"send\".*\"start\":\"INVITE.*/\1/p' '$t' | head -n 1)
	'$RUNG' explain '$t' \$seq | grep -q 'box.lua:'"

# ---- a callee: its 2xx goes out until its ACK comes ----
cat > "$work/callee.lua" <<'X'
local sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\n" ..
	"c=IN IP4 192.0.2.2\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"
function on_request(m)
	if m.method == "ACK" then return print "ack" end
	if m.method ~= "INVITE" then return reply(m, 200) end
	reply(m, 180)
	after("1s", function()
		reply(m, 200, { type = "application/sdp", body = sdp })
	end)
end
function on_cancel(m) reply(m, 487, { reason = "As You Like" }) end
X
for links in '' '[loss="30%"]' '[loss="30%", jitter="50ms"]'; do
	for transport in udp tcp; do
		program "$links" < "$work/callee.lua"
		sed "s/role=ua/role=ua, transport=$transport/" "$work/net.gv" \
			> "$work/net.tmp" && mv "$work/net.tmp" "$work/net.gv"
		script <<-'X'
			local call = alice:invite("sip:x@192.0.2.2")
			wait(call, "confirmed", "50s")
			sleep "20s"
			call:bye()
		X
		has "a callee $links $transport has its ACK" '"text":"ack"'
		clean "a callee $links $transport"
	done
done
program < "$work/callee.lua"
script <<'X'
	local call = alice:invite("sip:x@192.0.2.2")
	sleep "500ms"
	call:cancel()
X
has "a phrase of its own" '"text":"SIP/2.0 487 As You Like'
has "a reply that comes too late is an error" '"fault":"error"'
clean "a callee who is not called any more"
# It crashes in a call, twice.
program < "$work/callee.lua"
script <<'X'
	for i = 1, 2 do
		local call = alice:invite("sip:x@192.0.2.2")
		sleep "1s"
		box:crash()
		sleep "1s"
		box:restart()
		wait(call, "terminated", "60s")
	end
X
ok "the run ends: crashes" [ ! -s "$work/said" ]

# ---- a caller: credentials, dialogs, CANCEL, failures ----
program <<'X'
function on_start()
	local offer = "v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\n" ..
		"c=IN IP4 192.0.2.2\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"
	first = send { method = "INVITE", uri = "sip:bob@192.0.2.3",
		body = offer, type = "application/sdp",
		headers = { Subject = "lunch", ["X-Two"] = { "a", "b" } } }
	second = send { method = "INVITE", uri = "sip:bob@192.0.2.3",
		body = offer, type = "application/sdp" }
	after("300ms", function() cancel(second) end)
	third = send { method = "OPTIONS", uri = "sip:nobody@192.0.2.99" }
end
function on_reply(m, r, n)
	if n == second then return print("second", r.status) end
	if m.method ~= "INVITE" or r.status ~= 200 then return end
	local target = r:address("Contact").uri
	local within = { method = "ACK", uri = target, call_id = r:get "Call-ID",
		from = r:get "From", to = r:get "To", cseq = 1 }
	send(within)
	within.method, within.cseq = "BYE", 2
	after("2s", function() send(within) end)
end
function on_failure(m, status, n) print("failed", n == third, status) end
X
script <<'X'
	sleep "60s"
X
has "its fields" 'Subject: lunch\\r\\nX-Two: a\\r\\nX-Two: b'
has "a second call is taken back" '"text":"second\\t487"'
has "it hears of failures" '"text":"failed\\ttrue\\t408"'
has "its BYE is of the dialog" '"node":"bob","kind":"send".*"text":"SIP/2.0 200 OK.*CSeq: 2 BYE'
clean "a caller"
# A password, and where a redirection leads.
program <<'X'
function on_start()
	send { method = "REGISTER", uri = "sip:a.example", to = "<sip:box@a.example>" }
end
function on_reply(m, r) print(m.method, r.status) end
X
sed 's/bob \[.*/bob [role="registrar location", addr="192.0.2.3", auth=true, inbound=true]/
s/program="box.lua"/program="box.lua", password=secret/' "$work/net.gv" > "$work/n" &&
	mv "$work/n" "$work/net.gv"
{
	echo 'lab { title = "box", topology = "net.gv", duration = "60s" }'
	echo 'script(function() sleep "10s" end)'
} > "$work/lab.lua"
"$RUNG" run -q "$work/lab.lua" -o "$t" > "$work/said" 2>&1
has "it answers a challenge" '"text":"REGISTER\\t200"'
count "and hears of the last answer alone" '"kind":"note".*"text":"REGISTER' 1

# ---- a fork: all that comes of it goes back, as the program lets it ----
program <<'X'
function on_request(m)
	forward(m, "sip:bob@192.0.2.3", { record_route = true })
	if m.method == "INVITE" then forward(m, "sip:carol@192.0.2.3") end
end
function on_reply(m, r, n)
	if r.status == 180 then return false end
end
X
script <<'X'
	local call = alice:invite("sip:x@192.0.2.2")
	sleep "5s"
	call:bye()
X
ok "no 180 goes back" [ "$(grep '"node":"box","kind":"send"' "$t" |
	grep -c '"text":"SIP/2.0 180')" = 0 ]
has "a 200 does" '"node":"box","kind":"send".*"text":"SIP/2.0 200 OK.*1 INVITE'

# ---- a request that can't go on has one answer; what store keeps ----
program <<'X'
store.most, store.half, store.least = 1/0, 0.5, -1/0
function on_start()
	print("kept", store.most == 1/0, store.half == 0.5, store.least == -1/0)
end
function on_request(m)
	forward(m, "sip:bob@192.0.2.3")
	forward(m, "sip:bob@192.0.2.3")
	after("1s", function() forward(m, "sip:bob@192.0.2.3") end)
end
X
script <<'X'
	fault { method = "OPTIONS", dst = "box", rewrite = function(text)
		return (text:gsub("Max%-Forwards: %d+", "Max-Forwards: 0"))
	end }
	alice:options("sip:x@192.0.2.2")
	sleep "5s"
X
has "store has numbers above all" '"text":"kept\\ttrue\\ttrue\\ttrue"'
ok "one 483" [ "$(grep '"node":"box","kind":"send"' "$t" |
	grep -c '"text":"SIP/2.0 483')" = 1 ]
count "and no other answer is tried" '"node":"box","kind":"bad"' 0
ok "the run ends: no hops" [ ! -s "$work/said" ]

# ---- what is wrong is the end of that call of the program ----
# wrong NAME FAULT STATUS: the program of standard input, asked three times.
wrong() {
	program
	script <<-'X'
		for i = 1, 3 do
			alice:options("sip:x@192.0.2.2")
			sleep "1s"
		end
	X
	count "$1: it is told" "\"verdict\":\"failed\",.*\"fault\":\"$2\"" 3
	ok "$1: they have their answers" [ "$(grep '"node":"box","kind":"send"' \
		"$t" | grep -c "\"text\":\"SIP/2.0 $3")" = 3 ]
	clean "$1"
}
wrong "an error" error 500 <<'X'
function on_request(m) error "no" end
X
wrong "a loop" endless 500 <<'X'
function on_request(m) while true do end end
X
wrong "a loop of deeds" endless 500 <<'X'
function on_request(m)
	while true do after("1h", function() end) stop(1) end
end
X
wrong "nonsense" nonsense 500 <<'X'
function on_request(m) return "sip:bob@192.0.2.3" end
X
wrong "memory" memory 500 <<'X'
function on_request(m)
	local t = {}
	for i = 1, 100000 do t[i] = ("x"):rep(2000) .. i end
end
X
wrong "an answer to what was sent" error 500 <<'X'
function on_request(m)
	send { method = "OPTIONS", uri = "sip:bob@192.0.2.3" }
	error "no"
end
function on_reply(m, r) pcall(reply, m, 200) pcall(forward, r) pcall(reply, r, 200) end
X
wrong "what is no status" error 500 <<'X'
function on_request(m) reply(m, 42) end
X
wrong "what is no URI" error 500 <<'X'
function on_request(m) forward(m, "bob\r\nX: y") end
X
wrong "what a proxy leaves alone" field 500 <<'X'
function on_request(m) m:set("From", "<sip:zed@a.example>;tag=1") end
X
wrong "a field that makes two" error 500 <<'X'
function on_request(m) reply(m, 200, { headers = { A = "b\r\nc: d" } }) end
X
wrong "a field that is not its to write" error 500 <<'X'
function on_request(m) reply(m, 200, { headers = { Via = "SIP/2.0/UDP x" } }) end
X
wrong "many words" error 500 <<'X'
function on_request(m) reply(m, 200, { reasons = "x" }) end
X
wrong "nothing to take back" error 500 <<'X'
function on_request(m) cancel(17) end
X
wrong "two answers, of which the first counts" error 200 <<'X'
function on_request(m) reply(m, 200) reply(m, 200) end
X
wrong "a value that can't be kept" error 500 <<'X'
function on_request(m) store.x = m end
X
wrong "too much kept" error 500 <<'X'
function on_request(m)
	for i = 1, 70 do store["x" .. i] = ("x"):rep(1000) end
end
X
# What a message was changed to lasts as long as the call.
program <<'X'
function on_request(m)
	m:add("X-Added", "yes")
	after("1s", function() forward(m, "sip:bob@192.0.2.3") end)
end
X
script <<'X'
	alice:options("sip:x@192.0.2.2")
	sleep "5s"
X
has "a change that is gone is no silence" '"fault":"error"'
ok "people hear of it" grep -q 'what this message was changed to is gone' \
	"$work/said"
# A program that has its node talk with itself is stopped by its rate.
program <<'X'
function on_request(m)
	reply(m, 200)
	for i = 1, 20 do
		send { method = "OPTIONS", uri = "sip:x@192.0.2.2" }
	end
end
X
script <<'X'
	alice:options("sip:x@192.0.2.2")
	sleep "2s"
X
has "a node that talks to itself" '"fault":"rate"'

# ---- programs by chance ----
# What a program does may make no sense, at any time: the run goes on, and its
# node keeps within the protocol.
tried=0
for seed in 1 2 3 4 5 6 7 8 9 10 11 12 13 16 19 20 31; do
	awk -v seed=$seed -v dir="$work" -f tests/cli/node_programs.awk
	ok "program $seed: a run" "$RUNG" run -q "$work/lab.lua" -o "$t"
	ok "program $seed: its node does nothing bad" \
		[ "$(grep -c '"node":"box","kind":"bad"' "$t")" = 0 ]
	tried=$((tried + $(grep -c '"how":"program"' "$t")))
	"$RUNG" run -q "$work/lab.lua" -o "$work/again" > /dev/null 2>&1
	ok "program $seed: the same bytes" cmp -s "$t" "$work/again"
done
ok "they did a lot ($tried)" [ "$tried" -gt 1000 ]

# ---- refused before it runs ----
refused() { # WHAT SENTENCE
	ok "$1" grep -q "$2" "$work/said"
}
program < /dev/null
script < /dev/null
refused "a program without a function" 'has no function that is called'
echo 'reply(1)' > "$work/box.lua"
script < /dev/null
refused "what is done too early" 'before the node is up'
sed 's/, program="box.lua"//' "$work/net.gv" > "$work/n" && mv "$work/n" "$work/net.gv"
script < /dev/null
refused "no program at all" 'node box needs program=FILE'

# ---- the same run has the same bytes ----
program '[loss="20%"]' < topologies/echo.lua
for i in 1 2; do
	script <<-'X'
		for i = 1, 5 do
			alice:message("sip:echo@192.0.2.2", "hello " .. i)
			sleep "1s"
		end
	X
	cp "$t" "$work/run$i"
done
ok "twice the same" cmp -s "$work/run1" "$work/run2"
finish
