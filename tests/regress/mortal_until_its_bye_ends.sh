#!/bin/sh
# RFC 5407 2: a dialog is mortal from a BYE that is sent or received until that
# BYE's transaction has ended.  A BYE that crosses it late still gets its 200;
# who gets a BYE is mortal, too; over TCP, where Timers J and K are 0, it is over
# at once; and captures show the same.
. tests/fixtures/check.sh

two() { # TRANSPORT
	cat > "$work/two.gv" <<GV
graph { alice [role=ua, addr="192.0.2.2", transport=$1];
	bob [role=ua, addr="192.0.2.3", transport=$1, answer="0s"];
	alice -- bob [delay="10ms"] }
GV
}

trace() { # NAME, script on standard input
	cat > "$work/$1.lua"
	ok "$1 runs" "$RUNG" run -q -o "$work/$1.rung" "$work/$1.lua"
}

count() { # WHAT TRACE PATTERN COUNT
	seen=$(grep -c -e "$3" "$work/$2.rung")
	"$RUNG" show "$work/$2.rung" > "$work/.output"
	if [ "$seen" = "$4" ]; then good; else
		bad "$1" "$seen times instead of $4"
	fi
}

# The steps of NODE's dialog from its BYE on, with the event that caused each.
goes() { # TRACE NODE STEPS
	seen=$(awk -v node="\"node\":\"$2\"" '
		function of(name) {
			if (!match($0, "\"" name "\":\"?[^\",]*"))
				return ""
			word = substr($0, RSTART, RLENGTH)
			sub(/.*:"?/, "", word)
			return word
		}
		{ event[of("seq")] = of("event") }
		index($0, node) && /"kind":"dialog"/ {
			if (of("to") == "mortal")
				printf "mortal "
			if (of("to") == "terminated")
				printf "terminated(%s) ", event[of("cause")]
		}' "$work/$1.rung")
	"$RUNG" show "$work/$1.rung" > "$work/.output"
	if [ "$seen" = "$3 " ]; then good; else
		bad "$2's dialog in $1" "$seen instead of $3"
	fi
}

crossing='
local alice, bob = node "alice", node "bob"
local other
bob:on("invite", function(call) other = call end)
script(function()
	local call = alice:invite "sip:bob@192.0.2.3"
	wait(call, "confirmed", "10s")
	sleep "2s"
	call:bye()
	other:bye()
end)'

# ---- a BYE that crosses 300 ms late ----
two udp
trace late <<LUA
lab { topology = "two.gv" }
fault { method = "BYE", src = "bob", delay = "300ms" }
$crossing
LUA
count "both BYEs get a 200" late '"kind":"send".*"start":200,"cseq":"[0-9]* BYE"' 2
count "no 481" late '"start":481' 0
goes late alice "mortal terminated(Timer J)"
goes late bob "mortal terminated(Timer J)"

# 7 s late: Alice's own BYE is over since 5 s, and her dialog with it.
trace over <<LUA
lab { topology = "two.gv" }
fault { method = "BYE", src = "bob", delay = "7s" }
$crossing
LUA
count "a BYE after Timer K gets a 481" over '"node":"alice","kind":"send".*"rule":"dialog-none".*"start":481' 1
goes over alice "mortal terminated(Timer K)"

# ---- one BYE: who sends it, who gets it ----
one='
local alice, bob = node "alice", node "bob"
script(function()
	local call = alice:invite "sip:bob@192.0.2.3"
	wait(call, "confirmed", "10s")
	sleep "2s"
	call:bye()
end)'
trace once <<LUA
lab { topology = "two.gv" }
$one
LUA
goes once alice "mortal terminated(Timer K)"
goes once bob "mortal terminated(Timer J)"

# Nobody answers it: Timer F ends its transaction.
trace unheard <<LUA
lab { topology = "two.gv" }
fault { method = "BYE", drop = true }
$one
LUA
goes unheard alice "mortal terminated(Timer F)"

# The ACK that comes after it begins nothing.
trace ack <<LUA
lab { topology = "two.gv" }
fault { method = "ACK", nth = 1, delay = "3s" }
local alice, bob = node "alice", node "bob"
script(function()
	local call = alice:invite "sip:bob@192.0.2.3"
	wait(call, "confirmed", "10s")
	sleep "200ms"
	call:bye()
end)
LUA
goes ack bob "mortal terminated(Timer J)"
count "the late ACK is of no use" ack '"node":"bob","kind":"drop".*"rule":"ack-mortal"' 1

# ---- over TCP both timers are 0 ----
two tcp
trace tcp <<LUA
lab { topology = "two.gv" }
$one
LUA
goes tcp alice "mortal terminated(Timer K)"
goes tcp bob "mortal terminated(Timer J)"
# Its BYE comes over a connection of its own, which takes longer.
trace tcplate <<LUA
lab { topology = "two.gv" }
$crossing
LUA
count "one BYE gets a 200 over TCP" tcplate '"kind":"send".*"start":200,"cseq":"[0-9]* BYE"' 1
count "the later one finds no dialog" tcplate \
	'"node":"alice","kind":"send".*"rule":"dialog-none".*"start":481' 1

# ---- a subscription that outlives the session keeps the dialog ----
two udp
trace shared <<'LUA'
lab { topology = "two.gv" }
local alice, bob = node "alice", node "bob"
bob:on("invite", function(call)
	wait(call, "confirmed", "10s")
end)
script(function()
	local call = alice:invite "sip:bob@192.0.2.3"
	wait(call, "confirmed", "10s")
	sleep "1s"
	call:transfer "sip:nobody@192.0.2.2"
	sleep "15ms"
	call:bye()
end)
LUA
goes shared alice "mortal terminated(Timer K)"
count "with the last usage it is mortal" shared \
	'"kind":"dialog".*"rule":"dialog-unsubscribed".*"to":"mortal"' 2

# ---- the same of a capture of it, that goes on for as long ----
trace latelong <<LUA
lab { topology = "two.gv" }
fault { method = "BYE", src = "bob", delay = "300ms" }
$crossing
script(function()
	sleep "40s"
	alice:options "sip:bob@192.0.2.3"
end)
LUA
trace oncelong <<LUA
lab { topology = "two.gv" }
$one
script(function()
	sleep "40s"
	alice:options "sip:bob@192.0.2.3"
end)
LUA
for name in latelong oncelong; do
	ok "$name as packets" "$RUNG" export "$work/$name.rung" -o "$work/$name.pcapng"
	ok "$name as a capture" "$RUNG" import "$work/$name.pcapng" -o "$work/seen.rung"
	mv "$work/seen.rung" "$work/seen-$name.rung"
done
goes seen-latelong 192.0.2.2 "mortal terminated(Timer J)"
goes seen-latelong 192.0.2.3 "mortal terminated(Timer J)"
goes seen-oncelong 192.0.2.2 "mortal terminated(Timer K)"
goes seen-oncelong 192.0.2.3 "mortal terminated(Timer J)"
finish
