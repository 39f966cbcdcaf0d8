# An IMS network in which a call is given up at each step, a server crashes and
# comes back, a link goes down and comes back, at each step of a call, over UDP
# and TCP: afterwards nobody holds anything of the call, and the next one is
# answered.
. tests/fixtures/check.sh
cp topologies/ims.gv topologies/ims-*.lua "$work"

# lab NAME LINE…: those lines in the system of topologies/ims.gv, after all have
# registered; the trace is NAME.jsonl.
lab() {
	name=$1
	shift
	{
		echo "lab { title = \"t\", topology = \"ims.gv\", duration = \"${lasts:-60s}\" }"
		echo 'local alice, bob, hss, pcscf, scscf, icscf, as = node "alice", node "bob", node "hss", node "pcscf", node "scscf", node "icscf", node "as"'
		echo "${fault:-}"
		echo 'script(function() sleep "1s"'
		printf '%s\n' "$@"
		echo 'end)'
	} > "$work/$name.lua"
	ok "$name runs" "$RUNG" run -q "$work/$name.lua" -o "$work/$name.jsonl"
	ok "$name: no program fails" sh -c '! grep -q "\"verdict\":\"failed\"" "$0"' "$work/$name.jsonl"
}
is() { # WHAT WANTED GOT
	ok "$1: $2" [ "$2" = "$3" ]
	[ "$2" = "$3" ] || echo "    $3"
}

# left NAME TIME: what anybody holds of a call or a stream then.
left() {
	"$RUNG" show "$work/$1.jsonl" --at="$2" | grep -c '^Calls\|^Streams\|INVITE.*\(calling\|proceeding\)\|^  .*early '
}
# Timer C and the CANCEL after it take 212 s.
lasts=260s
for by in udp tcp; do
	sed "s/node  \[/&transport=$by, /" topologies/ims.gv > "$work/ims.gv"
	lab "given-up-$by" 'for ms = 5, 125, 10 do local c = alice:invite "bob" sleep(ms .. "ms")' \
		'if c.state ~= "terminated" then c:bye() end sleep "2s" end' 'local c = alice:invite "bob" sleep "3s" c:bye()'
	is "$by: nothing stays of calls that are given up" 0 "$(left given-up-$by 250s)"
	ok "… and the next one is answered" grep -q '"dst":"alice".*"start":200,.*"cseq":"[0-9]* INVITE"' "$work/given-up-$by.jsonl"
	for node in pcscf scscf icscf hss as; do
		for ms in 20 60 110; do
			lab "lost" "local c = alice:invite 'bob' sleep '${ms}ms' $node:crash() sleep '2s' $node:restart()" \
				'sleep "9s" if c.state ~= "terminated" then c:bye() end'
			is "$by, $node lost after $ms ms: nothing stays" 0 "$(left lost 259s)"
		done
	done
	for far in alice bob scscf icscf hss as; do
		near=core
		case $far in alice|bob) near=pcscf ;; esac
		for ms in 20 60 110; do
			lab "cut" "local l = link('$near', '$far') local c = alice:invite 'bob' sleep '${ms}ms' l:set { loss = '100%' }" \
				'sleep "20s" l:set { loss = "0%" } sleep "9s" if c.state ~= "terminated" then c:bye() end sleep "20s"' \
				'c = bob:invite "alice" sleep "9s" c:bye()'
			is "$by, $near -- $far cut after $ms ms: nothing stays" 0 "$(left cut 259s)"
			ok "… and the next one is answered" grep -q '"dst":"bob".*"start":200,.*"cseq":"[0-9]* INVITE"' "$work/cut.jsonl"
		done
	done
done
finish
