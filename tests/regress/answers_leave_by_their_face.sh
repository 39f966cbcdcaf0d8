#!/bin/sh
# A response leaves by the face that its request came to (RFC 3581 4, RFC 3261
# 18.2.2), also where no transaction says which that was: what a stateless proxy
# passes on, what a fault answers, a 2xx that comes again without its
# transaction, over TCP and UDP.  Each request goes to the outer address of a
# node, over the link that its inner address is of.
. tests/fixtures/check.sh

t=$work/t.jsonl
in=10.0.0.1 out=192.0.2.7
net() { # ROLE ATTRIBUTES
	cat > "$work/net.gv" <<-GV
	graph {
		alice [role=ua, addr="10.0.0.11"]
		s [role="$1", faces="inside=$in outside=$out"$2]
		bob [role=ua, addr="192.0.2.20", aor="sip:bob@b.example",
			answer="1s"]
		alice -- s:inside
		s:outside -- bob
	}
	GV
}
run() { # SCRIPT
	cat > "$work/lab.lua" <<-LUA
	lab { topology = "net.gv", duration = "70s" }
	local alice, s, bob = node "alice", node "s", node "bob"
	script(function()
	$1
	end)
	LUA
	ok "it runs" "$RUNG" run -q --detail=network "$work/lab.lua" -o "$t"
}
# answers NAME N WORDS: of what s sends to alice with WORDS so much comes from
# its outer face, and nothing from the inner one.
answers() {
	grep '"node":"s","kind":"send"' "$t" | grep -F '"dst":"alice"' |
		grep -F -e "$3" > "$work/.output"
	outer=$(grep -c "\"src_addr\":\"$out:" "$work/.output")
	inner=$(grep -c "\"src_addr\":\"$in:" "$work/.output")
	check_what=$1
	if [ "$outer" = "$2" ] && [ "$inner" = 0 ]; then good
	else bad "$1" "$outer from outside, $inner from inside"; fi
}

for by in udp tcp; do
	net proxy ', stateless=true'
	run "alice:send { method = 'OPTIONS', uri = 'sip:bob@192.0.2.20',
		to = '$out:5060', transport = '$by' }
	sleep '1s'
	alice:send { method = 'OPTIONS', uri = 'sip:bob@192.0.2.20',
		headers = 'Max-Forwards: 0', to = '$out:5060', transport = '$by' }
	sleep '1s'
	alice:send { method = 'OPTIONS', uri = 'sip:bob@192.0.2.20',
		to = '$in:5060', transport = '$by' }"
	grep -c '"text":"SIP/2.0 200' "$t" > "$work/.output"
	cp "$t" "$work/all"
	grep -v ' Max-Forwards: 0' "$work/all" | grep -v "\"src_addr\":\"$in" > "$t"
	answers "$by, passed on by a stateless proxy" 1 '"text":"SIP/2.0 200 OK'
	answers "$by, refused by it" 1 '"text":"SIP/2.0 483'
	cp "$work/all" "$t"
	# what came to the inner address, or takes the way it would take anyhow,
	# says no more than it did
	check_what="$by, arrived"
	n=$(grep '"node":"s","kind":"send"' "$t" |
		grep -c 'OPTIONS sip:bob.*;arrived=outside')
	ok "$by, the own Via says it once: $n" [ "$n" = 1 ]
	ok "$by, an inner request is answered from within" \
		[ "$(grep '"node":"s","kind":"send"' "$t" |
			grep "\"src_addr\":\"$in:" |
			grep -c '"text":"SIP/2.0 200 OK')" = 1 ]

	net ua ''
	run "alice:send { raw = 'OPTIONS sip:s@$out SIP/3.0\r\nVia: SIP/2.0/$(
		echo $by | tr a-z A-Z) 10.0.0.11;branch=z9hG4bKx\r\nFrom: <sip:a@a.example>;tag=1\r\nTo: <sip:s@$out>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n',
		to = '$out:5060', transport = '$by' }
	sleep '1s'"
	answers "$by, of another version" 1 '"text":"SIP/2.0 505'
	run "fault { src = 'alice', method = 'OPTIONS', respond = 503 }
	alice:send { method = 'OPTIONS', uri = 'sip:s@$out',
		to = '$out:5060', transport = '$by' }
	sleep '1s'"
	answers "$by, by a fault" 1 '"text":"SIP/2.0 503'
done

# A 2xx that comes again over one connection after another, none of which is
# taken.
net ua ', answer="2s"'
sed 's|addr="10.0.0.11"|faces="one=10.0.0.11/udp"|' "$work/net.gv" > "$work/udp.gv"
mv "$work/udp.gv" "$work/net.gv"
run "alice:invite('sip:s@$out;transport=tcp')
	sleep '1900ms'
	alice:crash()
	sleep '400ms'
	alice:restart()"
grep '"kind":"send".*"rule":"invite-2xx-again"' "$t" > "$work/again"
ok "it comes again" [ "$(wc -l < "$work/again")" -gt 5 ]
grep -v "\"src_addr\":\"$out:" "$work/again" > "$work/.output"
empty "from where its INVITE came to"

finish
