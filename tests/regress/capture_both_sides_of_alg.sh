# An application layer gateway writes other addresses into what passes its NAT.
# A capture on both sides has each message twice, and they were two: the phone
# behind it seemed to acknowledge with another Request-URI, to use a nonce twice,
# to get its media elsewhere than it wants them; in the run nobody seemed to
# answer what the server had got.  What is wrong in the same captures is found.
. tests/fixtures/check.sh
. tests/fixtures/made_pcap.sh
LC_ALL=C
export LC_ALL

rules() { # FILE: those of its errors and warnings, a line each
	"$RUNG" inspect "$1" | sed -n '/^Clauses/q;s/^\(error\|warning\) .* //p' |
		sort
}

for lab in nat-alg one-way-audio; do
	"$RUNG" run -q "labs/$lab" -o "$work/$lab.jsonl"
	"$RUNG" export "$work/$lab.jsonl" -o "$work/$lab.pcapng" 2> "$work/said"
done
rules "$work/nat-alg.jsonl" > "$work/out"
same "a gateway that means well breaks no rule of SIP" /dev/null "$work/out"
rules "$work/nat-alg.pcapng" > "$work/out"
same "nor does its capture show any broken" /dev/null "$work/out"
says "as many messages as were sent" "messages: 25" \
	"$RUNG" inspect "$work/nat-alg.pcapng"
printf 'media-heard\nmedia-private\n' > "$work/want"
for of in jsonl pcapng; do
	rules "$work/one-way-audio.$of" > "$work/out"
	same "$of: the one that can't be heard, and why" "$work/want" "$work/out"
done

# What an ALG leaves alone, changed alike on both sides of it.
planted() { # WHAT RULE SED
	sed "$3" "$work/nat-alg.pcapng" > "$work/bad.pcapng"
	rules "$work/bad.pcapng" > "$work/out"
	ok "$1" grep -qx "$2" "$work/out"
}
planted "an ACK to somebody else" ack-fields 's/ACK sip:carol@/ACK sip:karel@/'
planted "a digest for another URI" auth-uri 's/uri="sip:carol@/uri="sip:karel@/'
planted "no Max-Forwards" form-max-forwards 's/^Max-Forwards: 70/Xax-Forwards: 70/'
planted "another tag in a response" response-fields \
	'/SIP.2.0 407/,/^Call-ID/s/^\(From: .*tag=\)..../\1xxxx/'

# Both sides in one file that does not tell where each packet was seen: the server
# seemed to answer twice.  192.0.2.1 is 192.0.2.9 outside.
message() { # FILE HOST START TO
	printf '%s\r\n' "$3" "Via: SIP/2.0/UDP 192.0.2.$2;branch=z9hG4bKa" \
		'Max-Forwards: 70' 'From: <sip:a@a.example>;tag=a' "To: <sip:b@b.example>$4" \
		'Call-ID: c' 'CSeq: 1 OPTIONS' "Contact: <sip:a@192.0.2.$2>" \
		'Allow: OPTIONS' 'Content-Length: 0' '' > "$work/$1"
}
for at in 1 9; do
	message asks$at $at 'OPTIONS sip:b@192.0.2.2 SIP/2.0' ''
	message ok$at $at 'SIP/2.0 200 OK' ';tag=b'
	message busy$at $at 'SIP/2.0 486 Busy Here' ';tag=b'
done
{
	pcap_head
	packet 0 1 2 "$work/asks1"
	packet 1000 9 2 "$work/asks9"
	packet 50000 2 9 "$work/ok9"
	packet 51000 2 1 "$work/ok1"
} > "$work/one.pcap"
rules "$work/one.pcap" > "$work/out"
same "an answer on both sides of a gateway is one" /dev/null "$work/out"
{ cat "$work/one.pcap"; packet 90000 2 1 "$work/busy1"; } > "$work/two.pcap"
rules "$work/two.pcap" > "$work/out"
ok "but another one is another" grep -qx final-once "$work/out"
finish
