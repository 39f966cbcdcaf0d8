# Media as tshark measures them: of every stream that a node has heard, packets,
# those lost, and the mean and greatest jitter are in tshark's analysis of the
# exported packets what the record `heard` says.  Runs made to be difficult, and
# labs whose phones talk (the smallest; ALL=1: each).
. tests/fixtures/check.sh
command -v tshark > /dev/null || {
	skip "tshark is missing"
	finish
}
t=$work/t.jsonl
epoch=1000000000 # 2001-09-09T01:46:40Z

# The streams that were heard in $t, a line each: the filter for its packets,
# at the node that hears it between `hear` and `heard`; SSRC, and what the record
# says of it (times in ns).
heard() {
	jq -rn --argjson epoch $epoch '
	def at: "\($epoch + (. / 1e9 | floor)).\(. % 1e9 | tostring |
		"000000000"[length:] + .)";
	reduce (inputs | select(.kind == "media")) as $r
		({begun: {}, rows: []};
		"\($r.node) \($r.call) \($r.ssrc)" as $k |
		if $r.op == "hear" then .begun[$k] = $r.t
		elif $r.op == "heard" and .begun[$k] then .rows += [[
			"frame.interface_name matches \"(^|--)\($r.node)(--|$)\"" +
			" && rtp.ssrc == \($r.ssrc)" +
			" && udp.srcport == \($r.peer | split(":")[-1])" +
			" && frame.time_epoch >= \(.begun[$k] | at)" +
			" && frame.time_epoch <= \($r.t | at)" +
			" && !(frame.comment contains \"lost\")",
			$r.ssrc, $r.packets, $r.lost, $r.jitter_mean,
			$r.jitter_max, $r.node]]
		else . end) | .rows[] | @tsv' "$t"
}

# A line for each stream of tshark's table: SSRC, packets, lost, mean and
# greatest jitter.  The last six columns are delta and jitter (and a mark where
# it finds problems); payload types may have spaces.
tshark_streams() {
	tr -d '()%' < "$work/table" | awk '$1 ~ /^[0-9.]+$/ {
		for (i = 7; $i !~ /^0x/; i++)
			;
		last = $NF == "X" ? NF - 1 : NF
		print $i, $(last - 8), $(last - 7), $(last - 1), $last
	}' | while read -r ssrc rest; do echo "$((ssrc)) $rest"; done
}

# tshark knows a payload type by the SDP before it, so SIP is not left out.  What
# it prints has three digits behind the point; a record is cut to a nanosecond.
# tshark takes the first and the last packet that come for the first and the last
# number (RFC 3550 A.3: the least and the highest): where others overtake these it
# tells another loss.
compare() { # NAME
	awk -v name="$1" '
	function off(ns, ms) { return ns / 1e6 - ms > 0.00051 || ms - ns / 1e6 > 0.00051 }
	FILENAME == ARGV[1] { seen[$1] = $0; next }
	FILENAME == ARGV[2] { mixed[$1]; next }
	{
		split(seen[$1], s, " ")
		if (s[2] != $2 || (s[3] != $3 && !($1 in mixed)) ||
		    off($4, s[4]) || off($5, s[5]))
			print name ", " $6 ": tshark has", seen[$1] \
			    ", the record packets " $2 ", lost " $3 ", jitter " $4 ", " $5
	}' "$work/tshark" "$work/mixed" "$work/rows"
}

# The streams of the filter $1 whose first or last packet was overtaken.
mixed() {
	tshark -r "$work/t.pcapng" --enable-heuristic rtp_udp -Y "$1" \
		-T fields -e rtp.ssrc -e rtp.seq 2> /dev/null |
		while read -r ssrc seq; do echo "$((ssrc)) $seq"; done |
		awk '{
			if (!($1 in first)) first[$1] = high[$1] = $2
			ahead = ($2 - high[$1] + 65536) % 65536
			if (ahead < 32768) high[$1] = $2
			if (($2 - first[$1] + 65536) % 65536 >= 32768) early[$1]
			last[$1] = $2
		}
		END {
			for (s in last)
				if (s in early || last[s] != high[s]) print s
		}'
}

agrees() { # NAME, OF $t
	heard > "$work/heard"
	# shellcheck disable=SC2046  # a word each
	"$RUNG" export -f pcapng "$t" --epoch=2001-09-09T01:46:40Z -o "$work/t.pcapng" \
		$(cut -f 7 "$work/heard" | sort -u | sed 's/^/--node=/')
	# An SSRC that is heard twice has a round of its own.
	while [ -s "$work/heard" ]; do
		awk -F '\t' -v rest="$work/rest" 'BEGIN { printf "" > rest }
		    $2 in seen { print > rest; next } { seen[$2]; print }' \
			"$work/heard" > "$work/round"
		cut -f 2- "$work/round" > "$work/rows"
		filter=$(cut -f 1 "$work/round" | sed 's/.*/(&)/' |
			paste -s -d '|' | sed 's/)|(/) || (/g')
		tshark -r "$work/t.pcapng" -2 --enable-heuristic rtp_udp \
			-R "sip || $filter" -q -z rtp,streams > "$work/table" 2> "$work/.output"
		tshark_streams > "$work/tshark"
		streams=$((streams + $(wc -l < "$work/rows")))
		: > "$work/mixed"
		check_run compare "$1"
		if [ -s "$work/.output" ]; then
			mixed "$filter" > "$work/mixed"
			check_run compare "$1"
		fi
		if [ -s "$work/.output" ]; then bad "$1" "tshark measures otherwise"
		else good; fi
		mv "$work/rest" "$work/heard"
	done
}
streams=0

run() { # NAME WHAT ATTRIBUTES…
	what=$2
	name=$1
	shift 2
	set -- "$@" --set=alice.media=true --set=bob.media=true
	"$RUNG" run -q --detail=network --seed=7 "$@" "$what" -o "$t"
	agrees "$name"
}
net=topologies/direct-call.gv
run "jitter, loss, duplicates" $net --set=jitter=30ms --set=loss=5% \
	--set=duplicate=2% --set=alice.codecs=PCMA --set=bob.codecs=PCMA

# The same packets read back, as the capture that one phone would have.
"$RUNG" export -f pcapng "$t" --node=bob -o "$work/t.pcapng"
"$RUNG" export -f trace "$work/t.pcapng" | jq -r 'select(.op == "heard") |
	[.ssrc, .packets, .lost, .jitter_mean, .jitter_max, .node] | @tsv' \
	> "$work/rows"
[ "$(wc -l < "$work/rows")" -eq 2 ] || bad "read back" "not two streams"
tshark -r "$work/t.pcapng" -q -z rtp,streams > "$work/table" 2> /dev/null
tshark_streams > "$work/tshark"
mixed rtp > "$work/mixed"
check_run compare "read back"
if [ -s "$work/.output" ]; then bad "read back" "tshark measures otherwise"
else good; fi

mkdir "$work/lab"
cp $net "$work/lab/net.gv"
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "net.gv", duration = "20s" }
script(function()
	local call = node("alice"):invite "sip:bob@192.0.2.3"
	wait(call, "confirmed", "10s")
	sleep "1s"
	call:dtmf "15"
	sleep "500ms"
	call:hold()
	sleep "1s"
	call:resume()
	sleep "1s"
	call:bye()
end)
LUA
run "digits and hold" "$work/lab/lab.lua" --set=jitter=8ms \
	--set=alice.dtmf=events "--set=alice.codecs=opus CN telephone-event H264" \
	"--set=bob.codecs=opus CN telephone-event H264" \
	"--set=alice.streams=audio video" "--set=bob.streams=audio video"

# What goes to an address that nobody has any more is there at its sender.
"$RUNG" run -q --detail=network labs/one-way-audio -o "$t"
"$RUNG" export -f pcapng --node=gina "$t" -o "$work/t.pcapng"
sent=$(jq -r 'select(.kind == "media" and .op == "stop" and
	.node == "gina") | .packets' "$t")
seen=$(tshark -r "$work/t.pcapng" -Y "rtp && ip.dst == 192.0.2.90" 2> /dev/null | wc -l)
if [ "$sent" -gt 200 ] && [ "$sent" = "$seen" ]; then good
else bad "to nobody" "$seen packets of $sent"; fi

# ---- labs ----
least=1
[ -z "${ALL:-}" ] || least=1000
# shellcheck disable=SC2046  # a word each
for lab in $(grep -lE 'media *= *"?true' $(ls labs/*/*.gv labs/*/lab.lua) |
	xargs -r -n 1 dirname | sort -u | while read -r one; do
		find_trace "$one" protocol
		grep -q '"op":"heard"' "$trace" &&
			echo "$(wc -c < "$trace") $one"
	done | sort -n | head -n $least | cut -d ' ' -f 2); do
	"$RUNG" run -q --detail=network "$lab" -o "$t"
	agrees "$lab"
done
if [ $streams -ge 4 ]; then good
else bad "streams" "$streams are compared"; fi

finish
