# rung parse: one message, line by line.
. tests/fixtures/check.sh
m=$work/m.sip
printf '%s\r\n' \
	'INVITE sip:bob@biloxi.example.com SIP/2.0' \
	'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds' \
	'Max-Forwards: 70' \
	'To: Bob <sip:bob@biloxi.example.com>' \
	'From: Alice <sip:alice@atlanta.example.com>;tag=1928301774' \
	'Call-ID: a84b4c76e66710@192.0.2.1' \
	'CSeq: 314159 INVITE' \
	'Contact: <sip:alice@192.0.2.1>' \
	'Content-Length: 0' '' > "$m"
ok    "a good one" "$RUNG" parse "$m"
says  "names the section" "RFC 3261" "$RUNG" parse "$m"
says  "standard input" "Max-Forwards" sh -c '"$RUNG" parse - < "$1"' - "$m"
says  "in Chinese" "RFC 3261" "$RUNG" --lang=zh parse "$m"
sed 's/^CSeq.*//' "$m" | tr -d '\n' | sed 's/\r\r/\r/; s/\r/\r\n/g' \
	> "$work/no-cseq.sip"
fails "without CSeq" 2 "$RUNG" parse "$work/no-cseq.sip"
says  "what is missing" "CSeq" "$RUNG" parse "$work/no-cseq.sip"
: > "$work/empty"
fails "empty" 2 "$RUNG" parse "$work/empty"
head -c 4000 "$RUNG" > "$work/binary"
fails "binary" 2 "$RUNG" parse "$work/binary"
"$RUNG" parse "$work/binary" > "$work/.output" 2>&1
# Tabs and line feeds aside, no control byte reaches the terminal.
if LC_ALL=C tr -d '\t\n' < "$work/.output" | LC_ALL=C grep -q '[[:cntrl:]]'
then
	bad "binary" "control bytes in the output"
else
	good
fi
head -c 200000 /dev/zero | tr '\0' 'a' > "$work/long"
fails "too long" 2 "$RUNG" parse "$work/long"
fails "not there" 2 "$RUNG" parse "$work/nowhere"
says  "names the file" "nowhere" "$RUNG" parse "$work/nowhere"
fails "no file" 2 "$RUNG" parse
finish
