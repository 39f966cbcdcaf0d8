#!/bin/sh
# Calls through a proxy with a face in each of two networks, from either side, by
# UDP, TCP and both, with 10 % of loss, and after a crash of it: answered,
# refused and cancelled ones (ACKs for 2xx and non-2xx, CANCEL) end on both
# sides, nothing is `bad`, no address of one side is seen on the other, and the
# same run gives the same bytes.
. tests/fixtures/check.sh

cp topologies/two-faces.gv "$work/two-faces.gv"
cat > "$work/lab.lua" <<'X2'
lab { topology = "two-faces.gv", duration = "500s" }
local alice, bob, gate = node "alice", node "bob", node "gate"
local function calls(from, to, uri)
	to:set { answer = "1s" }
	local c = from:invite(uri)
	if wait(c, "confirmed", "40s") then sleep "1s" c:bye() end
	sleep "5s"
	to:set { busy = true }
	from:invite(uri)
	sleep "40s"
	to:set { busy = false, answer = "never" }
	c = from:invite(uri)
	wait(c, "early", "20s")
	c:cancel()
	sleep "40s"
end
script(function()
	alice:register {}
	bob:register {}
	sleep "10s"
	calls(alice, bob, "sip:bob@biloxi.example.com")
	gate:crash()
	sleep "1s"
	gate:restart()
	alice:register {}
	sleep "10s"
	calls(bob, alice, "sip:alice@office.example.com")
end)
X2
t=$work/t.jsonl
for way in "udp udp" "tcp tcp" "udp tcp" "tcp udp"; do
	for loss in 0% 10%; do
		what="$way, $loss"
		set -- --set gate.transport="${way#* }" --set loss=$loss \
			--set alice.transport="${way% *}" \
			--set bob.transport="${way#* }" \
			--set world.transport="${way#* }"
		ok "$what: it runs" "$RUNG" run -q "$work/lab.lua" "$@" -o "$t"
		"$RUNG" run -q "$work/lab.lua" "$@" -o "$work/again"
		same "$what: twice" "$t" "$work/again"
		grep '"kind":"bad"' "$t" > "$work/.output"
		empty "$what: nothing is bad"
		grep '"kind":"send"' "$t" | grep -e \
			'"src_addr":"10\.0\.0\.1:[^"]*","dst_addr":"192' -e \
			'"src_addr":"192\.0\.2\.7:[^"]*","dst_addr":"10' \
			> "$work/.output"
		empty "$what: no face is seen from the other side"
		for who in alice bob; do
			# who answers may get the BYE before the ACK (RFC 5407)
			n=$(grep '"kind":"call"' "$t" | grep "\"node\":\"$who\"" |
				grep -e '"state":"confirmed"' \
					-e '"state":"moratorium"' |
				sed 's/.*"id":"\([^"]*\)".*/\1/' | sort -u |
				wc -l | tr -d ' ')
			ok "$what: $who had two calls, not $n" [ "$n" = 2 ]
		done
		# each call that has begun has ended
		grep '"kind":"call"' "$t" |
			sed 's/.*"id":"\([^"]*\)".*"state":"\([^"]*\)".*/\1 \2/' |
			awk '{ last[$1] = $2 } END { for (c in last)
				if (last[c] != "terminated") print c, last[c] }' \
			> "$work/.output"
		empty "$what: all calls have ended"
	done
done
finish
