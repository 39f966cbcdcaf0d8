#!/bin/sh
# The reason phrase is the one that was sent, also of a malformed message, and
# in the list of calls; and what is no capture or log says what it is.
. tests/fixtures/check.sh

# le32 N: little-endian; be16 N: as the network has it.
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

# call NAME STATUS_LINE FIELD: an INVITE and its answer, into NAME.pcap.
call() {
	heads="Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:alice@a.example>;tag=1\r\nTo: <sip:b.example>\r\nCall-ID: one@192.0.2.1\r\nCSeq: 1 INVITE\r\n${3}Content-Length: 0\r\n\r\n"
	printf "INVITE sip:b.example SIP/2.0\r\n$heads" > "$work/request"
	printf "$2\r\n$heads" > "$work/response"
	{
		printf '\324\303\262\241\002\000\004\000'
		le32 0; le32 0; le32 65535; le32 101
		packet 1000 1 2 "$work/request"
		packet 1001 2 1 "$work/response"
	} > "$work/$1.pcap"
}

# lacks NAME TEXT COMMAND…
lacks() {
	what=$1 text=$2
	shift 2
	"$@" > "$work/.output" 2>&1 < /dev/null
	if grep -qF -- "$text" "$work/.output"; then
		bad "$what" "says: $text"
	else
		good
	fi
}

call busy 'SIP/2.0 486 Besetzt' ''
says "the ladder" "486 Besetzt" "$RUNG" show --ladder "$work/busy.pcap"
says "the list of calls" "486 Besetzt" "$RUNG" show --calls "$work/busy.pcap"
lacks "no other" "Busy Here" "$RUNG" show --ladder "$work/busy.pcap"
lacks "no other in the list" "Busy Here" "$RUNG" show --calls "$work/busy.pcap"

call odd 'SIP/2.0 486 Nur heute' 'a line without its sign\r\n'
says "of a malformed one" "486 Nur heute" "$RUNG" show --ladder "$work/odd.pcap"
says "and in the list" "486 Nur heute" "$RUNG" show --calls "$work/odd.pcap"

call wordy 'SIP/2.0 486 Busy right now, sorry' ''
says "what is cut says so" "486 Busy right now, sor…" \
	"$RUNG" show --calls "$work/wordy.pcap"

call none 'SIP/2.0 486 ' ''
says "a status alone" "486" "$RUNG" show --ladder "$work/none.pcap"
lacks "has no words" "Busy Here" "$RUNG" show --ladder "$work/none.pcap"
lacks "nor in the list" "Busy Here" "$RUNG" show --calls "$work/none.pcap"

# RFC 3261 7.2 wants a space behind the status.
call bare 'SIP/2.0 486' ''
says "without the space" "486" "$RUNG" show --ladder "$work/bare.pcap"
lacks "is SIP" "(not SIP)" "$RUNG" show --ladder "$work/bare.pcap"

long='!interesting-Method0123456789_*+`.%%indeed'"'"'~'
printf "$long sip:b.example SIP/2.0\r\nCall-ID: c\r\n\r\n" > "$work/long"
{
	printf '\324\303\262\241\002\000\004\000'
	le32 0; le32 0; le32 65535; le32 101
	packet 1000 1 2 "$work/long"
} > "$work/long.pcap"
says "a long method" "$(printf "$long")" "$RUNG" show --ladder "$work/long.pcap"

# A message of a log may be long, as one over TCP, up to a limit.
long_log() { # LINES of 1000 bytes
	printf -- '----------------------------------------------- 2026-01-31 12:34:56.500000\n'
	printf 'TCP message received [9] bytes :\n\n'
	printf 'MESSAGE sip:b.example SIP/2.0\nVia: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1\n'
	printf 'Call-ID: long@192.0.2.1\nCSeq: 1 MESSAGE\nContent-Length: %s\n\n' $(($1 * 1000))
	awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) printf "%999d\n", i }'
	printf -- '----------------------------------------------- 2026-01-31 12:34:57.500000\n'
	printf 'TCP message received [9] bytes :\n\n'
	printf 'OPTIONS sip:b.example SIP/2.0\nCall-ID: next@192.0.2.1\nCSeq: 1 OPTIONS\nContent-Length: 0\n\n'
}
long_log 200 > "$work/long.log"
says "a long message of a log" "long@192.0.2.1" "$RUNG" show --calls "$work/long.log"
long_log 1100 > "$work/longer.log"
says "one that is too long" "longer than 1 MiB" "$RUNG" show --calls "$work/longer.log"
lacks "and is left out" "long@192.0.2.1" "$RUNG" show --calls "$work/longer.log"
says "the next one is there" "next@192.0.2.1" "$RUNG" show --calls "$work/longer.log"

# What there is another program for, or no answer.
printf 'GMBU\000\002\001\000more' > "$work/a.cap"
printf 'RTSS\001\001\001\000more' > "$work/b.cap"
printf 'snoop\000\000\000\000\000\000\002\000\000\000\004' > "$work/c.cap"
for f in a b c; do
	for command in "show" "show --ladder" "show --calls" "play" "export"; do
		says "$command: how to convert $f" "editcap -F pcapng" \
			"$RUNG" $command "$work/$f.cap"
		fails "$command: the status of $f" 2 "$RUNG" $command "$work/$f.cap"
	done
done
cat > "$work/uac.xml" <<'XML'
<?xml version="1.0" encoding="ISO-8859-1" ?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<!-- what it does -->
<scenario name="Basic UAC">
  <send retrans="500"><![CDATA[

      INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      Call-ID: [call_id]
      CSeq: 1 INVITE
      Content-Length: 0

  ]]></send>
</scenario>
XML
says "a scenario is no log" "scenario of SIPp" "$RUNG" show "$work/uac.xml"
fails "and its status" 2 "$RUNG" show "$work/uac.xml"
says "what is one" "-trace_msg" "$RUNG" show --ladder "$work/uac.xml"
finish
