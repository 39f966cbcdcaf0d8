# rung parse takes each message of a run, whatever its protocol, as octets and as
# hexadecimal digits, by its content alone; and what is none it says in one
# sentence.
. tests/fixtures/check.sh
command -v jq > /dev/null || {
	skip "no jq"
	finish
}

# parsed NAME WORDS: $work/one, as it is and in hexadecimal digits, is well and
# explained with WORDS.
parsed() {
	od -An -v -tx1 "$work/one" > "$work/one.hex"
	for form in one one.hex; do
		"$RUNG" parse "$work/$form" > "$work/.output" 2>&1
		parsed_status=$?
		if [ $parsed_status = 0 ] && grep -q -- "$2" "$work/.output"; then
			good
		else
			bad "$1 as $form" "status $parsed_status: $(head -n 1 "$work/.output")"
		fi
	done
}

# each FILE PROTO WORDS: all its messages of PROTO.
each() {
	find_trace "$1" protocol
	jq -r 'select(.kind == "send" and .proto == "'"$2"'") |
		.base64 // (.text | @base64)' "$trace" > "$work/all"
	ok "$1 has $2" test -s "$work/all"
	while read -r octets; do
		echo "$octets" | base64 -d > "$work/one"
		parsed "$1: $2" "$3"
	done < "$work/all"
}
each labs/rfc3666-4.2 isup "Q.704 14.2"
each topologies/transit.gv isup "Q.704 14.2"
each topologies/ims.gv diameter "RFC 6733"
each topologies/softswitch.gv megaco "RFC 3525"
each topologies/stun.gv stun "FINGERPRINT"
each labs/trapezoid-dns dns "QUESTION"

# Bodies alone: what stands behind the empty line.
bodies() { # FILE TYPE WORDS
	find_trace "$1" protocol
	jq -r 'select(.kind == "send" and (.text // "" | contains("'"$2"'"))) |
		.text | split("\r\n\r\n")[1] | @base64' "$trace" | grep . |
		head -n 6 > "$work/all"
	ok "$1 has $2" test -s "$work/all"
	while read -r octets; do
		echo "$octets" | base64 -d > "$work/one"
		parsed "$1: $2" "$3"
	done < "$work/all"
}
bodies labs/gb28181-catalogue MANSCDP "GB/T28181 A.2"
bodies labs/two-proxies application/sdp "RFC 8866 5.1"

# ISUP as a body has it, and as M3UA.
echo '01:00:60:00:0a:00:02:0a:08:83:10:12:52:55:33:33:0f:0a:07:03:13:13:54:55:11:11:00' \
	> "$work/iam"
says "ISUP from its type on" "The message type: IAM" "$RUNG" parse "$work/iam"
echo '010001010000002400060008000000070210001400000064000000c80502000111001000' \
	> "$work/rlc"
says "M3UA" "From point code 100 to point code 200" "$RUNG" parse "$work/rlc"

# What is wrong is said, and which line; the whole in JSON.
printf 'v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio x RTP/AVP 0\r\n' \
	> "$work/sdp"
fails "SDP that is wrong" 2 "$RUNG" parse "$work/sdp"
says "… is said so" "WRONG" "$RUNG" parse "$work/sdp"
ok "… in JSON" sh -c '"$1" parse -f json "$2" 2> /dev/null |
	jq -e ".fault != \"\" and (.lines | length > 3)"' - "$RUNG" "$work/sdp"
printf 'MEGACO/1 [192.0.2.1]:2944\nTransaction=1{' > "$work/h248"
fails "H.248 that breaks off" 2 "$RUNG" parse "$work/h248"
says "… is said so" "H.248" "$RUNG" parse "$work/h248"
for f in iam rlc h248; do
	ok "$f in JSON" sh -c '"$1" parse -f json "$2" 2> /dev/null |
		jq -e ".lines[0].text"' - "$RUNG" "$work/$f"
done

# What it is of may be said; what is none of all is one sentence.
says "said to be DNS" "DNS" "$RUNG" parse --protocol=dns "$work/iam"
fails "… and it is none" 2 "$RUNG" parse --protocol=dns "$work/iam"
says "no protocol" "“smtp” is not known; use one of sip, h248, sdp, manscdp, mansrtsp" \
	"$RUNG" parse --protocol=smtp "$work/iam"
printf 'hello\n' > "$work/none"
printf '\001\002\003' > "$work/none2"
printf '<html/>' > "$work/none3"
says "a page" "is a web page" "$RUNG" parse "$work/none3"
for f in none none2; do
	fails "$f" 2 "$RUNG" parse "$work/$f"
	says "$f" "is not a message that parse recognizes: sip, h248" \
		"$RUNG" parse "$work/$f"
	ok "$f in one sentence" test "$(grep -c . "$work/.output")" = 1
done
printf 'INVITE sip:bob@b.example' > "$work/near"
says "what is nearly SIP" "it must end with SIP/2.0" \
	"$RUNG" parse "$work/near"
printf 'INVITE sip:bob@b.example SIP/2.0\001\r\nTo: <sip:b@b>\r\n\r\n' > "$work/near"
fails "SIP with a control byte" 2 "$RUNG" parse "$work/near"
finish
