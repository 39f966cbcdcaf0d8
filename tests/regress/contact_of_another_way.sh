#!/bin/sh
# The Contact of a request outside of dialogs is at the face that the request goes
# from, also when that is another than was guessed, since the first outbound proxy
# is gone (RFC 3261 8.1.1.8, RFC 3263 4.3): of REGISTER, SUBSCRIBE, REFER, OPTIONS
# and INVITE alike.  What a script has written stays; what was bound that way is
# what a later REGISTER takes away (10.2.2), whichever way that goes.
. tests/fixtures/check.sh

t=$work/t.jsonl
cat > "$work/net.gv" <<'X'
graph {
	domain="a.example"
	carol [role=ua, faces="first=10.0.0.9 second=192.0.2.9", outbound="one two"]
	one [role=proxy, faces="near=10.0.0.1 far=198.51.100.1"]
	two [role=proxy, faces="near=192.0.2.1 far=198.51.100.2"]
	home [role="proxy registrar location", addr="198.51.100.9", inbound=true]
	dan [role=ua, addr="198.51.100.20", refer=anywhere, answer="1s"]
	carol:first -- one:near; carol:second -- two:near
	net
	{ one:far two:far home dan } -- net
}
X
run() { # SCRIPT
	cat > "$work/lab.lua" <<-LUA
	lab { topology = "net.gv", duration = "400s" }
	local carol, dan, one = node "carol", node "dan", node "one"
	script(function()
	$1
	end)
	LUA
	fails "$what: it runs" 0 timeout "$patience" "$RUNG" run -q \
		"$work/lab.lua" --set carol.transport="$by" -o "$t"
}
# has METHOD TO CONTACT N: so many requests of carol's to a node have it.
has() {
	grep '"kind":"send"' "$t" | grep "\"src\":\"carol\",\"dst\":\"$2\"" |
		grep "\"text\":\"$1 " | grep -v '"retx":' > "$work/.output"
	n=$(grep -cF "Contact: $3" "$work/.output")
	all=$(wc -l < "$work/.output" | tr -d ' ')
	if [ "$n $all" = "$4 $4" ]; then good
	else bad "$what: $1 to $2" "$n of $all, not $4, with $3"; fi
}
bound() { # N
	n=$(grep '"kind":"binding"' "$t" | awk '
		/"op":"add"/ { match($0, /"contact":"[^"]*"/)
			has[substr($0, RSTART, RLENGTH)] = 1 }
		/"op":"remove"/ { match($0, /"contact":"[^"]*"/)
			delete has[substr($0, RSTART, RLENGTH)] }
		END { for (c in has) n++; print n + 0 }')
	ok "$what: $1 bindings are left, not $n" [ "$n" = "$1" ]
}

for by in udp tcp; do
	[ $by = tcp ] && with=';transport=tcp' || with=
	near="<sip:carol@10.0.0.9:5060$with>" far="<sip:carol@192.0.2.9:5060$with>"

	what="$by, registering"
	run 'carol:register {}
	wait(carol, "registered")
	one:crash()
	carol:register {}
	sleep "40s"
	one:restart()
	carol:unregister()
	wait(carol, "unregistered")'
	has REGISTER two "$far" 1
	grep '"text":"REGISTER ' "$t" | grep '"src":"carol","dst":"one"' |
		tail -n 1 | grep -vF "Contact: $far;expires=0" > "$work/.output"
	empty "$what: it takes away what it has bound"
	bound 1 # of before the crash, until that expires

	what="$by, refreshing"
	run 'one:crash()
	carol:register { expires = "100s" }
	wait(carol, "registered")
	sleep "120s"'
	has REGISTER two "$far" 4
	bound 1

	what="$by, asking"
	run 'one:crash()
	carol:subscribe("sip:dan@198.51.100.20", { event = "dialog" })
	sleep "100s"
	carol:options "sip:dan@198.51.100.20"
	sleep "40s"
	carol:refer("sip:dan@198.51.100.20", "sip:home@198.51.100.9")
	sleep "40s"
	carol:invite "sip:dan@198.51.100.20"
	sleep "40s"'
	has SUBSCRIBE one "$near" 1
	has SUBSCRIBE two "$far" 1
	has OPTIONS two "$far" 1
	has REFER two "$far" 1
	has INVITE two "<sip:carol@192.0.2.9:5060" 1
	grep '"kind":"send"' "$t" | grep '"src":"dan"' | grep '"text":"NOTIFY ' |
		grep -v 'NOTIFY sip:carol@192\.0\.2\.9' > "$work/.output"
	empty "$what: NOTIFYs go there"

	what="$by, another's"
	run 'one:crash()
	carol:register { contact = "sip:carol@10.0.0.9:5060" }
	sleep "40s"'
	has REGISTER two "<sip:carol@10.0.0.9:5060>" 1
done
finish
