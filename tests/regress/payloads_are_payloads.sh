#!/bin/sh
# Payloads begin with the heads that their codec's format gives them: Opus (RFC
# 6716 3), VP8 (RFC 7741 4.2, RFC 6386 9.1), H.264 (RFC 6184 5.6, 5.8).  With
# tshark: nothing in what phones send is malformed, or an error, by any codec.
. tests/fixtures/check.sh
command -v tshark > /dev/null || {
	skip "tshark is missing"
	finish
}
wrong='(rtp || rtcp) && (_ws.malformed || _ws.expert.severity == error)'

# sends NAME FILE ATTRIBUTES…: into $work/t.pcapng.
sends() {
	name=$1
	file=$2
	shift 2
	"$RUNG" run -q --detail=network "$@" "$file" -o "$work/t.jsonl" &&
		"$RUNG" export -f pcapng "$work/t.jsonl" -o "$work/t.pcapng"
	tshark -r "$work/t.pcapng" -Y "$wrong" > "$work/.output" 2> /dev/null
	if [ -s "$work/.output" ]; then
		bad "$name" "$(wc -l < "$work/.output") packets are wrong"
	else
		good
	fi
}

# has NAME LEAST FILTER: so many packets of $work/t.pcapng.
has() {
	seen=$(tshark -r "$work/t.pcapng" -Y "$3" 2> /dev/null | wc -l)
	: > "$work/.output"
	if [ "$seen" -ge "$2" ]; then good
	else bad "$1" "$seen packets, not $2, are $3"; fi
}

calls() { # CODECS STREAMS [ATTRIBUTES…]
	codecs=$1
	streams=$2
	shift 2
	for sound in speech tone; do
		sends "$codecs, $sound $*" topologies/direct-call.gv \
			--set=alice.media=true --set=bob.media=true \
			"--set=alice.codecs=$codecs" "--set=bob.codecs=$codecs" \
			"--set=alice.streams=$streams" "--set=bob.streams=$streams" \
			--set=alice.sound=$sound --set=bob.sound=$sound "$@"
	done
}

for codec in PCMU PCMA G722 G729; do
	calls "$codec CN telephone-event" audio
	has "$codec" 4 rtp
done
calls "opus telephone-event" audio
has "Opus: SILK, a wideband frame of 20 ms, mono" 400 "opus.TOC.config == 9"
calls "PCMU VP8" "audio video"
has "VP8: key frames" 2 "vp8.hdr.frametype == 0"
has "VP8: frames between them" 100 "vp8.hdr.frametype == 1"
has "VP8: of a size" 2 "vp8.keyframe.width == 640 && vp8.keyframe.height == 480"
# PictureID counts the frames (RFC 7741 4.2), and all packets of a frame have one.
tshark -r "$work/t.pcapng" -Y "vp8 && ip.src == 192.0.2.1" -T fields \
	-e rtp.timestamp -e vp8.pld.pictureid 2> /dev/null | uniq |
	awk 'NR > 1 && ($2 != last + 1 || $1 == time) { print "frame", $0 }
	    { last = $2; time = $1 }' > "$work/.output"
if [ -s "$work/.output" ]; then bad "PictureID" "frames are not counted"
else good; fi

calls "PCMU H264" "audio video"
has "H.264: key frames begin" 2 "h264.nal_unit_hdr == 28 && h264.start.bit == 1 && h264.nal_unit_type == 5"
has "H.264: and end" 2 "h264.nal_unit_hdr == 28 && h264.end.bit == 1"
has "H.264: slices" 100 "h264.nal_unit_type == 1"
calls "PCMU PS" "audio video"

# Labs and topologies whose phones talk; LABS=all: each.
for lab in $(labs_some labs/dtmf-ways labs/mixed-conference topologies/gb28181.gv); do
	case $lab in
	*.gv) set -- "$lab" ;;
	*) set -- "$lab"/*.gv "$lab/lab.lua" ;;
	esac
	grep -qE 'media *= *"?true' "$@" 2> /dev/null || continue
	sends "$lab" "$lab"
done
finish
