#!/bin/sh
# Captures wherever a trace is taken.  The capture is written here: pcap with
# raw IP, two messages.
. tests/fixtures/check.sh

# le16 N, le32 N: little-endian; be16 N: as the network has it.
byte() { printf "\\$(printf %03o "$1")"; }
le32() { byte $(($1 & 255)); byte $(($1 >> 8 & 255)); byte $(($1 >> 16 & 255)); byte $(($1 >> 24 & 255)); }
be16() { byte $(($1 >> 8)); byte $(($1 & 255)); }

# packet SECOND LAST_OF_SOURCE LAST_OF_DESTINATION FILE
packet() {
	n=$(wc -c < "$4")
	le32 "$1"; le32 0; le32 $((n + 28)); le32 $((n + 28))
	printf '\105\000'; be16 $((n + 28)); printf '\000\000\000\000\100\021\000\000'
	printf '\300\000\002'; byte "$2"; printf '\300\000\002'; byte "$3"
	be16 5060; be16 5060; be16 $((n + 8)); printf '\000\000'
	cat "$4"
}

heads='From: <sip:alice@a.example>;tag=1\r\nTo: <sip:b.example>\r\nCall-ID: one@192.0.2.1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n'
via='Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n'
printf "OPTIONS sip:b.example SIP/2.0\r\n$via$heads" > "$work/options"
printf "SIP/2.0 200 OK\r\n$via$heads" > "$work/ok"
{
	printf '\324\303\262\241\002\000\004\000'
	le32 0; le32 0; le32 65535; le32 101
	packet 1000 1 2 "$work/options"
	packet 1001 2 1 "$work/ok"
} > "$work/two.pcap"

# Packets, none of them SIP.
printf 'hello' > "$work/hello"
{
	printf '\324\303\262\241\002\000\004\000'
	le32 0; le32 0; le32 65535; le32 101
	packet 1000 1 2 "$work/hello"
} > "$work/none.pcap"
for command in "show" "show --ladder" "show --calls" "export" "import" "diff $work/none.pcap" "play"; do
	says "$command: no SIP" "holds no SIP message" "$RUNG" $command "$work/none.pcap"
	fails "$command: the status says so" 2 "$RUNG" $command "$work/none.pcap"
done

says "the ladder" "200 OK" "$RUNG" show --ladder "$work/two.pcap"
says "nodes are addresses" "192.0.2.2" "$RUNG" show "$work/two.pcap"
says "what is inferred says so" "NIST trying → completed (2xx sent) (inferred)" \
	"$RUNG" show "$work/two.pcap"
says "names" "server" "$RUNG" show --alias 192.0.2.2=server "$work/two.pcap"
printf '# who\n192.0.2.1 phone # his\n' > "$work/names"
says "names from a file" "phone" "$RUNG" show --aliases="$work/names" "$work/two.pcap"
printf '192.0.2.1\n' > "$work/names"
says "a wrong line" "names:1" "$RUNG" show --aliases="$work/names" "$work/two.pcap"
fails "a wrong alias" 2 "$RUNG" show --alias bob "$work/two.pcap"
says "a list of calls" "one@192.0.2.1" "$RUNG" show --calls "$work/two.pcap"
says "one call" "OPTIONS" "$RUNG" show --call one@192.0.2.1 "$work/two.pcap"
fails "no such call" 2 "$RUNG" show --call two "$work/two.pcap"
says "why" "17.1.2.2" "$RUNG" explain "$work/two.pcap" 4
ok "a figure" "$RUNG" export "$work/two.pcap" -o "$work/two.svg"
says "a capture is not run" "can't be run" "$RUNG" run "$work/two.pcap"
says "a capture is no message" "rung show -m" "$RUNG" parse "$work/two.pcap"
says "a capture is no session" "rung play" "$RUNG" resume "$work/two.pcap"
"$RUNG" show - < "$work/two.pcap" > "$work/from-file"
cat "$work/two.pcap" | "$RUNG" show - > "$work/from-pipe"
same "from a pipe" "$work/from-file" "$work/from-pipe"

# Two capture points with unequal clocks: two files put together.
if command -v mergecap > /dev/null && command -v editcap > /dev/null; then
	{
		printf '\324\303\262\241\002\000\004\000'
		le32 0; le32 0; le32 65535; le32 101
		packet 1000 1 2 "$work/options"
	} > "$work/asked.pcap"
	{
		printf '\324\303\262\241\002\000\004\000'
		le32 0; le32 0; le32 65535; le32 101
		packet 1000 2 1 "$work/ok"
	} > "$work/answered.pcap"
	editcap -F pcapng -t -0.3 "$work/answered.pcap" "$work/answered.pcapng"
	mergecap -I none -w "$work/points.pcapng" "$work/asked.pcap" "$work/answered.pcapng"
	says "a slow clock" "point 2 are corrected: its clock was at least 300 ms fast" "$RUNG" show "$work/points.pcapng"
	"$RUNG" show --clock-offset=0 "$work/points.pcapng" > "$work/as-they-are"
	fails "clocks as they are" 1 grep -q "corrected" "$work/as-they-are"
	says "a clock as somebody says" "its clock was 1250 ms fast, as was said" \
		"$RUNG" show --clock-offset=2=+1.25 "$work/points.pcapng"
	fails "no such point" 2 "$RUNG" show --clock-offset=7=1 "$work/points.pcapng"
	fails "no offset" 2 "$RUNG" show --clock-offset=2 "$work/points.pcapng"
fi

{
	echo '<--- SIP read from UDP:192.0.2.1:5060 --->'
	tr -d '\r' < "$work/options"
	echo '<------------->'
} > "$work/asterisk.log"
says "a log" "local" "$RUNG" show "$work/asterisk.log"
says "who wrote it has a name" "pbx" "$RUNG" show --alias 0.0.0.0=pbx "$work/asterisk.log"

ok "imports" "$RUNG" import "$work/two.pcap" -o "$work/two.jsonl"
"$RUNG" import "$work/two.pcap" > "$work/again.jsonl"
same "the same bytes" "$work/two.jsonl" "$work/again.jsonl"
"$RUNG" show "$work/two.pcap" > "$work/direct"
"$RUNG" show "$work/two.jsonl" > "$work/imported"
same "the trace shows the same" "$work/direct" "$work/imported"
if [ -w /dev/full ]; then
	fails "a full disk" 2 "$RUNG" import "$work/two.pcap" -o /dev/full
	ok "is a device as before" test -c /dev/full
fi
ln -s two.jsonl "$work/link.jsonl"
ok "through a link" "$RUNG" import "$work/two.pcap" -o "$work/link.jsonl"
ok "which stays one" test -L "$work/link.jsonl"
fails "import needs a file" 2 "$RUNG" import
fails "a folder that is not there" 2 "$RUNG" import "$work/two.pcap" -o "$work/no/where"
echo old > "$work/old.jsonl"
says "a call by its beginning" "Messages:" "$RUNG" export -f txt --call=$(sed -n "s/.*\"call_id\":\"\([^\"]\{6\}\).*/\1/p" "$work/two.jsonl" | head -n 1) "$work/two.pcap"
fails "no capture" 2 "$RUNG" import labs/two-proxies/lab.lua -o "$work/old.jsonl"
says "an older file stays" "old" cat "$work/old.jsonl"
if [ "$(ls "$work" | grep -c new)" = 0 ]; then good; else bad "nothing is left over" "$(ls "$work")"; fi
finish
