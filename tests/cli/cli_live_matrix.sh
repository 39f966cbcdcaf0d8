# rung live by each transport, as client and as server, with peers that are built on OpenSSL and
# on GnuTLS (tests/fixtures/live_peers.py) and behave as the rows say.  Each cell is one request over a
# connection of its own, and counts the first attempt: "1/2" is answered with one of two
# libraries.  The table is in docs/LIVE.md and docs/zh/LIVE.md, and GOLDEN=1 writes it there.
. tests/fixtures/check.sh

peers=tests/fixtures/live_peers.py
python3 -c 'import ctypes' 2> /dev/null || {
	skip "there is no python3"
	finish
}
libraries=
for library in OpenSSL GnuTLS; do
	if python3 "$peers" --has "$library" 2> /dev/null; then
		libraries="$libraries $library"
	else
		skip "there is no library of $library (libssl.so.3, libgnutls.so.30)"
	fi
done

columns="udp tcp tls12 tls13.0 tls13.1 tls13.2 ws wss"
# The rows of the table, in its order: who calls, what the peer does, and by what.
cat > "$work/rows" <<'R'
calls once udp tcp tls12 tls13.0 tls13.1 tls13.2 ws wss
calls octets tcp tls12 tls13.0 tls13.1 tls13.2 ws wss
calls records tls12 tls13.0 tls13.1 tls13.2 wss
calls together tcp tls12 tls13.0 tls13.1 tls13.2 ws wss
calls long udp tcp tls12 tls13.0 tls13.1 tls13.2 ws wss
calls closes tcp tls12 tls13.0 tls13.1 tls13.2 ws wss
calls mutual tls12 tls13.0 tls13.1 tls13.2 wss
calls renegotiates tls12
calls crosses tls12
calls rekeys tls13.0 tls13.1 tls13.2 wss
calls retries tls13.0 tls13.1 tls13.2 wss
calls warns tls12
calls early tls13.0 tls13.1 tls13.2
calls fragments ws wss
called once udp tcp tls12 tls13.0 ws wss
called octets tcp tls12 tls13.0 ws wss
called records tls12 tls13.0 wss
called together tcp tls12 tls13.0 ws wss
called long udp tcp tls12 tls13.0 ws wss
called halfcloses tcp tls13.0
called renegotiates tls12
called crosses tls12
called rekeys tls13.0 wss
called warns tls12
called garbles tls12 tls13.0 wss
called fragments ws wss
R
cells_of() { # DIRECTION ROW COLUMN…
	cells_of_is=$1-%s-$2-%s
	shift 2
	for column do
		case $column in
		*tls* | wss) for library in $libraries; do
			# OpenSSL has no function that sends a warning, and none for such data alone.
			case $cells_of_is$library in *-warns-*OpenSSL | *-early-*OpenSSL) continue ;; esac
			printf "$cells_of_is\n" "$column" "$library"
		done ;;
		*) printf "$cells_of_is\n" "$column" none ;;
		esac
	done
}
while read -r row; do
	# shellcheck disable=SC2086  # words
	cells_of $row
done < "$work/rows" | grep -E -- "${ONLY:-.}" > "$work/cells"

# An address that no other run has.
peer=127.$((130 + $$ / 250 % 120)).$(($$ % 250 + 1)).9
cat > "$work/t.gv" <<'G'
graph {
	graph [domain="example.com"]
	edge [delay="1ms"]
	node [role=ua]
	alice
	peer
	b [transport=ws]
	carol [transport=wss]
	d [transport=tls]
	lan [role=""]
	alice -- lan -- {peer b carol d}
}
G
{
	echo 'lab { title = "matrix", topology = "t.gv" }
	script(function()
		sleep "200ms"'
	awk -v peer="$peer" '{
		split($0, part, "-")
		by = part[2]
		sub(/^tls1.*/, "tls", by)
		scheme = by == "wss" ? "sips" : "sip" # RFC 7118 5.2.3
		sub(/wss/, "ws", by)
		if (part[1] == "calls")
			printf "node(\"%s\"):options(\"%s:peer@%s:%d;transport=%s\")\nsleep \"20ms\"\n",
				scheme == "sips" ? "carol" : "alice", scheme, peer, 6000 + NR - 1, by
	}' "$work/cells"
	echo 'end)'
} > "$work/lab.lua"

: > "$work/said"
: > "$work/program"
"$RUNG" live "$work/lab.lua" --outside="peer=$peer" --wait=peer --certs="$work/certs" \
	-o "$work/t.jsonl" > "$work/said" 2>&1 &
run=$!
# Its places are said before it waits.
until grep -q "^  alice .* wss" "$work/said" || ! kill -0 "$run" 2> /dev/null; do
	sleep 0.05
done
node=$(sed -n 's/^  alice *\(127[0-9.]*\):.*/\1/p' "$work/said" | head -n 1)
ports=$(sed -n 's/^  alice *127[0-9.]*:\([0-9]*\)  *\([a-z]*\)$/\2=\1/p' "$work/said" | tr '\n' ,)
ports=${ports%,}
# shellcheck disable=SC2046  # words
python3 "$peers" "$node" "$peer" "$work/certs/peer.pem" "$ports" $(cat "$work/cells") \
	> "$work/program" 2> "$work/program.errors" &
program=$!
# The last attempt is over when each has said how it ended.
ends=$(($(date +%s) + 40))
while [ "$(grep -cE ' (ok|no:)' "$work/program")" -lt "$(wc -l < "$work/cells")" ] &&
	[ "$(date +%s)" -lt "$ends" ] && kill -0 "$program" 2> /dev/null; do
	sleep 0.1
done
sleep 0.3
sleep 1
kill "$run" "$program"
wait "$run"
[ -z "${KEEP:-}" ] || cp -r "$work" "$KEEP"
ok "the peers have no error of their own" test ! -s "$work/program.errors"
ok "runs again" sh -c '"$1" run -q "$2/t.jsonl" -o "$2/again.jsonl" && cmp "$2/t.jsonl" "$2/again.jsonl"' \
	- "$RUNG" "$work"
"$RUNG" show "$work/t.jsonl" kind=act > "$work/acts"
"$RUNG" show "$work/t.jsonl" kind=recv status=200 | sed -n 's/.* 200 \(calls-[^ ]*\) .*/\1/p' > "$work/heard"

# A cell is good where the peer is content; and where the node calls, if it has heard the response,
# over the only connection that there was.  The trace says who has ended the connection.
why_not() { # CELL PORT
	case $1 in
	*closes*) by="outside, $peer:$2 closes its connection" ;;
	*garbles*) by="alice ends its connection with $peer:$2 outside: .*it sent invalid TLS" ;;
	*) by= ;;
	esac
	grep -qxF "$1 ok" "$work/program" || {
		grep -F "$1 no:" "$work/program" | head -n 1
		[ "$(grep -cF "$1 no:" "$work/program")" -gt 0 ] || echo "$1: nothing came"
		return
	}
	[ "$(grep -c "$by" "$work/acts")" -gt 0 ] || echo "$1: who has ended the connection is not said: $by"
	case $1 in calls-*) ;; *) return ;; esac
	[ "$(grep -cxF "$1 connection" "$work/program")" = 1 ] || echo "$1: more connections than one"
	[ "$(grep -cxF "$1" "$work/heard")" = 1 ] || echo "$1: the response was not heard"
}
port=6000
while read -r cell; do
	why=$(why_not "$cell" "$port")
	port=$((port + 1))
	if [ -z "$why" ]; then
		good
		echo "$cell" >> "$work/good"
	else
		bad "$cell" "$why"
	fi
done < "$work/cells"

# Its line of the table, without what stands before the cells.
row_of() { # DIRECTION ROW COLUMN…
	for row_of_column in $columns; do
		row_of_all=$(grep -c "^$1-$row_of_column-$2-" "$work/cells")
		row_of_good=$(grep -c "^$1-$row_of_column-$2-" "$work/good")
		if [ "$row_of_all" = 0 ]; then
			printf " — |"
		else
			printf " %s/%s |" "$row_of_good" "$row_of_all"
		fi
	done
	echo
}
touch "$work/good"
while read -r row; do
	# shellcheck disable=SC2086  # words
	row_of $row
done < "$work/rows" > "$work/lines"
[ -z "${ONLY:-}" ] && [ "$libraries" = " OpenSSL GnuTLS" ] || finish
for document in docs/LIVE.md docs/zh/LIVE.md; do
	awk -v lines="$work/lines" '
	/^<!-- matrix: end/ { on = 0 }
	on && /^\|/ && !/^\|-/ && head++ {
		if ((getline cells < lines) <= 0)
			cells = " no such row |"
		match($0, /^\|[^|]*\|/)
		$0 = substr($0, 1, RLENGTH) cells
	}
	/^<!-- matrix: begin/ { on = 1 }
	{ print }
	END { while ((getline cells < lines) > 0) print "a row is missing: " cells }' \
		"$document" > "$work/document"
	same "the table of $document" "$document" "$work/document"
done
finish
