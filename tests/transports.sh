#!/bin/sh
# Whoever asks what a transport is like asks its row (base/addr.c): so no source
# names one, nor its port or its word, but those below, each for its reason.
# A line that names one in another file is a violation; so is a file below that
# names none any more.
#
#	sh tests/transports.sh [FOLDER]       (src)
set -u
src=${1:-src}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/may" << 'END'
analysis/packets/capture.h                packets that are not read
analysis/packets/capture.c                the port of SIP whose messages can't be read
analysis/inference/trace_others.c           what a stream shows itself to be
analysis/inference/correlation_sightings.c  a guess which hash is asked for next
analysis/packets/index.c                  what packets say: UDP or TCP
analysis/inference/trace_media_tell.c       media of a capture that go over UDP
analysis/packets/log_formats.c            the words of other servers' logs
analysis/packets/log_sides.c              what those tell
drawing/words/caption.c                   a sentence about datagrams
interface/cli/parse.c                     a protocol whose messages are read
interface/cli/serve.c                     an option of a real server
interface/cli/live.c                      likewise, of the page
interface/live/live_sockets.c       real sockets: UDP and TCP
interface/live/real_programs.c          a real socket that keeps a network
interface/live/listening_ports.c           the kernel's files of sockets
ground/base/addr.c                      the rows
ground/base/addr.h                      their names
protocol/msg/parts_uri.c                  RFC 3261 19.1.2 by scheme alone: 10.3, unknown transports
record/trace/protocol.h                 the ports and words of protocols, not of transports
record/trace/vocab.h                    a refusal that is called so
simulator/net/tcp.c                       plain TCP, for whoever names nothing that goes over it
simulator/net/net_udp.c                   what it is
simulator/node/face.c                     its socket for datagrams
simulator/node/uri.c                      an attribute that is called so
simulator/node/security.c                 an attribute and a random stream that are called so
simulator/roles/handset/handset_config.c  the firmware's own default
simulator/roles/handset/handset_tcp.c     the firmware knows UDP and TCP
simulator/topology/topology_attrs.h       words for people: tests/node/test_transport_rows.c
drawing/words/layers_doc_in.h             headers of packets
drawing/words/layers_packet.c             likewise
drawing/words/decoded_doc.c               the name of what is shown
drawing/words/state_words.c               a timer that is called so
record/machine/transactions.c           the same timer
simulator/roles/nat/nat_role.c                     what IP carries: NATs know UDP and TCP; real gateways look for SIP at its usual port
simulator/agent/call_sdp.c                what carries media: an attribute with two words
simulator/rtp/rtp_over_tcp.c                      RFC 4571: RTP over TCP
simulator/sip/sdp_ice.c                   RFC 8839 5.1: a candidate's word
simulator/sip/transport.c                 RFC 3261 18.1.1: from UDP to TCP for the size
END

# The firmware has no such table: it is another program.
find "$src" -name '*.[ch]' ! -path '*/firmware/*' | LC_ALL=C sort |
	xargs awk -v src="$src" '
function name_of(path) {
	return substr(path, length(src) + 2)
}

# LINE without comments; in_comment goes on to the next.
function bare(line,    out, at) {
	out = ""
	while (line != "") {
		if (in_comment) {
			at = index(line, "*/")
			if (at == 0)
				return out
			line = substr(line, at + 2)
			in_comment = 0
		}
		at = index(line, "/*")
		if (at == 0)
			return out line
		out = out substr(line, 1, at - 1)
		line = substr(line, at + 2)
		in_comment = 1
	}
	return out
}

FNR == 1 {
	in_comment = 0
}

{
	code = bare($0)
	words = code
	gsub(/"([^"\\]|\\.)*"/, "\"\"", code)
	if (code ~ /(^|[^A-Z_])ADDR_(UDP|TCP|TLS|SCTP|TLS_SCTP|WS|WSS|PORT_SIPS?)([^A-Z_]|$)/ ||
	    code ~ /(^|[^A-Z_])SIP_PORT([^A-Z_]|$)/ ||
	    code ~ /(^|[^0-9A-Za-z_.])506[01]([^0-9A-Za-z_]|$)/ ||
	    words ~ /"(udp|tcp|tls|sctp|tls-sctp|ws|wss)"/ ||
	    words ~ /"(UDP|TCP|TLS|SCTP|TLS-SCTP|WS|WSS)"/)
		print name_of(FILENAME) ":" FNR ":" $0
}' > "$work/named"

cut -d' ' -f1 "$work/may" | LC_ALL=C sort > "$work/files"
cut -d: -f1 "$work/named" | LC_ALL=C sort -u > "$work/naming"
count=$(find "$src" -name '*.[ch]' | grep -c .)
LC_ALL=C comm -13 "$work/files" "$work/naming" > "$work/more"
LC_ALL=C comm -23 "$work/files" "$work/naming" > "$work/less"
while read -r f; do
	grep "^$f:" "$work/named" |
		sed 's/$/	(what it is like stands in its row)/'
done < "$work/more"
sed 's/$/: names no transport any more: it need not stand here/' "$work/less"
failed=$(cat "$work/more" "$work/less" | grep -c .)
echo "transports: $((count - failed > 0 ? count - failed : 0)) passed, $failed failed"
[ "$failed" = 0 ] && [ "$count" -gt 0 ]
