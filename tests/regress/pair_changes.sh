# What goes wrong with a change of a session in one half of a call through a box:
# a re-INVITE that was taken back stayed with the other side, an offer that the
# box can't pass got 491 for ever, and a 491 of the far side was kept in the box,
# which asked again by itself and refused all that the other side asked meanwhile.
# Each through a B2BUA, a session border controller and a queue, through two, by
# UDP and TCP, and after a hold.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL
target=sip:bob@192.0.2.2

# net KIND N TRANSPORT: alice, N boxes in a row, bob
net() {
	net_alice=", outbound=b1" net_bob="outbound=b$2, addr=\"192.0.2.2\"" net_more= target=sip:bob@192.0.2.2
	if [ "$1" = queue ]; then
		net_alice='' net_bob='register=true, domain="q.example"'
		net_more=', inbound=true, domain="q.example"'
		target=sip:help@q.example
	fi
	{
		echo 'graph net { edge [delay="5ms"]'
		echo "alice [role=ua, transport=$3$net_alice, addr=\"192.0.2.1\"]"
		echo "bob [role=ua, transport=$3, answer=\"500ms\", $net_bob]"
		[ "$2" = 1 ] ||
			echo "b1 [role=$1, transport=$3, outbound=b2]"
		echo "b$2 [role=$1, transport=$3$net_more]"
		echo "lan -- {alice bob b1 b$2} }" | sed 's/b1 b1/b1/'
	} > "$work/net.gv"
}

# lab LINES: a call of Alice's (c), of which Bob's half is `bobs`.
lab() {
	cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "90s" }
local alice, bob, bobs = node "alice", node "bob"
bob:on("invite", function(call) bobs = call end)
local after = "1ms"
bob:on("reinvite", function(call)
	bobs = call
	sleep(after)
	pcall(function() call:answer() end)
end)
script(function()
	sleep "2s"
	local c = alice:invite "$target"
	wait(c, "confirmed", "10s")
	sleep "1s"
	$1
end)
LUA
}

run() {
	"$RUNG" run -q "$work/lab.lua" "$@" -o "$work/t.jsonl" 2> "$work/said"
}
# how_many TEXT FILTER: so many messages are like FILTER.
how_many() {
	how=$1 filter=$2
	shift 2
	"$RUNG" show "$work/t.jsonl" "$filter" "$@" 2> "$work/said" |
		grep -c ' send ' > "$work/.output"
	says "$where: $filter" "$how" cat "$work/.output"
}
# Nothing is broken in the run, by search's own measure.
whole() {
	"$RUNG" search "$work/lab.lua" --runs=1 "$@" > "$work/found" 2>&1
	says "$where: it is searched" "faults or sets" cat "$work/found"
	fails "$where: nothing is left" 1 grep "Without any fault" "$work/found"
}

for transport in udp tcp; do
	for box in "b2bua 1" "sbc 1" "queue 1" "b2bua 2" "sbc 2"; do
		net $box $transport
		# Taken back while Bob thinks.
		where="$box $transport, taken back"
		lab 'after = "60s" c:hold() sleep "1s" c:cancel() sleep "3s" bobs:hold()'
		run
		how_many 1 "method=CANCEL dst=bob"
		how_many 0 "status=491"
		says "$where: and then a change passes" "200 OK" "$RUNG" show \
			"$work/t.jsonl" "status=200 dst=bob"
		whole
		# Bob's 200 crosses the CANCEL.
		for after in 995ms 1005ms; do
			where="$box $transport, accepted after $after"
			lab "after = '$after' c:hold() sleep '1s' c:cancel() after = '1ms' sleep '3s' bobs:hold()"
			whole
		done
		# Both at once, and again after that.
		where="$box $transport, both at once"
		lab 'c:hold() bobs:hold() sleep "9s" c:resume() sleep "9s" bobs:resume()'
		for seed in 1 2 3; do
			run --seed=$seed
			how_many 0 "status=491" --from=10s
			whole --seed=$seed
		done
	done
done

# An offer of which nothing may pass: refused once, truly.
for box in "b2bua 1" "sbc 1" "b2bua 2"; do
	net $box udp
	where="$box, no format passes"
	lab 'alice:set { codecs = "PCMU" } c:reinvite() sleep "20s"'
	run --set b1.codecs=PCMA
	how_many 1 "status=488 dst=alice"
	how_many 0 "status=491"
	says "$where: it says why" "none of its formats may go through" sh -c \
		"'$RUNG' explain '$work/t.jsonl' 488@b1"
done
finish
