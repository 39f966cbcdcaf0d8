# A node's program without transactions below it (transactions=false), and machines of
# its own (state).
. tests/fixtures/check.sh

cd "$work" || exit
cat > nict.gv << 'GV'
graph nict {
	graph [label="A transaction from nothing", duration="60s"]
	edge [delay="10ms"]
	client [role=script, program="nict.lua", transactions=false]
	alice [role=ua]
	bob [role=ua]
	client -- router
	alice -- router
	router -- bob
}
GV
cat > nict.lua << 'LUA'
-- The client transaction of an OPTIONS, over UDP (RFC 3261 17.1.2).
local T1, T2 = 500, 4000
local tr

local function finish(event)
	stop(tr.f)
	stop(tr.e)
	state("terminated", tr.branch, event)
	tr = nil
end

local function fire_e()
	again(tr.number)
	tr.wait = math.min(tr.wait * 2, T2)
	tr.e = after(tr.wait .. "ms", fire_e)
end

function on_start()
	after("1s", function()
		local number, m = send { method = "OPTIONS", uri = "sip:bob@192.0.2.3" }
		tr = { number = number, branch = m:param("Via", "branch"), wait = T1 }
		state("trying", tr.branch, "request")
		tr.e = after(T1 .. "ms", fire_e)
		tr.f = after("32s", function() finish "Timer F" end)
	end)
end

function on_response(m)
	if tr == nil or m:param("Via", "branch") ~= tr.branch then return end
	state(m.status < 200 and "proceeding" or "completed", m)
	if m.status >= 200 then finish "done" end
end
LUA
cat > own.lua << 'LUA'
lab { title = "The same by rung", topology = "nict.gv", duration = "60s" }
script(function()
	sleep "1s"
	node "alice":options "sip:bob@192.0.2.3"
end)
LUA
rung=$(cd "$OLDPWD" && readlink -f "$RUNG")
sent() { # FILE NODE: when it has sent an OPTIONS
	jq -r "select(.kind == \"send\" and .start == \"OPTIONS\" and .src == \"$2\") | .t" "$1"
}
steps() { # FILE: the steps of its machine
	jq -r 'select(.machine == "script") | "\(.from) \(.to) \(.event)"' "$1"
}
"$rung" run nict.gv -q -o good.jsonl 2> /dev/null
gives "its machine" "none trying request
trying completed 200
completed terminated done" steps good.jsonl
gives "a request goes out once" 1 sh -c "grep -c '\"start\":\"OPTIONS\"' good.jsonl"
"$rung" run own.lua --set router--bob.loss=100% -q -o lost.jsonl
gives "nobody answers: its times are those of a transaction (17.1.2.2)" \
	"$(sent lost.jsonl alice)" sent lost.jsonl client
gives "… and it ends by Timer F" "none trying request
trying terminated Timer F" steps lost.jsonl
says "repetitions are those of the first" "OPTIONS ↻1" "$rung" run nict.gv --set router--bob.loss=100%
says "whose steps they are" "machine of its program" "$rung" show lost.jsonl --at=2s --node=client
says "by which line" "nict.lua:13) sends the same once more" \
	"$rung" explain lost.jsonl "$(jq -r 'select(.verdict == "again") | .seq' lost.jsonl | head -1)"
says "no machine of RFC 3261 is the client's" "script" sh -c \
	"jq -r 'select(.kind == \"fsm\" and .node == \"client\") | .machine' lost.jsonl | sort -u"
ok "the same bytes twice" sh -c "'$rung' run own.lua --set router--bob.loss=100% -q -o twice.jsonl && cmp lost.jsonl twice.jsonl"
says "its figure" "Machine of the program of client" \
	"$rung" export lost.jsonl --machine=script -f gv
ok "which dot draws" sh -c "'$rung' export lost.jsonl --machine=script -f gv | dot -Tsvg > drawn.svg"

# A stateless proxy (16.11), over each transport, and under loss: what is repeated it sends again
# with the same branch, and it never ends a call by itself.
cat > proxy.gv << 'GV'
graph proxy {
	graph [label="A stateless proxy in Lua", duration="90s"]
	edge [delay="10ms"]
	alice [role=ua, outbound=px]
	px [role=script, program="px.lua", transactions=false]
	bob [role=ua, answer="2s"]
	alice -- router -- px
	router -- bob
}
GV
cat > px.lua << 'LUA'
function on_request(m)
	forward(m, "sip:bob@192.0.2.3", { branch = m:param("Via", "branch") .. "-px" })
end
function on_response(m)
	forward(m)
end
LUA
cat > proxy.lua << 'LUA'
lab { title = "Two calls through it", topology = "proxy.gv", duration = "90s" }
local alice = node "alice"
script(function()
	local call = alice:invite "sip:bob@192.0.2.3"
	wait(call, "confirmed")
	sleep "1s"
	call:bye()
	wait(call, "terminated")
	local other = alice:invite "sip:bob@192.0.2.3"
	wait(other, "early")
	other:cancel()
end)
LUA
calls() { # FILE: how alice's calls went
	jq -r 'select(.kind == "call" and .node == "alice" and .state == "terminated") |
		.status // "-"' "$1" | tr '\n' ' '
}
for transport in udp tcp tls; do
	for loss in 0 15; do
		"$rung" run proxy.lua --set alice.transport=$transport --set bob.transport=$transport \
			--set px.transport=$transport --set loss=$loss% -q -o $transport-$loss.jsonl
		says "$transport, loss of $loss %: a call, and one taken back" "487" calls $transport-$loss.jsonl
	done
done
branches() { # FILE: branches of the proxy's INVITEs, and how many of them went out
	jq -r 'select(.kind == "send" and .src == "px" and .start == "INVITE") | .branch' "$1" | sort -u | wc -l
}
gives "one branch an INVITE, however often it came" 2 branches udp-15.jsonl
"$rung" run proxy.lua --set loss=15% --act "20:px.crash" --act "45@3s:px.restart" -q -o crashed.jsonl
ok "after a crash it is as it was" sh -c "jq -e 'select(.kind == \"end\" and .reason == \"duration\")' crashed.jsonl"

# rung's own, at two networks at once: its CANCEL has the address of its INVITE (9.1, 9.2).
cat > faces.gv << 'GV'
graph faces {
	graph [label="A stateless proxy with two addresses", duration="90s"]
	edge [delay="10ms"]
	alice [role=ua, outbound=px]
	px [role=proxy, stateless=true, record_route=false, faces="in=192.0.2.7 out=198.51.100.7"]
	bob [role=ua, answer="2s", addr="198.51.100.3"]
	alice -- px:in
	px:out -- bob
}
GV
sed 's/proxy.gv/faces.gv/; s/192.0.2.3/198.51.100.3/' proxy.lua > faces.lua
"$rung" run faces.lua -q -o faces.jsonl
says "a CANCEL is sent from where its INVITE was" "487" calls faces.jsonl

# A server: it sees what is repeated, and repeats its answer.
cat > server.gv << 'GV'
graph server {
	graph [label="A server without transactions", duration="40s"]
	edge [delay="10ms"]
	alice [role=ua]
	bob [role=script, program="server.lua", transactions=false]
	alice -- bob
}
GV
cat > server.lua << 'LUA'
local answers = {}
function on_request(m)
	if m.method == "MESSAGE" then return reply(m, 100 + store.nothing) end
	local branch = m:param("Via", "branch")
	state(answers[branch] and "repeated" or "new", branch)
	if answers[branch] then return again(answers[branch]) end
	answers[branch] = reply(m, 200)
end
LUA
cat > server-lab.lua << 'LUA'
lab { title = "A server", topology = "server.gv", duration = "40s" }
fault { status = 200, nth = 1, drop = true }
script(function()
	node "alice":options "sip:bob@192.0.2.2"
	sleep "35s"
	node "alice":message("sip:bob@192.0.2.2", "hello")
end)
LUA
"$rung" run server-lab.lua -q -o server.jsonl 2> server.said
gives "it is told of what is repeated" "none new OPTIONS
new repeated OPTIONS" steps server.jsonl
gives "both answers are one" 1 sh -c \
	"jq -r 'select(.kind == \"send\" and .start == 200) | .text' server.jsonl | md5sum | wc -l"
says "an error of the program is 500" 500 sh -c \
	"jq -r 'select(.kind == \"send\" and .src == \"bob\") | .start' server.jsonl | tail -1"
says "with its line" "server.lua:3" cat server.said

# What can't be.
cat > wrong.lua << 'LUA'
function on_start()
	again(1)
end
LUA
says "transactions repeat by themselves" "is sent again by its transaction" \
	"$rung" run nict.gv --set client.program=wrong.lua --set client.transactions=true
says "nothing was sent by that number" "there is no such message" \
	"$rung" run nict.gv --set client.program=wrong.lua
printf 'function on_start() state("") end\n' > wrong.lua
says "a state has a name" "1 to 32 bytes" "$rung" run nict.gv --set client.program=wrong.lua
printf 'function on_start() for i = 1, 20000 do state("x", "machine " .. i) end end\n' > wrong.lua
says "machines are bounded" "wrong.lua:1" "$rung" run nict.gv --set client.program=wrong.lua
printf 'function on_start() state("\\27[31mred", "\\n\\27[2J<b>") end\n' > wrong.lua
"$rung" run nict.gv --set client.program=wrong.lua -q -o hostile.jsonl 2> /dev/null
for form in txt gv html; do
	"$rung" export hostile.jsonl --machine=script -f gv > hostile.$form
	fails "no control characters in $form" 1 grep -q "$(printf '\033')" hostile.$form
done
fails "nor at a moment" 1 sh -c "'$rung' show hostile.jsonl --at=0s | grep -q '$(printf '\033')'"
ok "dot draws it" sh -c "dot -Tsvg hostile.gv > /dev/null"
cd "$OLDPWD" || exit
finish
