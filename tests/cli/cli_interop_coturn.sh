# coturn as the STUN server of a simulated phone, and its client at a simulated server
# (RFC 8489).
. tests/fixtures/interop.sh

cell() {
	cat > t.gv <<-G
		graph {
			graph [domain="example.com"]
			edge [delay="1ms"]
			alice [role=ua, stun=st, outbound=px]
			px [role="proxy registrar location"]
			st [role=stun]
			bob [role=ua]
			lan
			lan -- {alice px st bob}
		}
	G
	case $feature in
	stun)
		outside=st
		# Its request comes again until the server is there (RFC 8489 6.2.1).
		live 'node("alice"):register()'
		[ -z "$why" ] || return
		start coturn turnserver -n -S -L "$host_st" -p 3478 --no-cli --no-tls --no-dtls \
			--log-file stdout --pidfile "$PWD/pid"
		sees "alice Binding st" "st Binding alice" "alice REGISTER px" "px 200 alice"
		;;
	stunned)
		live ""
		[ -z "$why" ] || return
		start client timeout "$interop_patience" turnutils_stunclient -L "$host_bob" "$host_st"
		wait "$started"
		sees "bob Binding st"
		grep -q "UDP reflexive addr: $host_bob:" client.said || why="$(cat client.said)"
		;;
	esac
	end_run
}

if [ "${1:-}" = --cell ]; then
	run_cell "$2" "$3"
	exit 0
fi
interop_needs turnserver turnutils_stunclient
interop_table coturn stun:udp stunned:udp
finish
