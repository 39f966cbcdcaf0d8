# A message whose lines end in LF alone is summed up by what else is wrong with
# it: by the same fault as with CRLF.
set -u
. tests/fixtures/check.sh
data=${RUNG_DATA:-../shared/data}/torture

# sum_up FILE: the fault and its line on standard error, empty where none is.
sum_up() {
	"$RUNG" parse "$1" 2>&1 > "$work/.page" | sed 's/^rung: [^:]*//'
}
# like_crlf FILE, which has no line end but CRLF
like_crlf() {
	sed 's/\r$//' "$1" > "$work/.lf"
	with=$(sum_up "$1")
	[ -n "$with" ] || with=":1: a CR or LF without the other"
	without=$(sum_up "$work/.lf")
	if [ "$without" = "$with" ]; then
		good
	else
		bad "$1" "with LF: $without; with CRLF: $with"
	fi
}

head='REGISTER sip:example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
Max-Forwards: 70
From: <sip:a@example.com>;tag=1
To: <sip:a@example.com>
Call-ID: 1
CSeq: 1 REGISTER
Contact: <sip:a@192.0.2.1>
Content-Length: 0'
# message SED: the head as SED leaves it, with CRLF
message() {
	printf '%s\n\n' "$head" | sed "$1" | sed 's/$/\r/' > "$work/m.sip"
}
for change in "" 's/1 REGISTER/1 INVITE/' '/^CSeq/d' '/^Via/d' \
	's/^From.*/From: <sip:a@example.com>;tag=/' 's/SIP\/2.0$/SIP\/3.0/' \
	's/: 70/: many/' 's/^Contact.*/Contact: <sip:a@192.0.2.1>\nCSeq: 2 REGISTER/' \
	's/^Content-Length: 0/Content-Length: 7/'; do
	message "$change"
	like_crlf "$work/m.sip"
done
message 's/1 REGISTER/1 INVITE/'
sed 's/\r$//' "$work/m.sip" > "$work/lf.sip"
says "the line" ":7: a header field's value is malformed: CSeq" \
	"$RUNG" parse "$work/lf.sip"
says "what is answered" "With CRLF a server answers with 400" \
	env COLUMNS=200 "$RUNG" parse "$work/lf.sip"

if [ -d "$data" ]; then
	for f in "$data"/rfc*/*.dat; do
		sed 's/\r$//' "$f" | sed 's/$/\r/' > "$work/.crlf"
		# A body may be bytes, without a line end behind it.
		cmp -s "$f" "$work/.crlf" || continue
		like_crlf "$f"
	done
else
	skip "no torture messages beside the project"
fi
finish
