# A call between telephone networks by SIP (RFC 3372): ISUP in bodies is told
# by rung parse, in a page, and as the reason of a BYE, in both languages; tshark
# reads the same.
. tests/fixtures/check.sh
. tests/fixtures/made_pcap.sh

head_of() { # METHOD TYPE LENGTH
	printf '%s\r\n' "$1 sip:+12125550123@192.0.2.2 SIP/2.0" \
		'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK'"$1" \
		'Max-Forwards: 70' 'To: <sip:+12125550123@192.0.2.2>' \
		'From: <sip:+12125550199@192.0.2.1>;tag=1' 'Call-ID: isup' \
		"CSeq: 1 $1" 'Contact: <sip:192.0.2.1>' 'MIME-Version: 1.0' \
		"Content-Type: $2" "Content-Length: $3" ''
}

# 02: IAM; 0c: REL, cause 17 by the remote user's network
printf '\001\000\140\001\012\003\002\012\010\203\020\022\122\125\020\062\017\012\007\003\023\022\122\125\020\231\000' > "$work/iam"
printf '\014\002\000\002\204\221' > "$work/rel"
{
	printf '%s\r\n' --b 'Content-Type: application/sdp' '' v=0 \
		'o=- 1 1 IN IP4 192.0.2.1' s=- 'c=IN IP4 192.0.2.1' 't=0 0' \
		'm=audio 40000 RTP/AVP 8' '' --b \
		'Content-Type: application/ISUP;version=itu-t92+' ''
	cat "$work/iam"
	printf '\r\n--b--\r\n'
} > "$work/parts"
{
	head_of INVITE 'multipart/mixed;boundary=b' "$(wc -c < "$work/parts")"
	cat "$work/parts"
} > "$work/invite"
{
	head_of BYE 'application/ISUP;version=itu-t92+' 6
	cat "$work/rel"
} > "$work/bye"
{
	pcap_head
	packet 0 1 2 "$work/invite"
	packet 5000000 1 2 "$work/bye"
} > "$work/call.pcap"

says "a number" "digits: 2125550123." "$RUNG" parse "$work/invite"
says "its clause" "Q.763 3.9 " "$RUNG" parse "$work/invite"
says "SDP beside it" "RFC 8866 5.14" "$RUNG" parse "$work/invite"
says "in Chinese" "被叫号码" "$RUNG" --lang=zh parse "$work/invite"
says "a cause" "Cause 17 of Q.850: user busy" "$RUNG" parse "$work/bye"
says "its status" "status 486" "$RUNG" parse "$work/bye"
ok "its record" sh -c '"$RUNG" show "$1" kind=send method=BYE | cut -d" " -f1 |
	grep . > "$2"' - "$work/call.pcap" "$work/record"
says "as the reason" "REL with cause 17" sh -c '"$RUNG" explain "$1" BYE@192.0.2.1 |
	tr -s " \n" " "' - "$work/call.pcap"
ok "a page" "$RUNG" export -f html "$work/call.pcap" -o "$work/call.html"
says "with clauses" "Q.763 3.12" cat "$work/call.html"
if command -v tshark > "$work/.which"; then
	printf 'INVITE\t1\t2125550123F\t\t\nBYE\t12\t\t17\t\n' > "$work/want"
	tshark -n -r "$work/call.pcap" -T fields -e sip.Method \
		-e isup.message_type -e isup.called -e isup.cause_indicator \
		-e _ws.malformed > "$work/got" 2> "$work/.err"
	ok "tshark reads the same" cmp "$work/want" "$work/got"
fi
finish
