#!/bin/sh
# A re-INVITE that comes before the ACK: 500 only while the final response to the
# first INVITE was not sent (RFC 3261 14.2); 200 once it was (RFC 5407 3.1.4); 491
# where that 2xx has an offer without its answer (3.1.5).  The side that asked
# takes 491 and Retry-After as what they are (14.1, 20.33).
. tests/fixtures/check.sh

cat > "$work/two.gv" <<'GV'
graph { alice [role=ua, addr="192.0.2.2"];
	bob [role=ua, addr="192.0.2.3", answer="0s"];
	alice -- bob }
GV

scene() { # NAME FAULT SDP
	cat > "$work/$1.lua" <<-LUA
	lab { topology = "two.gv", duration = "60s" }
	local alice = node "alice"
	$2
	script(function()
		local call = alice:invite("sip:bob@192.0.2.3", { sdp = $3 })
		wait(call, "confirmed", "10s")
		call:reinvite()
		sleep "20s"
		note("then: " .. call.state)
		call:bye()
	end)
	LUA
	ok "$1 runs" "$RUNG" run -q -o "$work/$1.rung" "$work/$1.lua"
	"$RUNG" show "$work/$1.rung" > "$work/$1.txt"
}

records() { # NAME WHAT PATTERN COUNT
	seen=$(grep -c "$3" "$work/$1.rung")
	cp "$work/$1.txt" "$work/.output"
	if [ "$seen" = "$4" ]; then good; else
		bad "$1: $2" "$seen times instead of $4"
	fi
}

# The ACK is lost once: the first 2xx comes again and is acknowledged again.
lost='fault { method = "ACK", nth = 1, drop = true }'
scene answered "$lost" true
records answered "no 500" '"start":500,' 0
records answered "no 491" '"start":491,' 0
records answered "the rule" '"kind":"send".*"rule":"reinvite-moratorium"' 1
records answered "all ACKs" '"kind":"send".*"start":"ACK"' 3
records answered "the call stands" 'then: confirmed' 1
# Both have no ACK yet: two 2xx are repeated, each until its own ACK.
scene both 'fault { method = "ACK", drop = true, first = true }
	fault { method = "ACK", nth = 1, drop = true }' true
records both "the call stands" 'then: confirmed' 1
records both "repeated" '"kind":"send".*"rule":"invite-2xx-again"' 2
# The 2xx has the offer, the ACK its answer.
scene offered "$lost" false
records offered "491" '"kind":"send".*"rule":"reinvite-offered"' 1
records offered "again later" '"op":"fire","name":"glare"' 1
records offered "then 200" '"kind":"send".*"rule":"reinvite"' 1
records offered "the call stands" 'then: confirmed' 1
# A 500 with Retry-After is for so many seconds, without it for good.
scene later 'fault { status = 200, cseq = "INVITE", src = "bob", nth = 2,
	rewrite = function(text)
		return (text:gsub("200 OK", "500 Not now\r\nRetry-After: 7"))
	end }' true
records later "the rule" '"kind":"call".*"rule":"reinvite-retry"' 1
records later "7 s later" '"t":7[0-9]*,.*"kind":"send".*"rule":"reinvite-send"' 1
scene never 'fault { status = 200, cseq = "INVITE", src = "bob", nth = 2,
	rewrite = function(text)
		return (text:gsub("200 OK", "500 Not now"))
	end }' true
records never "refused" '"kind":"call".*"rule":"reinvite-refused"' 1
records never "once only" '"kind":"send".*"rule":"reinvite-send"' 1
finish
