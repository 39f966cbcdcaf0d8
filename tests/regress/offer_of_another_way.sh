#!/bin/sh
# An INVITE that goes by another way than was guessed, since an outbound proxy
# is gone, has the address of the face that it goes from in its offer as in its
# Contact; the offer keeps its id and version (RFC 3264 5, 8), and the next one
# goes on from there.  What a script has written stays as it is.
. tests/fixtures/check.sh

t=$work/t.jsonl
net() { # FACES TRANSPORT AWAY
	cat > "$work/net.gv" <<-GV
	graph {
		domain="a.example"
		carol [role=ua, faces="$1", outbound="one two", transport=$2,
			label=""]
		one [role=proxy, addr="$one", inbound=true]
		two [role=proxy, addr="$two"]
		dan [role=ua, faces="near=$dan far=$far", answer="1s"]
		carol:first -- one; carol:second -- two
		one -- dan:near; two -- dan:far
	}
	GV
	cat > "$work/lab.lua" <<-LUA
	lab { topology = "net.gv", duration = "200s" }
	local carol = node "carol"
	script(function()
		if "$3" ~= "" then node("$3"):crash() end
		local c = carol:invite("sip:dan@$4", { $body })
		wait(c, "confirmed")
		sleep "1s"
		c:hold()
		sleep "5s"
		c:bye()
	end)
	LUA
	ok "$what: it runs" "$RUNG" run -q "$work/lab.lua" -o "$t"
}
# invite CSEQ TO WORDS: carol's INVITE to a node has WORDS, whole lines.
invite() {
	number=$1 to=$2
	shift 2
	grep '"kind":"send"' "$t" | grep '"src":"carol"' |
		grep "\"dst\":\"$to\"" | grep "\"cseq\":\"$number INVITE\"" |
		head -n 1 | sed 's/\\r\\n/\
/g' > "$work/.output"
	for word; do
		grep -q -e "^$word\$" "$work/.output" || {
			bad "$what: INVITE $number to $to" "it has no $word"
			return
		}
	done
	length=$(sed -n 's/^Content-Length: //p' "$work/.output")
	# lines end in CRLF, the last of them in JSON's quotes
	real=$(sed -e '1,/^$/d' -e 's/"[,}].*//' "$work/.output" | sed '$d' |
		awk '{ n += length($0) + 2 } END { print n + 0 }')
	if [ "$length" = "$real" ]; then good
	else bad "$what: INVITE $number to $to" "length $length, not $real"; fi
}

one=10.0.0.1 two=192.0.2.1 dan=10.0.0.20 far=192.0.2.20 body=
for by in udp tcp; do
	what="$by, the first proxy"
	net "first=10.0.0.9 second=192.0.2.9" $by "" $dan
	invite 1 one "o=carol 1 1 IN IP4 10.0.0.9" "c=IN IP4 10.0.0.9" \
		"Contact: <sip:carol@10.0.0.9:5060.*>"
	what="$by, the second"
	net "first=10.0.0.9 second=192.0.2.9" $by one $far
	invite 1 two "o=carol 1 1 IN IP4 192.0.2.9" "c=IN IP4 192.0.2.9" \
		"Contact: <sip:carol@192.0.2.9:5060.*>"
	invite 2 two "o=carol 1 2 IN IP4 192.0.2.9" "c=IN IP4 192.0.2.9" \
		"a=sendonly"
	ok "$what: a call" grep -q '"node":"dan".*"state":"confirmed"' "$t"
done
what='another family'
two=2001:db8::1 far=2001:db8::20
net "first=10.0.0.9 second=2001:db8::9" udp one "[$far]"
invite 1 two "o=carol 1 1 IN IP6 2001:db8::9" "c=IN IP6 2001:db8::9" \
	"Contact: <sip:carol@\[2001:db8::9\]:5060>"
invite 2 two "o=carol 1 2 IN IP6 2001:db8::9" "c=IN IP6 2001:db8::9"
what='a body of its own'
body="body = 'v=0\\r\\no=x 7 7 IN IP4 10.0.0.9\\r\\ns=-\\r\\nc=IN IP4 10.0.0.9\\r\\nt=0 0\\r\\nm=audio 9 RTP/AVP 0\\r\\n'"
net "first=10.0.0.9 second=2001:db8::9" udp one "[$far]"
invite 1 two "o=x 7 7 IN IP4 10.0.0.9" "c=IN IP4 10.0.0.9"
finish
