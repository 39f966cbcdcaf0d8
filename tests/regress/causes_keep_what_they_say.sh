# What the telephone network says arrives as it was said: location and diagnostics of a
# cause through gateways and exchanges, a new number as 301 (RFC 3398 7.2.4.1, RFC 8606),
# a local number without a country code, how a check ended, why a seizure was discarded.
. tests/fixtures/check.sh

cp topologies/telephone-networks.gv topologies/telephone-networks.lua "$work"
play() { # WHAT OPTION…
	cat > "$work/lab.lua" << EOF
lab { title = "Causes", topology = "telephone-networks.gv", duration = "40s" }
local switcha, ngw1, alice = node "switcha", node "ngw1", node "alice"
script(function()
	sleep "1s"
	$1
	sleep "20s"
end)
EOF
	shift
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" "$@"
}
show() {
	"$RUNG" show "$work/t.jsonl" "$@" | tr -s ' '
}

# ---- a number that has changed ----

moved='--set switchb.refuses=2125553333:22:9185554444'
call='alice:invite "sip:+12125553333@a.example.com"'
play "$call" $moved
says "301 of it" "ngw1 send 301 Moved Permanently" show kind=send
says "with the new number" "Contact: <sip:+19185554444@a.example.com;user=phone>" \
	show -m status=301
says "and its location" "Reason: Q.850;cause=22;location=LN" show -m status=301
says "the caller goes there" "INVITE sip:+19185554444@a.example.com;user=phone" \
	show -m method=INVITE
says "who answers" "switchc send ANM" show kind=send
rel=$(show kind=send method=REL node=switchb | awk 'NR == 1 { print $1 }')
says "the diagnostics in words" "new number: 9185554444" show "$rel"
says "what a gateway makes of it" "status 301" show "$rel"
says "in an explanation" "status 301" sh -c '"$RUNG" explain "$1" "$2" | tr -s " \n" " "' \
	- "$work/t.jsonl" "$rel"
play "$call" --set switchb.refuses=2125553333:22
says "410 without a number" "ngw1 send 410 Gone" show kind=send
fails "a number of another cause" 2 "$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" \
	--set switchb.refuses=2125553333:17:9185554444

# From one telephone network to the other: what the REL says, by SIP.
play 'switcha:dial "0012125553333"' --set switchb.refuses=2125553333:27 \
	--set 'ngw1.routes=314:switcha'
play 'switcha:dial "0019185554444"' --set switchc.refuses=9185554444:27
says "said by LN" "Reason: Q.850;cause=27;location=LN" show -m status=502
rel=$(show kind=send method=REL node=ngw1 | awk 'NR == 1 { print $1 }')
says "still said by LN" "(LN)." show "$rel"

# ---- diagnostics ----

parse() { # OCTETS of the cause indicators
	printf '%b' "BYE sip:a@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKx\r
Max-Forwards: 70\r\nTo: <sip:a@192.0.2.1>;tag=1\r\nFrom: <sip:b@192.0.2.2>;tag=2\r
Call-ID: x\r\nCSeq: 2 BYE\r\nContent-Type: application/ISUP;version=itu-t92+\r
Content-Length: $1\r\n\r\n$2" > "$work/bye"
	"$RUNG" parse "$work/bye" | tr -s ' \n' ' '
}
says "22" "status 301" parse 14 '\014\002\000\010\202\226\004\004\003\020\041\003'
says "22, its number" "new number: 1230" parse 14 '\014\002\000\010\202\226\004\004\003\020\041\003'
says "16" "condition: permanent" parse 7 '\014\002\000\003\202\220\201'
says "17" "(CCBS): possible" parse 7 '\014\002\000\003\202\221\201'
says "102" "timer: 307" parse 9 '\014\002\000\005\202\346\063\060\067'
says "99" "information elements: 04 7f" parse 8 '\014\002\000\004\202\343\004\177'
says "another" "octets of diagnostics: 1" parse 7 '\014\002\000\003\202\231\001'

# ---- numbers, checks, seizures ----

play 'switcha:dial "77777"'
says "a local number" "INVITE sip:77777;phone-context=+1@a.example.com" show -m method=INVITE
play 'switcha:dial "3145551111"'
says "a national one" "INVITE sip:+13145551111@a.example.com" show -m method=INVITE
play 'switcha:dial("31455", { later = "51111" })'
says "and its digits one by one" "INVITE sip:+1314555" show -m method=INVITE

play 'switcha:dial "0019725552222"' --set switcha.continuity=good
says "a good check" "COT good (CIC" show -l
play 'switcha:dial "0019725552222"' --set switcha.continuity=bad
says "a bad one" "COT failed (CIC" show -l

play "$call sleep '7ms' node('switchb'):dial '0019725552222'" \
	--set switchb.trunks=ngw1:5 --set 'ngw1.trunks=switchb:5'
says "one is discarded" "both have seized this circuit" show kind=drop
says "what the other does" "other side's takes another circuit (Q.764 2.9.1.4)" \
	sh -c '"$RUNG" explain "$1" "$("$RUNG" show "$1" kind=drop |
		awk "NR == 1 { print \$1 }")" | tr -s " \n" " "' - "$work/t.jsonl"
finish
