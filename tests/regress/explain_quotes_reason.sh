# rung explain quotes the reason that a message gives itself: of every message
# of these labs that has such a field, and of a capture's.
set -u
. tests/fixtures/check.sh
. tests/fixtures/made_pcap.sh

# quoted FILE RECORD: what is quoted at the first step, on one line
quoted() {
	"$RUNG" explain "$1" "$2" --width=500 > "$work/.output" 2>&1
	sed -n '/^ *2\. /q; s/^ *Its own reason: //p' "$work/.output"
}
fields='Warning|Reason|Retry-After|Error-Info'
for lab in forking early-dialogs session-timer media-lines overloaded voice-mail; do
	trace_of labs/$lab protocol "$work/t.jsonl"
	for seq in $(grep '"kind":"send"' "$work/t.jsonl" |
		grep -E '\\n('"$fields"'): |"start":4[0-9]*.*\\n(Min-SE|Min-Expires|Unsupported): ' |
		sed 's/^{"seq":\([0-9]*\),.*/\1/'); do
		if [ -n "$(quoted "$work/t.jsonl" "$seq")" ]; then
			good
		else
			bad "$lab, record $seq" "no reason is quoted"
		fi
	done
done
says "a CANCEL's" 'Its own reason: Reason: SIP;cause=200;text="Call completed elsewhere"' \
	"$RUNG" explain labs/forking CANCEL@px --width=200

heads='Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\r
From: <sip:a@example.com>;tag=1\r
To: <sip:b@example.com>;tag=2\r
Call-ID: c1\r
CSeq: 1 OPTIONS\r
Content-Length: 0\r
\r\n'
printf "OPTIONS sip:b@example.com SIP/2.0\r\n$heads" > "$work/request"
printf "SIP/2.0 503 Service Unavailable\r
Retry-After: 120 (the pump)\r
Warning: 399 b \"the house is\r
  on fire\"\r
Error-Info: <sip:fire@example.com>\r
$heads" > "$work/answer"
{
	pcap_head
	packet 0 1 2 "$work/request"
	packet 10000 2 1 "$work/answer"
} > "$work/fire.pcap"
seq=$("$RUNG" show "$work/fire.pcap" status=503 kind=send | awk 'NR == 1 { print $1 }')
if [ "$(quoted "$work/fire.pcap" "$seq")" = 'Warning: 399 b "the house is on fire"; Retry-After: 120 (the pump); Error-Info: <sip:fire@example.com>' ]; then
	good
else
	bad "a capture" "another reason"
fi
finish
