#!/bin/sh
# A call whose INVITE goes by TCP goes on by TCP: ACK, re-INVITE and BYE of both
# sides, since the Contacts say so (RFC 3261 8.1.1.8, 12.1.1) or the phone likes
# TCP best (RFC 3263 4.1).
. tests/fixtures/check.sh

scene() { # NAME TOPOLOGY TARGET
	printf '%s\n' "$2" > "$work/$1.gv"
	cat > "$work/$1.lua" <<-LUA
	lab { topology = "$1.gv", duration = "20s" }
	local alice, bob = node "alice", node "bob"
	bob:on("invite", function(call)
		wait(call, "confirmed", "10s")
		sleep "1s"
		call:reinvite()
		wait(call, "terminated", "10s")
	end)
	script(function()
		local call = alice:invite "$3"
		wait(call, "confirmed", "10s")
		sleep "2s"
		call:reinvite()
		sleep "1s"
		call:bye()
	end)
	LUA
	ok "$1 runs" "$RUNG" run -q -o "$work/$1.rung" "$work/$1.lua"
}

# transports NAME NODE START: how NODE's messages with this start line go.
transports() {
	grep '"kind":"send"' "$work/$1.rung" | grep "\"src\":\"$2\"" |
		grep "\"start\":\"$3\"" |
		sed 's/.*"transport":"\([a-z]*\)".*/\1/' | sort -u | tr '\n' ' '
}

goes() { # NAME NODE START TRANSPORT
	seen=$(transports "$1" "$2" "$3")
	: > "$work/.output"
	if [ "$seen" = "$4 " ]; then good; else
		bad "$1: $3 of $2" "goes by '$seen' instead of $4"
	fi
}

# The URI asks for TCP; neither phone does.
scene uri 'graph { alice [role=ua, addr="192.0.2.2"];
	bob [role=ua, addr="192.0.2.3", answer="0s"]; alice -- bob }' \
	"sip:bob@192.0.2.3;transport=tcp"
# The caller likes TCP best, whatever the other side's Contact names.
scene attribute 'graph { alice [role=ua, addr="192.0.2.2", transport=tcp];
	bob [role=ua, addr="192.0.2.3", answer="0s", contact="sip:bob@192.0.2.3"];
	alice -- bob }' "sip:bob@192.0.2.3"
# Nobody does.
scene udp 'graph { alice [role=ua, addr="192.0.2.2"];
	bob [role=ua, addr="192.0.2.3", answer="0s"]; alice -- bob }' \
	"sip:bob@192.0.2.3"

for name in uri attribute; do
	for method in INVITE ACK BYE; do
		goes "$name" alice "$method" tcp
	done
	for method in INVITE ACK; do
		goes "$name" bob "$method" tcp
	done
done
for method in INVITE ACK BYE; do
	goes udp alice "$method" udp
done
goes udp bob INVITE udp
finish
