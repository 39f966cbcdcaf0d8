#!/bin/sh
# What a script could not say: to refuse before ringing with a status, fields and
# a body of its choice; to answer a re-INVITE itself; any request within a
# dialog; a BYE in an early dialog (RFC 3261 15) or before the ACK; an INVITE with
# fields and a body; bytes over TCP.  And a misspelt attribute was a function,
# which is true.
. tests/fixtures/check.sh

cat > "$work/two.gv" <<'GV'
graph { alice [role=ua, addr="192.0.2.2"];
	bob [role=ua, addr="192.0.2.3", progress=none];
	alice -- bob }
GV

scene() { # NAME, the script behind lab{} on stdin
	{
		echo 'lab { topology = "two.gv", duration = "60s" }'
		echo 'local alice, bob = node "alice", node "bob"'
		cat
	} > "$work/$1.lua"
	ok "$1 runs" "$RUNG" run -q -o "$work/$1.rung" "$work/$1.lua"
}

records() { # NAME WHAT PATTERN COUNT
	seen=$(grep -c "$3" "$work/$1.rung")
	"$RUNG" show "$work/$1.rung" > "$work/.output"
	if [ "$seen" = "$4" ]; then good; else
		bad "$1: $2" "$seen times instead of $4"
	fi
}

scene refuse <<'LUA'
bob:on("invite", function(call)
	call:reject { code = 403, reason = "Not today", body = "no",
		headers = { ["X-Why"] = { "a", "b" }, ["Content-Type"] = "text/plain" } }
end)
script(function() alice:invite("sip:bob@192.0.2.3", {
	headers = "Subject: lunch", body = "v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\n" ..
	"s=mine\r\nc=IN IP4 192.0.2.2\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n" })
end)
LUA
records refuse "no 180" '"start":180,' 0
records refuse "its words" '"kind":"send".*SIP/2.0 403 Not today' 1
records refuse "its fields" '"kind":"send".*X-Why: a\\r\\nX-Why: b' 1
records refuse "its body" '"kind":"send".*Content-Type: text/plain.*\\r\\n\\r\\nno"' 1
records refuse "the INVITE's field and body" '"kind":"send".*INVITE .*Subject: lunch.*s=mine' 1

scene own <<'LUA'
bob:set { progress = "180" }
bob:on("invite", function(call) call:answer() end)
local n = 0
bob:on("reinvite", function(call)
	n = n + 1
	sleep "1s"
	if n == 1 then
		call:reject { code = 488, headers = { Warning = '399 bob "no"' } }
	elseif n == 2 then
		call:answer()
	end
end)
script(function()
	local call = alice:invite "sip:bob@192.0.2.3"
	wait(call, "confirmed")
	call:reinvite() sleep "2s"
	call:reinvite() sleep "2s"
	call:reinvite() sleep "500ms"
	call:send { method = "INFO", body = "zap",
		headers = { Foo = "bar", ["Content-Type"] = "application/x" } }
	sleep "1s"
	call:bye()
end)
LUA
records own "refused" '"kind":"send".*"rule":"reinvite-reject".*399 bob' 1
records own "accepted" '"kind":"send".*"rule":"reinvite".*"start":200,' 1
records own "100 meanwhile" '"kind":"send".*"start":100,' 3
records own "487 to the one that waits" '"kind":"send".*"rule":"bye-487"' 1
records own "INFO in the dialog" \
	'"kind":"send".*INFO sip:bob@192.0.2.3.*To: [^"]*tag=.*CSeq: 5 INFO.*zap"' 1

# Nor could it take an attribute away, as an empty value in a topology does.
scene away <<'LUA'
script(function()
	bob:set { forward = "sip:carol@192.0.2.9", no_answer = "5s" }
	note(tostring(bob.forward))
	bob:set { forward = "", no_answer = "" }
	note("then " .. tostring(bob.forward) .. " " .. tostring(bob.no_answer))
	note(tostring(pcall(function() bob:set { addr = "" } end)))
end)
LUA
records away "it is there" '"text":"sip:carol@192.0.2.9"' 1
records away "it is gone" '"text":"then nil nil"' 1
records away "an address stays" '"text":"false"' 1

scene early <<'LUA'
bob:set { progress = "180", answer = "never" }
script(function()
	local call = alice:invite "sip:bob@192.0.2.3"
	wait(call, "early")
	call:bye { now = true }
	local _, state = wait(call, "terminated", "5s")
	note("alice: " .. state)
end)
LUA
records early "BYE" '"kind":"send".*"start":"BYE"' 1
records early "no CANCEL" '"start":"CANCEL"' 0
records early "487" '"kind":"send".*"start":487,' 1
records early "over" 'alice: terminated' 1

scene before <<'LUA'
fault { method = "ACK", delay = "1s" }
bob:on("invite", function(call)
	call:answer()
	sleep "20ms"
	call:bye { now = true }
end)
script(function() alice:invite "sip:bob@192.0.2.3" end)
LUA
records before "BYE before the ACK" '"t":25000000,"node":"bob","kind":"send".*"start":"BYE"' 1

scene tcp <<'LUA'
script(function()
	alice:send { raw = "OPTIONS sip:bob@192.0.2.3 SIP/2.0\r\n", to = bob,
		transport = "tcp" }
	sleep "1s"
	alice:send { raw = "Via: SIP/2.0/TCP 192.0.2.2;branch=z9hG4bK1\r\n" ..
		"From: <sip:a@x>;tag=1\r\nTo: <sip:bob@192.0.2.3>\r\n" ..
		"Call-ID: 1\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n" ..
		"Content-Length: 0\r\n\r\n", to = bob, transport = "tcp" }
end)
LUA
records tcp "by TCP" '"kind":"send".*"rule":"raw-send".*"transport":"tcp"' 2
records tcp "answered" '"node":"bob","kind":"send".*"start":200,' 1

misspelt() { # NAME WORDS LINE
	printf '%s\n' 'lab { topology = "two.gv" }' \
		'local bob = node "bob"' "$3" > "$work/wrong.lua"
	says "$1" "$2" "$RUNG" run -q "$work/wrong.lua"
	fails "$1: status" 2 "$RUNG" run -q "$work/wrong.lua"
}
misspelt "attribute" 'wrong.lua:3: bob has no “anwser”; did you mean “answer”?' \
	'if bob.anwser then note "x" end'
misspelt "verb" "bob can't “invit”; did you mean “invite”?" 'bob:invit "x"'
misspelt "call" 'wrong.lua:3: “hold” is said of a call, not of bob' 'bob:hold()'
misspelt "link" 'a link has no verb “dwn”' 'link("alice", "bob"):dwn()'
misspelt "call's field" 'alice/1 has no “sate”; did you mean “state”?' \
	'script(function() note(node "alice":invite("bob@192.0.2.3").sate) end)'
scene unset <<'LUA'
if bob.answer == nil and bob.progress == "none" then note "as it should be" end
LUA
records unset "what is not set is nil" '"kind":"note".*as it should be' 1
finish
