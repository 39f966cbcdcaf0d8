# For tests in sh that write captures: pcap with raw IP, a message a datagram.
#
#	{ pcap_head; packet 0 1 2 FILE; packet 500000 2 1 FILE; } > CAPTURE
byte() { printf "\\$(printf %03o "$1")"; }
le32() { byte $(($1 & 255)); byte $(($1 >> 8 & 255)); byte $(($1 >> 16 & 255)); byte $(($1 >> 24 & 255)); }
be16() { byte $(($1 >> 8)); byte $(($1 & 255)); }

pcap_head() {
	printf '\324\303\262\241\002\000\004\000'
	le32 0; le32 0; le32 65535; le32 101
}

# packet MICROSECONDS SOURCE DESTINATION FILE: FILE from 192.0.2.SOURCE, port
# 5060
packet() {
	n=$(wc -c < "$4")
	le32 $((1000000000 + $1 / 1000000)); le32 $(($1 % 1000000))
	le32 $((n + 28)); le32 $((n + 28))
	printf '\105\000'; be16 $((n + 28)); printf '\000\000\000\000\100\021\000\000'
	printf '\300\000\002'; byte "$2"; printf '\300\000\002'; byte "$3"
	be16 5060; be16 5060; be16 $((n + 8)); printf '\000\000'
	cat "$4"
}
