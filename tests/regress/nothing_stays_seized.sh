# Whatever node starts again, whatever link is down for half a minute, whenever a caller
# gives up, and with two calls at once: once everybody has hung up, all circuits are idle
# at both ends, and no exchange, gateway or media gateway has a call, a dialog or a context.
. tests/fixtures/check.sh

cp topologies/gateway.gv topologies/telephone-networks.gv topologies/softswitch.gv "$work"

# What NODES have at TIME that is neither idle nor over.
left() { # TIME
	for left_node in $nodes; do
		"$RUNG" show --at="$1" --width=120 --node="$left_node" "$work/t.jsonl" \
			2> "$work/err" | awk -v n="$left_node" '
			/^[A-Z]/ { part = $0; next }
			/^  [^ ]/ && part ~ /^(Calls|Circuits|Dialogs|Contexts|Terminations|Transactions)/ &&
				!/(idle|terminated|over|null-context) *since/ { print n ": " $0 }'
	done
}

# TOPOLOGY: of all runs, in one; WHAT happens while the calls of $call are there, or before.
play() { # NAME WHAT
	{
		echo "lab { title = 'Left', topology = '$topology.gv', duration = '900s' }"
		for play_node in $nodes $others; do
			echo "local $play_node = node '$play_node'"
		done
		echo "local c1
script(function()
	sleep '1s'
	$2
	sleep '60s'
	for _, f in ipairs { $ends } do pcall(f) sleep '100ms' end
	sleep '700s'
end)"
	} > "$work/lab.lua"
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" || bad "$topology: $1" "no run"
	gives "$topology: $1: nothing is left" "" left 760s
}

# Each way of disturbing that there is, of NODES and LINKS.
disturb() {
	for node in $nodes; do
		play "$node starts again at rest" \
			"$node:crash() sleep '2s' $node:restart() sleep '20s' $call"
		for when in 20ms 1s 8s; do
			play "$node starts again after $when" \
				"$call sleep '$when' $node:crash() sleep '2s' $node:restart()"
		done
	done
	for link in $links; do
		for when in 20ms 8s; do
			play "$link is down after $when" "$call sleep '$when'
				link('${link%-*}', '${link#*-}'):down() sleep '30s'
				link('${link%-*}', '${link#*-}'):up()"
		done
	done
	for when in 100ms 500ms 1s 3s; do
		play "given up after $when" \
			"$call sleep '$when' pcall(function() $cancel end)"
	done
	play "two at once" "$other sleep '6ms' $call"
}

topology=gateway nodes='ngw1 exchange' others='alice proxy1' links='proxy1-ngw1 ngw1-exchange'
call='c1 = alice:invite "sip:+19725552222@gw.example.com"' cancel='c1:cancel()'
other='exchange:dial "0013145551111"'
ends='function() c1:bye() end, function() exchange:hang_up "9725552222" end,
	function() exchange:hang_up "9725553333" end'
disturb
# What is looked for is there while they talk.
says "a circuit in a call" "ngw1: " left 20s
says "and at the other end" "exchange: " left 20s

topology=telephone-networks nodes='ngw1 switchb gw2 switchc' others='alice switcha'
links='ngw1-proxy1 switchb-ngw1'
call='c1 = alice:invite "sip:+12125553333@a.example.com"'
other='switcha:dial "0019185554444"'
ends='function() c1:bye() end, function() switcha:hang_up "3145552222" end,
	function() node("switchb"):hang_up "2125553333" end'
disturb

topology=softswitch nodes='mgc mg1 mg2' others='' links='lan-mgc lan-mg1 lan-mg2'
call='mg1:off_hook "A1" sleep "500ms" mg1:press("A1", "8003") sleep "3s" mg2:off_hook "B1"'
cancel='mg1:on_hook "A1"'
other='mg1:off_hook "A2" sleep "500ms" mg1:press("A2", "9001")'
ends='function() mg1:on_hook "A1" end, function() mg1:on_hook "A2" end,
	function() mg2:on_hook "B1" end'
disturb
says "a context in a call" "mg1: " left 20s
finish
