#!/bin/sh
# Trunks of two PBXs (topologies/trunk.gv, labs/sip-trunk): numbers, limits,
# emergency calls, codecs, and the server that has its turn when another fails.
. tests/fixtures/check.sh

t=$work/t.jsonl
# A script with the calls that standard input says: at, who, what.
trunk() { # DURATION OPTION…
	duration=$1
	shift
	{
		echo "lab { title = \"t\", topology = \"trunk.gv\", duration = \"$duration\" }"
		cat <<-'LUA'
			local function dial(when, who, target, length)
				at(when, function()
					local call = node(who):invite(target)
					if wait(call, "confirmed", "40s") then
						sleep(length or "1s")
						call:bye()
					end
				end)
			end
		LUA
		cat
	} > "$work/lab.lua"
	ok "a run of $duration" "$RUNG" run -q "$@" "$work/lab.lua" -o "$t"
}
sent() { # WHAT COUNT WORD…
	what=$1 want=$2
	shift 2
	n=$("$RUNG" show "$t" kind=send "$@" 2> /dev/null | grep -c .)
	ok "$what ($n)" [ "$n" = "$want" ]
}

# However it is dialled it is the same number on the trunk.
trunk 20s <<'X'
dial("1s", "alice", "sip:02988800201@a.example")
dial("4s", "alice", "sip:0086-29-8880-0201@a.example")
dial("7s", "alice", "sip:+86(29)88800201@a.example")
dial("10s", "alice", "tel:+86-29-8880-0201")
dial("13s", "alice", "sip:2@a.example")
X
n=$(grep -c '"src":"pbxa","dst":"sp1".*INVITE sip:+862988800201@sp.example;user=phone' "$t")
ok "four ways to dial, one number ($n)" [ "$n" = 4 ]
sent "what is no number" 1 src=pbxa dst=alice status=484
ok "who calls is told in E.164" grep -q \
	'"dst":"pbxb".*P-Asserted-Identity: <sip:+862155500101@sp.example>' "$t"

# Two lines; a third call, from inside or from outside, finds none, an emergency
# does; who is refused, gives up or hangs up leaves a line.
trunk 30s <<'X'
dial("1s", "alice", "sip:02988800201@a.example", "8s")
dial("2s", "anna", "sip:02988800202@a.example", "8s")
dial("4s", "alice", "sip:02988800202@a.example")
dial("5s", "bob", "sip:02155500102@b.example")
dial("6s", "alice", "sip:110@a.example")
dial("14s", "bob", "sip:02155500102@b.example")
dial("15s", "alice", "sip:02988800299@a.example")
dial("16s", "aldo", "sip:02988800201@a.example")
dial("17s", "alice", "sip:02988800201@a.example", "8s")
dial("18s", "anna", "sip:02988800202@a.example", "8s")
X
sent "no line for a call out" 1 src=pbxa dst=alice status=503
sent "no line for a call in" 1 src=pbxa status=486
sent "an emergency" 1 src=psap status=200 cseq=INVITE
sent "a codec that the trunk has not" 1 src=pbxa dst=aldo status=488
sent "calls that were answered" 5 src=pbxb status=200 cseq=INVITE
sent "one in" 1 src=anna status=200 cseq=INVITE

# Of a static trunk, too, an emergency goes on as it was dialled, and says so; a
# tel: URI goes where its number does.
trunk 20s <<'X'
dial("1s", "bob", "sip:110@b.example")
dial("4s", "bob", "tel:+86-21-5550-0102")
dial("9s", "bob", "tel:+862988800202")
X
ok "an emergency is marked" grep -q \
	'"src":"pbxb","dst":"sp1".*INVITE sip:110@sp.example.*Priority: emergency' "$t"
sent "and answered" 1 src=psap status=200 cseq=INVITE
ok "a tel: URI at a proxy" grep -q \
	'"src":"pbxb","dst":"sp1".*INVITE sip:+862155500102@sp.example' "$t"
sent "one of its own" 1 src=ben status=200 cseq=INVITE

# The first server says 503, or nothing: the second has its turn.
trunk 80s <<'X'
at("1s", function() node("sp1"):set { capacity = 0 } end)
dial("2s", "alice", "sip:02988800201@a.example")
at("10s", function() node("sp1"):crash() end)
dial("11s", "alice", "sip:02988800201@a.example")
X
sent "by the second server" 2 src=sp2 dst=pbxb method=INVITE
sent "and answered" 2 src=bob status=200 cseq=INVITE
ok "no clause is broken" "$RUNG" inspect "$t"

# None of them has time: the caller hears it, and the line is free again.
trunk 20s --set sp1.capacity=0 --set sp2.capacity=0 <<'X'
dial("1s", "alice", "sip:02988800201@a.example")
dial("3s", "alice", "sip:02988800201@a.example")
dial("5s", "alice", "sip:02988800201@a.example")
X
sent "nobody has time" 3 src=pbxa dst=alice status=500
finish
