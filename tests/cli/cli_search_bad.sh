# rung search and what is bad: labs that never end or die, programs that lie, loop,
# flood and write control characters.  All is bounded and told with its line, and what was found
# is not lost.
. tests/fixtures/check.sh

# lab NAME: $work/NAME with the script of the standard input, of two phones.
lab() {
	mkdir "$work/$1"
	cp topologies/direct-call.gv "$work/$1"
	cat > "$work/$1/lab.lua"
}

# program NAME: $work/NAME, where Alice calls the program of the standard input.
program() {
	lab "$1" << 'LAB'
lab { title = "A program", topology = "program.gv" }
local alice = node "alice"
script(function()
	sleep "1s"
	local call = alice:invite "sip:evil@192.0.2.2"
	if wait(call, "confirmed", "5s") then
		sleep "1s"
		if call.state == "confirmed" then call:bye() end
	end
end)
LAB
	cat > "$work/$1/program.gv" << 'TOPOLOGY'
graph program {
	graph [duration="20s"]
	edge [delay="5ms"]
	alice [role=ua, addr="192.0.2.1"]
	evil  [role=script, addr="192.0.2.2", program="evil.lua"]
	alice -- evil
}
TOPOLOGY
	cat > "$work/$1/evil.lua"
}

search() {
	timeout "$patience" "$RUNG" search "$@"
}

# clean NAME FILE: there are no control characters in it but ends of lines.
clean() {
	tr -d '\n' < "$2" > "$work/flat"
	fails "$1" 1 env LC_ALL=C grep -q '[[:cntrl:]]' "$work/flat"
}

# ---- labs that never end ----

lab paused << 'LAB'
lab { title = "Sleeps for ever", topology = "direct-call.gv" }
script(function()
	while true do sleep "0s" end
end)
LAB
fails "it never gets on" 2 search "$work/paused" --only=drop
says "it never gets on: its line" "lab.lua:3: " search "$work/paused" --only=drop

lab hour << 'LAB'
lab { title = "Goes on and on", topology = "direct-call.gv", duration = "1h" }
local alice = node "alice"
script(function()
	while true do
		sleep "50ms"
		alice:options "sip:bob@192.0.2.3"
	end
end)
LAB
fails "it never ends" 2 search "$work/hour" --only=drop
says "it never ends: its line" "lab.lua:6: " cat "$work/.output"

# ---- labs that die ----

lab dies << 'LAB'
lab { title = "Dies of a loss", topology = "direct-call.gv" }
local alice, bob = node "alice", node "bob"
script(function()
	sleep "1s"
	local call = alice:invite(bob)
	if not wait(call, "confirmed", "2100ms") then
		while true do end
	end
	call:bye()
end)
LAB
search "$work/dies" --only=drop > "$work/said"
says "a fault kills it" "ended with an error" cat "$work/said"
says "a fault kills it: its line" "lab.lua:7: the script ran" cat "$work/said"
says "and the run" "rung play $work/dies --act 9:message.drop" cat "$work/said"
says "the others are told" "timer NICT E" cat "$work/said"
fails "it dies of it again" 2 "$RUNG" run -q "$work/dies" --act 9:message.drop -o "$work/dead.jsonl"

# ---- programs ----

program lies << 'PROGRAM'
print "\27[31mred\7\0\r\nline \xff\xfe"
function on_request(m)
	print "\27]0;title\7"
	if m.method == "INVITE" then
		reply(m, 180, { reason = "\27[31mRed\7" })
		reply(m, 180, { reason = "Red\r\nX: y" })
		reply(m, 200, { body = ("x"):rep(3000) })
		reply(m, 486)
		reply(m, 999)
	elseif m.method ~= "ACK" then
		reply(m, 487)
	end
end
PROGRAM
search "$work/lies" --only=drop,double,late > "$work/said" 2>&1
says "it lies: a table" "outcome " cat "$work/said"
fails "it lies: no rest" 1 grep -q "not tried" "$work/said"
clean "no control characters" "$work/said"

program loops << 'PROGRAM'
function on_request(m)
	if m.method == "INVITE" then
		while true do end
	end
	if m.method ~= "ACK" then reply(m, 200) end
end
PROGRAM
says "it loops: its line" "evil.lua:3: node evil: the script ran" \
	search "$work/loops" --only=drop
says "it loops: a table" "timer ICT A" search "$work/loops" --only=drop

program flood << 'PROGRAM'
function on_request(m)
	if m.method == "INVITE" then
		for i = 1, 10000 do
			send { method = "MESSAGE", uri = "sip:alice@192.0.2.1", body = "x" }
		end
		reply(m, 200)
	elseif m.method ~= "ACK" then
		reply(m, 200)
	end
end
PROGRAM
search "$work/flood" --only=drop --runs=40 > "$work/said" 2>&1
says "it floods: its line" "evil.lua:4: node evil: " cat "$work/said"
says "it floods: what was found" "40 runs; " cat "$work/said"

# Two that answer each other for ever.
program echo << 'PROGRAM'
local function more()
	send { method = "OPTIONS", uri = "sip:evil@192.0.2.2" }
end
function on_request(m)
	if m.method == "INVITE" then more() end
	if m.method ~= "ACK" then reply(m, 200) end
	if m.method == "OPTIONS" then more() end
end
PROGRAM
fails "it answers itself for ever" 0 sh -c \
	"timeout $patience $RUNG search $work/echo --only=drop --runs=3 > $work/said 2>&1; [ \$? -lt 3 ]"
fails "it answers itself: it is said" 0 test -s "$work/said"

# ---- many messages ----

lab many << 'LAB'
lab { title = "Ten thousand messages", topology = "direct-call.gv", duration = "30min" }
local alice = node "alice"
script(function()
	for i = 1, 5000 do
		sleep "200ms"
		alice:options "sip:bob@192.0.2.3"
	end
end)
LAB
begun=$(date +%s)
search "$work/many" --only=drop --time=2s > "$work/said" 2>&1
took=$(($(date +%s) - begun))
says "many messages" "10000 messages; " cat "$work/said"
says "many messages: the time is over" "not tried" cat "$work/said"
says "many messages: what was found" "outcome " cat "$work/said"
ok "many messages: in time" test "$took" -lt "$patience"
finish
