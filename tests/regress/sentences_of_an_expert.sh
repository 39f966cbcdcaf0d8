#!/bin/sh
# What the program says of these records was once wrong, or said nothing: each
# sentence, with its rule, as it is to be (tests/golden/sentences-of-an-expert.txt).
. tests/check.sh

said() { # WHAT FILE RECORD: the record's own sentence and rule
	echo "## $1"
	"$RUNG" explain "$2" "$3" 2>&1 | awk '/^ *1\. /{on = 1} /^ *2\. /{exit} on' |
		sed -e 's/^ *1\. *#[0-9]* *[0-9.]* s *//' -e 's/^  *//'
}

number() { # TRACE PATTERN: the first record that has it
	grep -e "$2" "$1" | head -n 1 | sed 's/^{"seq":\([0-9]*\),.*/\1/'
}

of() { # WHAT TRACE PATTERN
	said "$1" "$2" "$(number "$2" "$3")" >> "$work/said"
}

lab() { # NAME
	trace_of "labs/$1" protocol "$work/$1.rung"
}

for name in keep-alive third-party presence registration-events two-proxies \
	rfc5359-2.13 rfc5407-3.2.1 sequential-forking stateless-proxy rfc3311-8 \
	rfc5359-2.12 rfc5359-2.16 reliable-provisional; do
	lab "$name"
done

cat > "$work/two.gv" <<'GV'
graph { alice [role=ua, addr="192.0.2.2"];
	bob [role=ua, addr="192.0.2.3", answer="1s"];
	alice -- bob [delay="10ms"] }
GV
cat > "$work/two.lua" <<'LUA'
lab { topology = "two.gv" }
local alice, bob = node "alice", node "bob"
script(function()
	note "here it begins."
	local call = alice:invite "sip:bob@192.0.2.3"
	wait(call, "confirmed", "10s")
	sleep "1s"
	call:send { method = "INFO" }
	sleep "1s"
	call:bye()
end)
LUA
ok "a call with an INFO runs" "$RUNG" run -q -o "$work/two.rung" "$work/two.lua"

of "a NOTIFY's 200" "$work/presence.rung" '"kind":"send".*"rule":"notify-recv"'
of "what a NOTIFY's body tells" "$work/presence.rung" '"kind":"note".*"rule":"notify-'
of "a proxy's OPTIONS" "$work/keep-alive.rung" '"kind":"send".*"rule":"options-server"'
of "mortal, by a BYE that is sent" "$work/rfc5407-3.2.1.rung" '"to":"mortal"'
of "mortal, by one that comes" "$work/two.rung" '"node":"bob".*"to":"mortal"'
of "no more" "$work/two.rung" '"kind":"dialog".*"to":"terminated"'
of "moratorium at the called side" "$work/two.rung" '"node":"bob","kind":"dialog".*"to":"moratorium"'
of "moratorium at the caller" "$work/rfc5407-3.2.1.rung" '"node":"alice","kind":"dialog".*"to":"moratorium"'
of "bindings that are read" "$work/registration-events.rung" '"kind":"lookup".*"op":"fetch'
of "an INFO without a body" "$work/two.rung" '"start":200,"cseq":"[0-9]* INFO"'
of "ring_time" "$work/sequential-forking.rung" '"rule":"proxy-ring-time"'
of "whom a controller connects" "$work/third-party.rung" '"verb":"connect"'
of "where a 305 leads" "$work/rfc5359-2.13.rung" '"kind":"send".*"rule":"redirect-use-proxy"'
of "the copy that is forwarded" "$work/stateless-proxy.rung" '"rule":"proxy-forward"'
of "a proxy's 100" "$work/two-proxies.rung" '"rule":"proxy-100"'
of "a phone's 100" "$work/rfc3311-8.rung" '"kind":"timer".*"op":"set","name":"100"'
of "one more provisional response" "$work/sequential-forking.rung" '"kind":"fsm".*"rule":"ict-1xx".*"from":"proceeding"'
of "Timer E is stopped" "$work/two.rung" '"kind":"timer".*"op":"stop","name":"E"'
of "a 2xx to a SUBSCRIBE" "$work/presence.rung" '"kind":"fsm".*"rule":"refer-2xx"'
of "not disturbed" "$work/rfc5359-2.12.rung" '"rule":"invite-not-disturbed"'
of "lost by a fault" "$work/reliable-provisional.rung" '"kind":"drop".*"reason":"fault"'
of "the last NOTIFY" "$work/presence.rung" '"kind":"fsm".*"event":"NOTIFY terminated"'
of "an exchange that is over" "$work/two.rung" '"kind":"fsm".*"event":"end"'
of "answered without having rung" "$work/rfc5359-2.16.rung" '"kind":"call".*"rule":"invite-accept".*"from":"proceeding"'
of "a remark of the script" "$work/two.rung" '"verb":"note"'
"$RUNG" explain "$work/two.rung" "$(number "$work/two.rung" '"kind":"note"')" |
	head -n 2 >> "$work/said"
same "what is said" tests/golden/sentences-of-an-expert.txt "$work/said"
finish
