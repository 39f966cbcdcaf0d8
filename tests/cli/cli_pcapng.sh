# rung export -f pcapng: every lab and topology as a capture that Wireshark reads
# without a malformed packet or an error, and in which it sees the messages of
# the trace, no more and no less.  The files themselves: cli_capture_files.case.
. tests/fixtures/check.sh

t=$work/t.jsonl
out=$work/out.pcapng
"$RUNG" run labs/two-proxies -q -o "$t"

"$RUNG" export -f pcapng "$t" -o "$out"

# ---- what Wireshark makes of it ----
# It takes long to begin, so sharkd, which is Wireshark without a screen, reads
# all the captures in one go.  Those of the sanitized build are the same bytes.
captures=$work/captures
mkdir "$captures"
sanitized || command -v sharkd > /dev/null || {
	skip "no sharkd"
	finish
}

# Malformed packets, errors, checksums that are none, frames that are not what
# the file says, files that end too early.
bad="_ws.malformed || _ws.expert.severity >= 0x800000 || _ws.short"
for proto in ip udp tcp; do
	bad="$bad || $proto.checksum.status == 0"
done

# request FILE METHOD WORDS…: one of sharkd's, each word "NAME VALUE", whose answer
# is to be in FILE.  It numbers them; the names are in $work/files, a line each.
request() {
	requests=$((${requests:-0} + 1))
	echo "$captures/$1" >> "$work/files"
	printf '{"jsonrpc":"2.0","id":%d,"method":"%s","params":{' \
		"$requests" "$2"
	shift 2
	comma=
	for word; do
		printf '%s"%s":"%s"' "$comma" "${word%% *}" "${word#* }"
		comma=,
	done
	printf '}}\n'
}

# frames FILE FILTER FIELD…: these fields of the frames that FILTER lets through.
# Sharkd keeps those of a filter it has had, even if the capture is another now:
# so each has a number of its own in it.
frames() {
	frames_file=$1
	frames_filter="($2) && frame.number != $((1000000000 + requests))"
	shift 2
	column=0
	for field; do
		set -- "$@" "column$column $field"
		shift
		column=$((column + 1))
	done
	request "$frames_file" frames "filter $frames_filter" "$@"
}

# Of each capture NAME in $captures: what the frames with SIP are in NAME.sip, a
# line each, and the bad ones in NAME.bad; NAME.*.wrong are requests refused.
read_captures() {
	{
		for option in ip.check_checksum udp.check_checksum \
			tcp.check_checksum tcp.reassemble_out_of_order; do
			request option setconf "name $option" "value TRUE"
		done
		for file in "$captures"/*.pcapng; do
			name=${file##*/}
			name=${name%.pcapng}
			request "$name.load" load "file $file"
			frames "$name.sip" sip frame.packet_id:1 ip.src:1 \
				ipv6.src:1 udp.srcport:1 tcp.srcport:1 \
				ip.dst:1 ipv6.dst:1 udp.dstport:1 tcp.dstport:1 \
				sip.Method:1 sip.Status-Code:1 sip.Call-ID:1 \
				sip.CSeq:1
			frames "$name.bad" "$bad" frame.number:1 \
				_ws.expert.message:1 _ws.col.Info:1
		done
	} > "$work/requests"
	timeout "$patience" sharkd - < "$work/requests" \
		> "$work/answers" 2> "$work/said"
	awk 'FILENAME == ARGV[1] { name[FNR] = $0; next }
	{
		match($0, /"id":[0-9]*/)
		file = name[substr($0, RSTART + 5, RLENGTH - 5)]
		if ($0 ~ /"error":/)
			print > (file ".wrong")
		sub(/.*"result":\[?/, "")
		gsub(/{"c":\["/, "\n")
		sub(/^\n/, "")
		gsub(/"\],"num":[^}]*},?/, "")
		gsub(/","/, "\t")
		sub(/\]}$/, "")
		if ($0 != "")
			print > file
		else
			printf "" > file
		close(file)
	}' "$work/files" "$work/answers"
}

# Sharkd has read NAME, and has nothing against it.
clean() { # NAME
	grep "^sharkd:.*/$1\.pcapng\"" "$work/said" && return 1
	for found in "$captures/$1.bad" "$captures/$1".*.wrong; do
		[ ! -s "$found" ] || {
			cat "$found"
			return 1
		}
	done
	[ -e "$captures/$1.bad" ]
}

# The SIP messages of a trace that came to a link (or went from a node to
# itself), in the form of seen.
sent() { # TRACE
	awk '
	function value(key,   at, rest) {
		at = index($0, "\"" key "\":")
		if (at == 0)
			return ""
		rest = substr($0, at + length(key) + 3)
		if (substr(rest, 1, 1) == "\"") {
			rest = substr(rest, 2)
			return substr(rest, 1, index(rest, "\"") - 1)
		}
		match(rest, /^[0-9]*/)
		return substr(rest, 1, RLENGTH)
	}
	/"kind":"packet"/ { packets = 1; of = value("of"); if (of) on[of] = 1 }
	# behind a NAT it has others
	/"kind":"packet"/ && /"src_addr"/ && of {
		ends = value("src_addr") " " value("dst_addr")
		if (!((of, ends) in had) && ends != sent_with[of])
			others[of] = others[of] "\n" what[of] " " ends
		had[of, ends] = 1
	}
	/"kind":"recv"/ { came[value("of")] = 1 }
	/"kind":"drop"/ {
		of = value("of")
		dropped[of] = 1
		# neither thrown away at once, nor lost before its first link
		if (value("reason") !~ /^(fault|no-connection|torn)$/ &&
			value("node") != from[of])
			came[of] = 1
	}
	/"kind":"send"/ && /"proto":"sip"/ {
		n = value("seq")
		what[n] = value("start") " " value("call_id") " " value("cseq")
		sent_with[n] = value("src_addr") " " value("dst_addr")
		line[n] = what[n] " " sent_with[n]
		from[n] = value("src")
		# of TCP all must have come; a datagram is whole on its link
		tcp[n] = value("transport") == "tcp"
		self[n] = value("src") == value("dst")
		order[++sends] = n
	}
	END {
		for (i = 1; i <= sends; i++) {
			n = order[i]
			# or is on its way when the run ends
			if (packets && !self[n] && !tcp[n] ? on[n] : \
				came[n] || (!tcp[n] && !dropped[n]))
				print line[n] others[n]
		}
	}' "$1" | sort
}

# The SIP messages that sharkd saw, each once, on whatever link.
seen() { # NAME
	awk -F '\t' '
	function end(v4, v6, port) {
		return v6 != "" ? "[" v6 "]:" port : v4 ":" port
	}
	{
		key = ($11 != "" ? $11 : $10) " " $12 " " $13 " " \
			end($2, $3, $4 $5) " " end($6, $7, $8 $9)
		if (!(($1, key) in had))
			print key
		had[$1, key] = 1
	}' "$captures/$1.sip" | sort
}

compare() { # NAME
	seen "$1" > "$work/seen.txt"
	[ -s "$work/seen.txt" ] && diff "$captures/$1.sent" "$work/seen.txt"
}

# The packets of a lab's network as recorded (network), or as drawn up (protocol).
draw() { # NAME FILE DETAIL…
	name=$1 file=$2
	shift 2
	for detail; do
		draw_one "$name" "$file" "$detail"
	done
}
draw_one() { # NAME FILE DETAIL
	find_trace "$2" "$3" || return 1
	ok "$1 $3" "$RUNG" export -f pcapng "$2" \
		--detail="$3" -o "$captures/$1-$3.pcapng"
	sent "$trace" > "$captures/$1-$3.sent"
}
# The one and the other in turn; with CAPTURES=all both.
in_turn() {
	recorded=$((1 - ${recorded:-0}))
	if [ "${CAPTURES:-}" = all ]; then
		details="network protocol"
	elif [ $recorded = 1 ]; then
		details=network
	else
		details=protocol
	fi
}
for f in $(labs_some); do
	in_turn
	# shellcheck disable=SC2086  # words
	draw "${f##*/}" "$f" $details
done
# Small packets, lost, doubled, out of order; datagrams in fragments.
narrow() { # NAME TRANSPORT PREFIX TO
	cat > "$work/$1.gv" <<-EOF
	graph narrow {
		graph [domain="example.com", duration="60s", seed=3]
		node [transport=$2]
		edge [mtu=600]
		alice [role=ua, register=true, outbound=px, addr="${3}1"]
		px [role="proxy registrar location", addr="${3}2"]
		bob [role=ua, register=true, outbound=px, answer="2s",
			addr="${3}3"]
		r1 [addr="${3}4"]
		r2 [addr="${3}5"]
		alice -- r1
		r1 -- r2 [mtu=300, loss="5%", duplicate="10%", jitter="4ms",
			rate="200kbit"]
		r2 -- {px bob}
	}
	EOF
	cat > "$work/$1.lua" <<-EOF
	lab { title = "$1", topology = "$1.gv", duration = "60s" }
	local alice = node "alice"
	script(function()
		sleep "1s"
		alice:invite "sip:bob@example.com"
		for i = 1, 10 do
			alice:send { to = "$4", raw =
				"OPTIONS sip:px@example.com SIP/2.0\\r\\n" ..
				"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK" ..
				i .. "\\r\\nFrom: <sip:a@x>;tag=1\\r\\n" ..
				"To: <sip:px@example.com>\\r\\nCall-ID: " ..
				i .. "\\r\\nCSeq: 1 OPTIONS\\r\\n" ..
				"Content-Length: 3000\\r\\n\\r\\n" ..
				string.rep("0123456789", 300) }
			sleep "200ms"
		end
	end)
	EOF
	draw "$1" "$work/$1.lua" network protocol
}
narrow narrow-udp  udp 192.0.2.    192.0.2.2:5060
narrow narrow-tcp  tcp 192.0.2.    192.0.2.2:5060
narrow narrow-udp6 udp 2001:db8::  "[2001:db8::2]:5060"
narrow narrow-tcp6 tcp 2001:db8::  "[2001:db8::2]:5060"

if ! sanitized; then
	# What it says of one that ends too early, and of one with a wrong sum.
	head -c 9000 "$out" > "$captures/cut.pcapng"
	sed 's/Max-Forwards: 70/Max-Forwards: 71/' "$out" > "$captures/sum.pcapng"
	read_captures
	fails "one that is cut" 1 clean cut
	fails "one with wrong checksums" 1 clean sum
	for file in "$captures"/*.sent; do
		name=${file##*/}
		name=${name%.sent}
		# A Content-Length that is too small, on purpose: what is left
		# over over TCP is no message, for either reader.
		case $name in
		handout-more-messages-*)
			fails "$name: sharkd sees what is wrong" 1 clean "$name"
			continue
			;;
		esac
		ok "$name: sharkd reads it" clean "$name"
		# What one of the two takes for no SIP proves nothing.
		case $name in
		handset-malformed-* | handout-registration-*) continue ;;
		# Nobody reads what goes by TLS.
		tls.gv-* | sips-end-to-end-* | bad-certificates-* | \
			handout-tls-* | websocket-phone-* | listener-* | srtp-listener-*) continue ;;
		esac
		ok "$name: sees its messages" compare "$name"
	done
fi
finish
