#!/bin/sh
# What the program says of these records was once wrong, or said nothing: each
# sentence, with its rule, as it is to be (tests/golden/sentences-of-an-expert.txt).
. tests/fixtures/check.sh

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
	rfc5359-2.12 rfc5359-2.16 reliable-provisional cancel rfc5407-3.3.1 \
	handout-messages rfc3665-2.5 rfc3665-3.3 rfc5359-2.18 session-timer \
	rfc3842-4.1 strict-router rfc5359-2.8 handset-call dtmf \
	handset-malformed; do
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
	alice:send { method = "OPTIONS", uri = "sip:bob@192.0.2.3", to = "bob" }
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

# What the transport of a request is, by what the request is.
of "the way of a CANCEL" "$work/cancel.rung" '"kind":"send".*"rule":"cancel-send"'
of "the way of a proxy's CANCEL" "$work/cancel.rung" '"kind":"send".*"rule":"proxy-cancel"'
of "the way of an ACK for a refusal" "$work/rfc5407-3.3.1.rung" '"kind":"send".*"rule":"ict-ack"'
of "the way of any bytes" "$work/handout-messages.rung" '"kind":"send".*"rule":"raw-send"'
of "the way that a script says" "$work/two.rung" '"kind":"send".*"start":"OPTIONS"'

of "a registrar's challenge" "$work/rfc3665-2.5.rung" '"kind":"send".*"rule":"auth-401"'
of "a proxy's challenge" "$work/rfc3665-3.3.rung" '"kind":"send".*"rule":"auth-407"'
of "a BYE is answered" "$work/two.rung" '"kind":"call".*"from":"terminating"'
of "established, here confirmed" "$work/two.rung" '"kind":"dialog".*"from":"moratorium"'
of "an ACK through a proxy" "$work/two-proxies.rung" '"kind":"send".*"rule":"proxy-ack"'
of "a 2xx to a BYE through a proxy" "$work/two-proxies.rung" '"kind":"send".*"rule":"proxy-final".*"start":200'
of "a REFER that a script makes" "$work/rfc5359-2.18.rung" '"kind":"send".*"start":"REFER"'
of "a further 1xx, not to an INVITE" "$work/session-timer.rung" '"kind":"fsm".*"rule":"nict-1xx".*"from":"proceeding"'
of "a 199 after a ringing that was cancelled" "$work/sequential-forking.rung" '"kind":"call".*"rule":"early-ended"'
of "how long a controller waits" "$work/third-party.rung" '"kind":"timer".*"op":"set","name":"no-answer"'
of "when a session is refreshed" "$work/session-timer.rung" '"kind":"timer".*"rule":"session-refresh".*"op":"set"'
of "when a session is given up" "$work/session-timer.rung" '"kind":"timer".*"rule":"session-expired".*"op":"set"'
of "when a subscriber gives up" "$work/presence.rung" '"kind":"timer".*"rule":"subscribe-expired".*"op":"set"'
of "when a notifier gives up" "$work/presence.rung" '"kind":"timer".*"rule":"notify-timeout".*"op":"set"'
of "a SUBSCRIBE that ends the subscription" "$work/rfc3842-4.1.rung" '"kind":"send".*"rule":"subscribe-refreshed".*"cseq":"3'
of "a strict router's way" "$work/strict-router.rung" '"kind":"route".*"rule":"proxy-strict"'
of "a service's way" "$work/rfc5359-2.8.rung" '"kind":"route".*"how":"service"'
of "the way to a presence agent" "$work/presence.rung" '"kind":"route".*"how":"presence"'
of "a fork by a provisional response" "$work/rfc5359-2.8.rung" '"kind":"fsm".*"event":"fork"'
of "a subscription is refreshed by hand" "$work/rfc3842-4.1.rung" '"kind":"act".*"verb":"refresh"'
of "a handset answers a 407" "$work/handset-call.rung" '"kind":"call".*"from":"calling","state":"calling"'
of "a handset's 415" "$work/dtmf.rung" '"kind":"send".*"start":415'

# After a watchdog's reset a board starts again because of that, and the run's
# beginning has no part in it.
malformed=$work/handset-malformed.rung
reset=$(number "$malformed" '"what":"watchdog"')
ok "a reset leads to what the board does next" \
	grep -q "\"cause\":$reset,\"what\":\"uart\",\"text\":\"boot " "$malformed"
ok "and to its screen" \
	grep -q "\"cause\":$reset,\"what\":\"lcd\",\"text\":\"Menu " "$malformed"

# In a capture nobody says why an INVITE goes out again.
ok "session timers as a capture" "$RUNG" export "$work/session-timer.rung" \
	--format=pcapng -o "$work/timers.pcapng"
ok "the capture as a trace" "$RUNG" export -f trace "$work/timers.pcapng" -o "$work/timers.rung"
of "captured: again after a 422" "$work/timers.rung" '"kind":"call".*"rule":"session-longer"'
of "captured: a 2xx through a proxy, not to an INVITE" "$work/timers.rung" '"kind":"send".*"rule":"proxy-final".*"start":200'

"$RUNG" explain "$work/two.rung" "$(number "$work/two.rung" '"kind":"note"')" |
	head -n 2 >> "$work/said"
same "what is said" tests/golden/sentences-of-an-expert.txt "$work/said"
finish
