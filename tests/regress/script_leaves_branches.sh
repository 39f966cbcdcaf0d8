#!/bin/sh
# A program that sent an INVITE on and then answered it, or failed, left whoever
# it had sent it to ringing (RFC 3261 16.7 step 10), and a 200 of his without an
# ACK; it could send on what had its answer, or was taken back (16.10), so that
# somebody nobody called any more was rung up.  What else was forked than an
# INVITE was cancelled, which none may be (9.1).  And the number that forward
# returns could not be passed on: "return forward(m)" was nonsense.
. tests/fixtures/check.sh

t=$work/t.jsonl
cat > "$work/net.gv" <<'GV'
graph {
	edge [delay="10ms"]
	alice [role=ua, addr="192.0.2.1", outbound=box]
	box [role=script, addr="192.0.2.2", program="box.lua"]
	bob [role=ua, addr="192.0.2.3", answer="3s"]
	vm [role=ua, addr="192.0.2.4", answer="1s"]
	slow [role=script, addr="192.0.2.5", program="slow.lua"]
	lan [shape=ellipse]
	{alice box bob vm slow} -- lan
}
GV
cat > "$work/slow.lua" <<'LUA'
function on_request(m) reply(m, 100) after("3s", function() reply(m, 200) end) end
LUA
# run NAME: the program of standard input, and what Alice does ($does).
run() {
	name=$1
	cat > "$work/box.lua"
	cat > "$work/lab.lua" <<-LUA
	lab { topology = "net.gv", duration = "100s" }
	local alice, bob = node "alice", node "bob"
	script(function()
		sleep "1s"
		$does
	end)
	LUA
	ok "$name runs" "$RUNG" run -q "$work/lab.lua" -o "$t"
	"$RUNG" inspect "$t" > "$work/found"
	ok "$name: no clause is broken" grep -q 'errors 0, ' "$work/found"
}
# sent NODE START COUNT
sent() {
	n=$(grep "\"node\":\"$1\",\"kind\":\"send\"" "$t" |
		grep -c "\"text\":\"$2")
	ok "$name: $1 sends $2 $3 times, not $n" [ "$n" = "$3" ]
}
failed() { # COUNT
	n=$(grep -c '"verdict":"failed"' "$t")
	ok "$name: it fails $1 times, not $n" [ "$n" = "$1" ]
}
does='alice:invite "sip:x@192.0.2.2"'

for answer in 'reply(m, 480)' 'error "no"'; do
	run "$answer later" <<-LUA
	function on_request(m)
		forward(m, "sip:bob@192.0.2.3")
		after("1s", function() $answer end)
		if m.method ~= "INVITE" then $answer end
	end
	LUA
	case $answer in
	reply*) sent box CANCEL 1; sent bob 'SIP/2.0 200 OK.*INVITE' 0 ;;
	*) sent box CANCEL 0; sent bob 'SIP/2.0 200 OK.*1 INVITE' 1 ;;
	esac
done
run "an error at once" <<'LUA'
function on_request(m)
	forward(m, "sip:bob@192.0.2.3")
	error "no"
end
LUA
sent box 'SIP/2.0 500' 1
sent box CANCEL 1
sent bob 'SIP/2.0 487' 1
failed 1

run "what has its answer" <<'LUA'
function on_request(m)
	reply(m, 480)
	forward(m, "sip:vm@192.0.2.4")
end
LUA
sent box INVITE 0
failed 1

does='local call = alice:invite "sip:x@192.0.2.2"
	sleep "1s"
	call:cancel()'
run "what was taken back" <<'LUA'
function on_request(m)
	state(m).asked = m
	forward(m, "sip:bob@192.0.2.3")
end
function on_reply(m, r)
	if r.status < 300 then return end
	forward(state(m).asked, "sip:vm@192.0.2.4")
	return false
end
LUA
sent vm 'SIP/2.0' 0
sent box 'SIP/2.0 487' 1
failed 1

does='alice:message("sip:x@192.0.2.2", "hi")'
run "a fork of a MESSAGE" <<'LUA'
function on_request(m)
	forward(m, "sip:bob@192.0.2.3")
	forward(m, "sip:slow@192.0.2.5")
end
LUA
sent box CANCEL 0

does='alice:message("sip:x@192.0.2.2", "hi")'
run "the number" <<'LUA'
function on_request(m)
	return forward(m, "sip:bob@192.0.2.3")
end
LUA
failed 0
sent box 'SIP/2.0 200' 1
run "another number" <<'LUA'
function on_request(m)
	forward(m, "sip:bob@192.0.2.3")
	return 404
end
LUA
failed 1
finish
