# Fax by T.38 goes by UDPTL, which no capture's reader knew: a fax that came was
# silence, and one that did not was not missed.
. tests/fixtures/check.sh
. tests/fixtures/made_pcap.sh
COLUMNS=200
export COLUMNS

describe() { # HOST PORT
	printf '%s\r\n' v=0 "o=- 1 1 IN IP4 192.0.2.$1" s=- "c=IN IP4 192.0.2.$1" 't=0 0' \
		"m=image $2 udptl t38" a=T38FaxVersion:0
}
message() { # START TO-TAG CSEQ FILE
	{
		printf '%s\r\n' "$1" 'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKfax'"${6:-${3% *}}" \
			'Max-Forwards: 70' "To: <sip:b@192.0.2.2>$2" \
			'From: <sip:a@192.0.2.1>;tag=1' 'Call-ID: fax' "CSeq: $3" \
			"Contact: <sip:192.0.2.${5:-1}>"
		if [ -n "$4" ]; then
			printf '%s\r\n' 'Content-Type: application/sdp' "Content-Length: $(wc -c < "$4")" ''
			cat "$4"
		else
			printf '%s\r\n' 'Content-Length: 0' ''
		fi
	}
}
# fax NUMBER KIND: a packet of UDPTL whose IFP has 40 bytes, with the one before it
# again, or with sums.
fax() {
	be16 "$1"
	byte 40
	printf '%040d' "$1"
	case $2 in
	again) byte 0; byte 1; byte 40; printf '%040d' $(($1 - 1)) ;;
	sums) byte 128; byte 1; byte 3; byte 1; byte 40; printf '%040d' 0 ;;
	esac
}
describe 1 4000 > "$work/offer"
describe 2 4002 > "$work/answer"
message 'INVITE sip:b@192.0.2.2 SIP/2.0' '' '1 INVITE' "$work/offer" > "$work/invite"
message 'SIP/2.0 200 OK' ';tag=2' '1 INVITE' "$work/answer" 2 > "$work/ok"
message 'ACK sip:192.0.2.2 SIP/2.0' ';tag=2' '1 ACK' '' 1 ack > "$work/ack"
message 'BYE sip:192.0.2.2 SIP/2.0' ';tag=2' '2 BYE' '' > "$work/bye"
message 'SIP/2.0 200 OK' ';tag=2' '2 BYE' '' 2 > "$work/bye_ok"

# call FILE WAYS: a call of fax, 192.0.2.WAY sends; every tenth packet is lost.
call() {
	{
		pcap_head
		packet 0 1 2 "$work/invite"
		packet 100000 2 1 "$work/ok"
		packet 200000 1 2 "$work/ack"
		i=0
		while [ $i -lt 60 ]; do
			i=$((i + 1))
			[ $((i % 10)) = 0 ] && continue
			for way in $2; do
				fax $i "$([ "$way" = 1 ] && echo again || echo sums)" > "$work/fax"
				packet $((300000 + i * 50000 + way)) "$way" $((3 - way)) "$work/fax" \
					$((3998 + 2 * way)) $((4004 - 2 * way))
			done
		done
		packet 9000000 1 2 "$work/bye"
		packet 9100000 2 1 "$work/bye_ok"
	} > "$1"
}
call "$work/both.pcap" "1 2"
says "who sends it" "192.0.2.1  media    UDPTL T38 → 192.0.2.2:4002" "$RUNG" show "$work/both.pcap"
says "how much, and what is missing" "end of UDPTL T38 → 192.0.2.2:4002, 54 of 59 packets" \
	"$RUNG" show "$work/both.pcap"
says "the other way, too" "192.0.2.2  media    UDPTL T38 → 192.0.2.1:4000" "$RUNG" show "$work/both.pcap"
"$RUNG" inspect "$work/both.pcap" > "$work/found" 2>&1
says "nothing is wrong" "errors 0, warnings" cat "$work/found"
for word in media-types media-unreported media-ptime media-heard; do
	says "it is no RTP: $word" 0 sh -c "grep -c '$word' '$work/found' | grep -v '^[1-9]' || grep '$word.*#' '$work/found' | wc -l"
done
call "$work/one.pcap" "1"
says "one way alone is a finding" "and receives none" "$RUNG" inspect "$work/one.pcap"
call "$work/none.pcap" ""
"$RUNG" inspect "$work/none.pcap" > "$work/found" 2>&1
says "none at all is told" "media-fax" cat "$work/found"
says "… with its reason" "no packet of it was seen" cat "$work/found"
finish
