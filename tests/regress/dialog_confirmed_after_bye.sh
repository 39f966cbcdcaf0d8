#!/bin/sh
# A dialog is confirmed no longer once a BYE was sent (RFC 3261 15.1.1; RFC 5407 2:
# mortal), and is in moratorium between the 2xx and its ACK: as records, in what
# show --at says, in the machine's table, and in the reason of a 481.
. tests/fixtures/check.sh

cat > "$work/two.gv" <<'GV'
graph { alice [role=ua, addr="192.0.2.2"];
	bob [role=ua, addr="192.0.2.3", answer="0s"];
	alice -- bob }
GV
cat > "$work/bye.lua" <<'LUA'
lab { topology = "two.gv", duration = "60s" }
local alice, bob = node "alice", node "bob"
-- Bob hears of the BYE late, and asks for something meanwhile.
fault { method = "BYE", delay = "2s" }
fault { method = "ACK", delay = "1s" }
bob:on("invite", function(call)
	wait(call, "confirmed", "10s")
	sleep "3s"
	call:reinvite()
end)
script(function()
	local call = alice:invite "sip:bob@192.0.2.3"
	wait(call, "confirmed", "10s")
	sleep "3s"
	call:bye()
end)
LUA
ok "runs" "$RUNG" run -q -o "$work/bye.rung" "$work/bye.lua"

steps() { # NODE
	grep '"kind":"dialog"' "$work/bye.rung" | grep "\"node\":\"$1\"" |
		sed 's/.*"from":"\([a-z]*\)","to":"\([a-z]*\)".*/\1-\2/' | tr '\n' ' '
}

goes() { # NODE STEPS
	seen=$(steps "$1")
	"$RUNG" show "$work/bye.rung" > "$work/.output"
	if [ "$seen" = "$2 " ]; then good; else
		bad "$1's dialog" "$seen instead of $2"
	fi
}
goes alice "none-moratorium moratorium-confirmed confirmed-mortal mortal-terminated"
# Its re-INVITE gets the 481, so it hangs up as well.
goes bob "none-moratorium moratorium-confirmed confirmed-mortal mortal-terminated"

state_at() { # TIME NODE STATE
	"$RUNG" show "$work/bye.rung" --at="$1" > "$work/.output"
	if sed -n "/^$2 /,/^[a-z]/p" "$work/.output" |
		sed -n "/^Dialogs/,/^\$/p" | grep -q " $3 .*since"; then good; else
		bad "show --at=$1" "$2 has no dialog in the state $3"
	fi
}
state_at 4s alice mortal
state_at 500ms bob moratorium
state_at 2s bob confirmed

count() { # WHAT PATTERN COUNT
	seen=$(grep -c "$2" "$work/bye.rung")
	"$RUNG" show "$work/bye.rung" > "$work/.output"
	if [ "$seen" = "$3" ]; then good; else
		bad "$1" "$seen times instead of $3"
	fi
}
count "the 481 says that BYE was sent" \
	'"node":"alice","kind":"send".*"rule":"dialog-mortal".*"start":481' 1
count "ACK makes it established" '"kind":"dialog".*"rule":"dialog-established"' 2
count "BYE makes it mortal" '"kind":"dialog".*"rule":"dialog-bye"' 2

ok "the machine's figure" "$RUNG" export --machine=dialog -o "$work/dialog.gv"
for state in moratorium mortal; do
	says "the machine's table has $state" "$state" cat "$work/dialog.gv"
done
finish
