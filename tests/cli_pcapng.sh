# rung export -f pcapng: every lab and topology as a capture that tshark reads
# without a malformed packet or an error, and in which it sees the messages of
# the trace, no more and no less.
. tests/check.sh
LC_ALL=C.UTF-8
export LC_ALL

t=$work/t.jsonl
out=$work/out.pcapng
"$RUNG" run labs/two-proxies -q -o "$t"

# ---- the command ----
ok   "a format" "$RUNG" export -f pcapng "$t" -o "$out"
ok   "the ending tells it" "$RUNG" export "$t" -o "$work/x.pcapng"
ok   "and gives the same" cmp "$out" "$work/x.pcapng"
"$RUNG" export -f pcapng "$t" > "$work/stdout"
ok   "standard output" cmp "$out" "$work/stdout"
ok   "a lab is run for it" "$RUNG" export -f pcapng two-proxies -o "$out"
"$RUNG" run two-proxies -q --detail=network -o "$work/network.jsonl"
"$RUNG" export -f pcapng "$work/network.jsonl" -o "$work/network.pcapng"
ok   "with its packets" cmp "$out" "$work/network.pcapng"
ok   "but not where less is asked for" \
	"$RUNG" export -f pcapng two-proxies --detail=protocol -o "$work/y.pcapng"
fails "which is another" 1 cmp -s "$out" "$work/y.pcapng"
says "the list of formats" "html, pcapng" "$RUNG" export -f pcap "$t"
says "a node that there is not" "no node “atk”" \
	"$RUNG" export -f pcapng "$t" --node=atk
says "no date" "2020-01-01T09:30:00Z" "$RUNG" export "$t" --epoch=noon
fails "no date: status" 2 "$RUNG" export "$t" --epoch=2020-13-01

# ---- whole or not there ----
formats="txt gv svg png pdf json pcapng"
whole() { # FORMAT
	mkdir -p "$work/whole"
	echo old > "$work/whole/f.$1"
	chmod 640 "$work/whole/f.$1"
	"$RUNG" export -f "$1" "$t" -o "$work/whole/f.$1" &&
		[ "$(ls -A "$work/whole")" = "f.$1" ] &&
		[ "$(stat -c %a "$work/whole/f.$1")" = 640 ] &&
		! grep -qx old "$work/whole/f.$1"
	whole_status=$?
	rm -rf "$work/whole"
	return $whole_status
}
# No room: files may have 1 block of 512 bytes, and nobody dies of that.
no_room() { # FORMAT
	rm -rf "$work/full"
	mkdir -p "$work/full"
	echo old > "$work/full/f.$1"
	(
		trap '' XFSZ
		ulimit -f 1
		exec "$RUNG" export -f "$1" "$t" -o "$work/full/f.$1"
	) > /dev/null 2> "$work/full.txt"
	no_room_status=$?
	[ "$no_room_status" = 2 ] || return 1
	[ "$(cat "$work/full/f.$1")" = old ] || return 1
	[ "$(ls -A "$work/full")" = "f.$1" ] || return 1
	grep -q "can't be written: File too large" "$work/full.txt"
}
for f in $formats; do
	ok    "$f replaces a file" whole "$f"
	ok    "$f: no room leaves the old one" no_room "$f"
	fails "$f: no such folder" 2 \
		"$RUNG" export -f "$f" "$t" -o "$work/none/x.$f"
	says  "$f: says so" "$work/none/x.$f: can't be written: No such file" \
		"$RUNG" export -f "$f" "$t" -o "$work/none/x.$f"
	fails "$f: a folder" 2 "$RUNG" export -f "$f" "$t" -o "$work"
	if [ -w /dev/full ]; then
		fails "$f: a full device" 2 \
			"$RUNG" export -f "$f" "$t" -o /dev/full
		says  "$f: says that" "/dev/full: can't be written: No space" \
			"$RUNG" export -f "$f" "$t" -o /dev/full
		fails "$f: full standard output" 2 \
			sh -c "'$RUNG' export -f $f '$t' > /dev/full"
	fi
done
ln -s target.svg "$work/link.svg"
echo old > "$work/target.svg"
ok    "a symbolic link" "$RUNG" export "$t" -o "$work/link.svg"
ok    "stays one" [ -L "$work/link.svg" ]
fails "what it leads to is written" 1 grep -qx old "$work/target.svg"
ok    "a device" "$RUNG" export "$t" -o /dev/null
ok    "stays one" [ -c /dev/null ]

if ! command -v tshark > /dev/null; then
	skip "no tshark"
	finish
fi

# Malformed packets, errors, checksums that are none, frames that are not what
# the file says, files that end too early.
bad='_ws.malformed || _ws.expert.severity >= 0x800000 ||
	ip.checksum.status == 0 || udp.checksum.status == 0 ||
	tcp.checksum.status == 0 || _ws.short'

# tshark takes long to begin, so it is asked once for each file.
look() { # FILE OPTION…
	look_file=$1
	shift
	timeout "$patience" tshark -n -r "$look_file" \
		-o ip.check_checksum:TRUE -o udp.check_checksum:TRUE \
		-o tcp.check_checksum:TRUE \
		-o tcp.reassemble_out_of_order:TRUE -T fields -E occurrence=f \
		"$@" 2> "$work/tshark.txt"
}

# What tshark sees: the fields of SIP messages in $work/fields.txt, and in
# $work/count.txt how many frames are bad.
look_at() { # FILE
	set -- "$1" frame.packet_id ip.src ipv6.src udp.srcport tcp.srcport \
		ip.dst ipv6.dst udp.dstport tcp.dstport \
		sip.Method sip.Status-Code sip.Call-ID sip.CSeq
	look_in=$1
	shift
	for f in "$@"; do
		set -- "$@" -e "$f"
		shift
	done
	look "$look_in" -Y sip -z "io,stat,0,$(echo "$bad" | tr -s '\n\t' ' ')" \
		"$@" > "$work/look.txt"
	grep -v '^[|=]' "$work/look.txt" | grep . > "$work/fields.txt"
	sed -n 's/^| *[0-9.]* <> [0-9.]* *| *\([0-9]*\) .*/\1/p' \
		"$work/look.txt" > "$work/count.txt"
}

clean() { # FILE, which was looked at
	! grep -v "Running as user" "$work/tshark.txt" &&
		[ "$(cat "$work/count.txt")" = 0 ] && return 0
	look "$1" -Y "$bad" -e frame.number -e _ws.expert.message \
		-e _ws.col.Info
	return 1
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
	/"kind":"recv"/ { came[value("of")] = 1 }
	/"kind":"drop"/ {
		of = value("of")
		# neither thrown away at once, nor lost before its first link
		if (value("reason") !~ /^(fault|no-connection|torn)$/ &&
			value("node") != from[of])
			came[of] = 1
	}
	/"kind":"send"/ && /"proto":"sip"/ {
		n = value("seq")
		line[n] = value("start") " " value("call_id") " " value("cseq") \
			" " value("src_addr") " " value("dst_addr")
		from[n] = value("src")
		# of TCP all must have come; a datagram is whole on its link
		tcp[n] = value("transport") == "tcp"
		self[n] = value("src") == value("dst")
		order[++sends] = n
	}
	END {
		for (i = 1; i <= sends; i++) {
			n = order[i]
			if (packets && !self[n] && !tcp[n] ? on[n] : came[n])
				print line[n]
		}
	}' "$1" | sort
}

# The SIP messages that tshark saw, each once, on whatever link.
seen() {
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
	}' "$work/fields.txt" | sort
}

compare() { # TRACE
	sent "$1" > "$work/sent.txt"
	seen > "$work/seen.txt"
	diff "$work/sent.txt" "$work/seen.txt"
}

# Each packet of a lab's network once as recorded and once as drawn up.
check() { # NAME FILE
	for detail in network protocol; do
		"$RUNG" run "$2" -q --detail=$detail -o "$t" || return 1
		ok "$1 $detail" "$RUNG" export -f pcapng "$t" -o "$out"
		sanitized && continue
		look_at "$out"
		ok "$1 $detail: tshark reads it" clean "$out"
		# What one of the two takes for no SIP proves nothing.
		[ "$1" != handset-malformed ] || continue
		ok "$1 $detail: sees its messages" compare "$t"
	done
}
for lab in labs/*/; do
	check "$(basename "$lab")" "$lab"
done
for f in topologies/*.gv; do
	check "$(basename "$f")" "$f"
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
	check "$1" "$work/$1.lua"
}
narrow narrow-udp  udp 192.0.2.    192.0.2.2:5060
narrow narrow-tcp  tcp 192.0.2.    192.0.2.2:5060
narrow narrow-udp6 udp 2001:db8::  "[2001:db8::2]:5060"
narrow narrow-tcp6 tcp 2001:db8::  "[2001:db8::2]:5060"
finish
