# What carries signalling in captures of networks: ESP with NULL encryption (RFC
# 4303, RFC 3948), chunks of SCTP (RFC 9260) with SIP, ISUP in M3UA, Diameter and
# H.248, MTP of both levels.  What of it can't be read is named with its count.
. tests/fixtures/check.sh
corpus=tests/fuzz/corpus/capture

# sent FILE: its messages, "proto start source destination transport".
sent() {
	"$RUNG" export -f trace "$corpus/$1" -o "$work/$1.jsonl" 2> "$work/said"
	sed -nE '/"kind":"send"/ {
		s/.*"src_addr":"([^"]*)","dst_addr":"([^"]*)","transport":"([a-z]*)","proto":"([a-z0-9]*)","start":"?([^",]*).*/\4 \5 \1 \2 \3/p
	}' "$work/$1.jsonl" > "$work/sent"
	cp "$work/sent" "$work/.output"
}

# remarks COUNT WORDS…: each is said, and no more than COUNT of them.
remarks() {
	remarks_count=$1
	shift
	for words do
		says "… $words" "$words" cat "$work/said"
	done
	ok "… and no more" test "$(grep -c . "$work/said")" = "$remarks_count"
}

sent esp.pcap
cat > "$work/want" <<'END'
sip MESSAGE 192.0.2.1:5060 192.0.2.2:5060 udp
sip 200 192.0.2.2:5060 192.0.2.1:5060 udp
sip MESSAGE 192.0.2.1:40000 192.0.2.2:5060 tcp
sip 200 192.0.2.2:5060 192.0.2.1:40000 tcp
sip MESSAGE 192.0.2.1:5060 192.0.2.2:5060 udp
sip 200 [2001:db8::2]:5060 [2001:db8::1]:5060 udp
END
same "ESP: UDP, TCP, tunnels, in UDP" "$work/want" "$work/sent"
remarks 1 "packets of ESP are encrypted, and can't be read (2 in all, the first at packet 7)"

sent esp_gmac.pcap
ok "ESP with a vector" test "$(cat "$work/sent")" = \
	"sip MESSAGE 192.0.2.1:5060 192.0.2.2:5060 udp"

sent sctp.pcap
cat > "$work/want" <<'END'
sip MESSAGE 192.0.2.1:5060 192.0.2.2:5060 sctp
sip 200 192.0.2.2:5060 192.0.2.1:5060 sctp
sip MESSAGE 192.0.2.1:5060 192.0.2.2:5060 sctp
sip 200 192.0.2.2:5060 192.0.2.1:5060 sctp
isup IAM 192.0.2.3:2905 192.0.2.4:2905 sctp
isup REL 192.0.2.4:2905 192.0.2.3:2905 sctp
isup RLC 192.0.2.3:2905 192.0.2.4:2905 sctp
diameter 280 192.0.2.5:40000 192.0.2.6:3868 sctp
diameter 280 192.0.2.5:40002 192.0.2.6:3868 tcp
diameter 280 192.0.2.5:40002 192.0.2.6:3868 tcp
megaco ServiceChange 192.0.2.7:2944 192.0.2.8:2944 sctp
END
same "SCTP: chunks, pieces out of order, repeated" "$work/want" "$work/sent"
says "a message of three pieces is whole" '"size":1147' cat "$work/sctp.pcap.jsonl"
says "a message that lacks a piece is noted" '"missing":"piece"' \
	cat "$work/sctp.pcap.jsonl"
remarks 4 "lack pieces and can't be put together (1 in all, the first at packet 7)" \
	"not of ISUP, and are not read (1 in all, the first at packet 9)" \
	"over SCTP are not readable: no SIP, no ISUP in M3UA, no Diameter, no H.248 as text (1 in all, the first at packet 11)" \
	"in binary form, which is not read (2 in all, the first at packet 16)"

for f in mtp3.pcap mtp2.pcap; do
	sent $f
	cat > "$work/want" <<-'END'
	isup IAM 0.0.0.100 0.0.0.200 udp
	isup REL 0.0.0.200 0.0.0.100 udp
	isup RLC 0.0.0.100 0.0.0.200 udp
	END
	same "$f" "$work/want" "$work/sent"
	remarks 1 "not of ISUP, and are not read (1 in all, the first at packet 3)"
done
says "an exchange has a name" "berlin" "$RUNG" show --ladder "$corpus/mtp3.pcap" \
	--alias 0.0.0.100=berlin

# SIP over SCTP goes into a capture again as it came.
"$RUNG" export -f pcapng "$work/sctp.pcap.jsonl" -o "$work/again.pcapng"
"$RUNG" export -f trace "$work/again.pcapng" -o "$work/again.jsonl" 2> "$work/said"
ok "read again without a remark" test ! -s "$work/said"
for p in sip isup diameter megaco; do
	ok "$p written again" test \
		"$(grep '"kind":"send"' "$work/again.jsonl" | grep -c "\"proto\":\"$p\"")" = \
		"$(grep '"kind":"send"' "$work/sctp.pcap.jsonl" | grep -c "\"proto\":\"$p\"")"
done

# As tshark has it, which shows each message once.
count() { # FILE FILTER FIELD
	tshark -o esp.enable_null_encryption_decode_heuristic:TRUE \
		-r "$1" -Y "$2" -T fields -E occurrence=a -e "$3" 2> /dev/null |
		tr ',' '\n' | grep -c .
}
told() { # FILE PROTO
	grep '"kind":"send"' "$1" | grep -c "\"proto\":\"$2\""
}
if command -v tshark > /dev/null; then
	for one in esp.pcap:sip:sip.CSeq sctp.pcap:sip:sip.CSeq \
		sctp.pcap:isup:isup.message_type sctp.pcap:megaco:megaco.transid \
		sctp.pcap:diameter:diameter.cmd.code mtp3.pcap:isup:isup.message_type \
		mtp2.pcap:isup:isup.message_type; do
		f=${one%%:*} p=${one#*:}
		ok "tshark: $one" test "$(count "$corpus/$f" "${p%%:*}" "${p#*:}")" = \
			"$(told "$work/$f.jsonl" "${p%%:*}")"
	done
	# A gateway that asks its media gateway about faxes.
	fax=${RUNG_DATA:-../shared/data}/pcap/t38-fax.pcap
	if [ -e "$fax" ]; then
		"$RUNG" export -f trace "$fax" -o "$work/fax.jsonl" 2> /dev/null
		ok "tshark: H.248 of a real gateway" test \
			"$(count "$fax" megaco megaco.transid)" = \
			"$(told "$work/fax.jsonl" megaco)"
	else
		skip "no capture of a real gateway beside the project"
	fi
	ok "tshark: SIP over SCTP written again" test \
		"$(count "$work/again.pcapng" sip sip.CSeq)" = \
		"$(told "$work/again.jsonl" sip)"
else
	skip "no tshark"
fi

# I-DATA chunks (RFC 8260 2.1), which were passed over without a word.
. tests/fixtures/made_pcap.sh
be32() { be16 $(($1 >> 16)); be16 $(($1 & 65535)); }
printf '%s\r\n' 'OPTIONS sip:b@192.0.2.2 SIP/2.0' 'Via: SIP/2.0/SCTP 192.0.2.1;branch=z9hG4bK1' \
	'Max-Forwards: 70' 'To: <sip:b@192.0.2.2>' 'From: <sip:a@192.0.2.1>;tag=1' 'Call-ID: i' \
	'CSeq: 1 OPTIONS' 'Content-Length: 0' '' > "$work/options"
# idata NUMBER FLAGS FILE: FILE as a packet with one such chunk.
idata() {
	n=$(wc -c < "$3")
	all=$((20 + 12 + 20 + (n + 3) / 4 * 4))
	le32 $((1000000000 + $1)); le32 0; le32 $all; le32 $all
	printf '\105\000'; be16 $all; printf '\000\000\000\000\100\204\000\000\300\000\002\001\300\000\002\002'
	be16 5060; be16 5060; be32 99; be32 0
	byte 64; byte "$2"; be16 $((20 + n)); be32 "$1"; be16 1; be16 0; be32 7; be32 0
	cat "$3"
	head -c $(((4 - n % 4) % 4)) /dev/zero
}
head -c 100 "$work/options" > "$work/one"
tail -c +101 "$work/options" > "$work/two"
{ pcap_head; idata 1 3 "$work/options"; idata 2 2 "$work/one"; idata 3 1 "$work/two"; } > "$work/idata.pcap"
gives "I-DATA, whole and in pieces" 2 sh -c "'$RUNG' export '$work/idata.pcap' -o '$work/i.jsonl' && grep -c '\"kind\":\"send\".*OPTIONS' '$work/i.jsonl'"
finish
