#!/bin/sh
# An offer is judged by its c= lines, not by the family of the hop that it came
# by: who has an address of that family, at another face, answers with that one
# (RFC 3264 6, RFC 6157 4), goes on with it in later offers, and refuses what no
# face of it reaches (RFC 3261 20.43: Warning 301).
. tests/fixtures/check.sh

t=$work/t.jsonl
# One phone with a face in each family, and one in each; the proxy talks to the
# first by one of them alone, $by.
net() { # FACE LINK
	cat > "$work/net.gv" <<-GV
	graph {
		domain="a.example"
		edge [loss="$loss"]
		carol [role=ua, faces="six=2001:db8::1 four=192.0.2.1"]
		dan [role=ua, addr="192.0.2.2", answer="1s", outbound=reg]
		erin [role=ua, addr="2001:db8::2", answer="1s", outbound=reg]
		reg [role="proxy registrar location",
		     faces="four=192.0.2.9 six=2001:db8::9"]
		r4; r6 [addr="2001:db8::ff"]
		carol:four -- r4 -- dan
		carol:six -- r6 -- erin
		reg:four -- r4
		r6 -- reg:six
	}
	GV
}
run() { # SCRIPT
	cat > "$work/lab.lua" <<-LUA
	lab { topology = "net.gv", duration = "200s" }
	local carol, dan, erin = node "carol", node "dan", node "erin"
	script(function()
	carol:register { contact = "$contact" }
	sleep "5s"
	$1
	end)
	LUA
	ok "$by, $loss: it runs" "$RUNG" run -q "$work/lab.lua" -o "$t"
}
# have NAME N WORDS …: so many different records that carol sends have all.
have() {
	name=$1 n=$2
	shift 2
	grep '"kind":"send"' "$t" | grep -v '"retx"' | grep '"src":"carol"' > "$work/.output"
	for word; do
		grep -F -e "$word" "$work/.output" > "$work/some"
		mv "$work/some" "$work/.output"
	done
	found=$(wc -l < "$work/.output" | tr -d ' ')
	if [ "$found" = "$n" ]; then good
	else bad "$by, $loss: $name" "$found instead of $n"; fi
}

for loss in 0% 10%; do
	for by in six four; do
		case $by in
		six) contact='sip:carol@[2001:db8::1]' who=dan sdp='IP4 192.0.2.1' ;;
		*) contact='sip:carol@192.0.2.1' who=erin sdp='IP6 2001:db8::1' ;;
		esac
		net
		run "local hers
		carol:on('invite', function(call)
			hers = call
			sleep '1s'
			call:answer()
		end)
		local c = $who:invite('sip:carol@a.example')
		wait(c, 'confirmed')
		sleep '2s'
		hers:hold() sleep '40s'
		hers:resume() sleep '40s'
		c:hold() sleep '40s'
		c:bye()"
		have "refused" 0 '"text":"SIP/2.0 488'
		have "her answer" 1 '"text":"SIP/2.0 200 OK' '"cseq":"1 INVITE"' \
			"c=IN $sdp" "Contact: <$contact"
		have "its origin" 1 '"text":"SIP/2.0 200 OK' '"cseq":"1 INVITE"' \
			"1 IN $sdp"
		have "her own offers" 2 '"text":"INVITE ' "c=IN $sdp"
		have "her answer to another" 1 '"text":"SIP/2.0 200 OK' \
			'"cseq":"2 INVITE"' "c=IN $sdp"
	done
done

# Nobody else: who has the one family refuses the other.
loss=0% by=six contact='sip:carol@[2001:db8::1]'
net
run "dan:invite('sip:erin@[2001:db8::2]')
	sleep '5s'"
sed 's/"src":"erin"/"src":"carol"/' "$t" > "$work/erin"
mv "$work/erin" "$t"
have "no face of that family" 1 '"text":"SIP/2.0 488' 'Warning: 301 '
finish
