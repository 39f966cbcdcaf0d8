# Both sides change the session at the same moment, through one, two and three boxes, and
# as a controller's two phones: a 491 goes back to who has asked, whose timer sorts it
# out (RFC 3261 14.1).  It took up to half a minute, and sixty 491s.  SEEDS=N asks for
# more than the usual number of runs.
. tests/fixtures/check.sh
seeds=${SEEDS:-8}

# settle WHERE FROM SECONDS MOST: after FROM nothing of an INVITE goes after so many
# seconds, in all but one of a hundred runs, and there are at most MOST 491s.
settle() {
	seed=1 late=0 many=0
	while [ $seed -le "$seeds" ]; do
		"$RUNG" run -q "$work/lab.lua" --seed=$seed -o "$work/t.jsonl" 2> "$work/said"
		"$RUNG" show "$work/t.jsonl" kind=send cseq=INVITE from="$2"s |
			awk -v from="$2" -v most="$3" -v refused="$4" '
				{ last = $2 } / 491 / { n++ }
				END { print (last == "" || last - from > most), (n > refused) }' \
				> "$work/ends"
		read -r is_late is_many < "$work/ends"
		late=$((late + is_late)) many=$((many + is_many))
		seed=$((seed + 1))
	done
	fails "$1: within $3 s" 0 [ $late -le $((seeds / 100)) ]
	fails "$1: at most $4 491s" 0 [ $many -le $((seeds / 100)) ]
}

for boxes in 1 2 3; do
	for transport in udp tcp; do
		{
			echo "graph net { edge [delay=\"10ms\"] alice [role=ua, outbound=b1"
			echo ", addr=\"192.0.2.1\", transport=$transport]"
			echo "bob [role=ua, answer=\"1s\", outbound=b$boxes, transport=$transport"
			echo ", addr=\"192.0.2.2\"]"
			i=1
			while [ $i -le $boxes ]; do
				echo "b$i [role=b2bua, transport=$transport"
				[ $i = $boxes ] || echo ", outbound=b$((i + 1))"
				echo "] b$i -- lan"
				i=$((i + 1))
			done
			echo "lan -- {alice bob} }"
		} > "$work/net.gv"
		cat > "$work/lab.lua" << 'LUA'
lab { topology = "net.gv", duration = "60s" }
local b
node "bob":on("invite", function(call) b = call end)
script(function()
	sleep "1s"
	local a = node "alice":invite "sip:bob@192.0.2.2"
	wait(a, "confirmed", "10s")
	sleep "10s" a:hold() b:hold()
end)
LUA
		settle "$boxes boxes, $transport" 12 6.2 $((3 * (boxes + 1)))
	done
done
cp topologies/third-party.gv "$work/net.gv"
for flow in I III IV; do
	cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "60s" }
local a, b
node "alice":on("invite", function(call) a = call end)
node "bob":on("invite", function(call) b = call end)
script(function()
	sleep "1s"
	node "controller":connect("alice", "bob", { flow = "$flow" })
	sleep "10s" a:hold() b:hold()
end)
LUA
	settle "a controller, flow $flow" 11 8 6
done
finish
