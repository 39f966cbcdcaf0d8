# Overload control, RFC 7339: p2 can handle 20 requests a second and gets 60; it
# asks p1 to keep back two thirds, p1 does, and what p2 refuses becomes little.
# When less comes p2 says that it is over.
. tests/fixtures/check.sh
cat > "$work/net.gv" <<'END'
graph {
	alice [role=ua, outbound=p1, domain="a.example"]
	p1 [role=proxy, domain="a.example", oc=true]
	p2 [role="proxy registrar location", domain="b.example",
	    throughput=20, oc=true]
	bob [role=ua, domain="b.example", registered=true]
	alice -- p1 -- p2 -- bob
}
END
cat > "$work/lab.lua" <<'END'
lab { topology = "net.gv", duration = "40s" }
local alice = node "alice"
script(function()
	for i = 1, 600 do
		alice:send { method = "MESSAGE", uri = "sip:bob@b.example",
			headers = i % 10 == 0 and "Resource-Priority: esnet.1" or nil }
		sleep "16667us"
	end
	for i = 1, 50 do
		alice:send { method = "MESSAGE", uri = "sip:bob@b.example" }
		sleep "200ms"
	end
end)
END
run() { # NAME SETTINGS
	name=$1
	shift
	ok "runs: $name" "$RUNG" run -q "$@" "$work/lab.lua" \
		-o "$work/$name.jsonl"
}
count() { # FILE PATTERN
	grep -c -- "$2" "$work/$1.jsonl"
}
is_about() { # WHAT N LEAST MOST
	if [ "$2" -ge "$3" ] && [ "$2" -le "$4" ]; then
		good
	else
		bad "$1" "$2, expected $3 to $4"
	fi
}
run on
run off --set p1.oc=false --set p2.oc=false
run deaf --set p1.oc=false

# 4.1, 4.2: who takes part says so; what it asks for stands in the answers.
ok "offers" grep -q 'Via: SIP/2.0/UDP [^;]*;branch=[^;]*;oc;oc-algo=\\"loss\\"' \
	"$work/on.jsonl"
ok "asks" grep -q 'oc=6[0-9];oc-algo=\\"loss\\";oc-validity=1000;oc-seq=' \
	"$work/on.jsonl"
ok "ends" grep -q '"how":"overload","oc":0' "$work/on.jsonl"
ok "not at first" grep -q 'oc=0;oc-algo=\\"loss\\";oc-validity=0;oc-seq=0' \
	"$work/on.jsonl"
fails "no word where it is off" 1 grep -q 'oc-algo\|"how":"overload"' \
	"$work/off.jsonl"
fails "nor to who does not ask" 1 grep -q 'oc=[0-9]' "$work/deaf.jsonl"

# Of 600 p2 can take 200: the others are kept back by p1, no more than that.
refused='"start":503,.*"src":"p2"\|"src":"p2".*"start":503'
is_about "refused by p2, without control" "$(count off "$refused")" 350 420
is_about "with it" "$(count on "$refused")" 10 120
is_about "kept back by p1" \
	"$(count on '"how":"overload","target"')" 280 400
is_about "got through" \
	"$(count on '"start":200.*"src":"bob","dst":"p2"\|"src":"bob","dst":"p2".*"start":200')" \
	200 260

# 5.10, 5.10.2: 503 without Retry-After; where nobody takes part, with it.
ok "503 to alice" grep -q '"src":"p1","dst":"alice".*"start":503' \
	"$work/on.jsonl"
fails "no Retry-After" 1 grep -q 'Retry-After' "$work/on.jsonl"
fails "nor for the deaf" 1 grep -q 'Retry-After' "$work/deaf.jsonl"
ok "as before" grep -q 'Retry-After: 10' "$work/off.jsonl"

# 5.10.2: who does not take part fares no better than who does.  Of 30 requests a
# second of each p2 can take 20.
cat > "$work/two.gv" <<'END'
graph {
	alice [role=ua, outbound=p1, domain="a.example"]
	carol [role=ua, outbound=p0, domain="c.example"]
	p0 [role=proxy, domain="c.example"]
	p1 [role=proxy, domain="a.example", oc=true]
	p2 [role="proxy registrar location", domain="b.example",
	    throughput=20, oc=true]
	bob [role=ua, domain="b.example", registered=true]
	alice -- p1 -- p2 -- bob
	carol -- p0 -- p2
}
END
cat > "$work/two.lua" <<'END'
lab { topology = "two.gv", duration = "40s" }
for _, name in ipairs { "alice", "carol" } do
	local who = node(name)
	script(function()
		sleep(name == "carol" and "7ms" or "1ms")
		for i = 1, 900 do
			who:send { method = "MESSAGE", uri = "sip:bob@b.example" }
			sleep "33333us"
		end
	end)
end
END
"$RUNG" run -q "$work/two.lua" -o "$work/two.jsonl"
of_alice=$(count two '"src":"p1","dst":"alice".*"start":200')
of_carol=$(count two '"src":"p0","dst":"carol".*"start":200')
is_about "both together" $((of_alice + of_carol)) 480 660
is_about "no advantage for carol" $((of_carol * 100 / of_alice)) 70 130
ok "by chance" grep -q 'overload-deaf' "$work/two.jsonl"

# 5.10.1: what has a rank is kept back last.
fails "rank" 1 sh -c "grep '\"src\":\"p1\",\"dst\":\"alice\".*\"start\":503' \
	'$work/on.jsonl' | grep -q Resource-Priority"
"$RUNG" run -q "$work/lab.lua" -o "$work/again.jsonl"
same "the same again" "$work/on.jsonl" "$work/again.jsonl"

# A stateless proxy can't remember what was said, and says so.
"$RUNG" run -q "$work/two.lua" --set p1.stateless=true \
	-o "$work/stateless.jsonl" 2> "$work/said"
ok "a doubt" grep -q 'node p1: a stateless proxy takes no part' "$work/said"
fails "no part" 1 grep -q '"src":"p1".*oc-algo' "$work/stateless.jsonl"

# A neighbour that lies: nothing of that holds.
for lie in "oc=101" "oc=-1" "oc=99999999999999999999" "oc=x"; do
	sed "s/lab {/&/; s/^script/fault { status = \"2xx\", src = \"p2\", \
dst = \"p1\", rewrite = function(t) return (t:gsub(\"oc=%d+\", \"$lie\")) \
end }\n&/" "$work/lab.lua" > "$work/lie.lua"
	"$RUNG" run -q "$work/lie.lua" --set p2.throughput=1000 \
		-o "$work/lie.jsonl"
	fails "$lie" 1 grep -q '"how":"overload"' "$work/lie.jsonl"
done

# What the lab says of a peak: without overload control callers wait for longer,
# and ten times as much is sent again.
ok "a sweep" "$RUNG" sweep labs/overload-control --seeds=1..3 -o "$work/peak" \
	--set north.oc=false,true --set south.oc=false,true
field() { # COLUMN NORTH SOUTH
	awk -F, -v column="$1" -v north="$2" -v south="$3" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) at = i }
		$1 == north && $2 == south { print $at }' "$work/peak/table.csv"
}
ok "the delay" awk -v a="$(field session_request_delay_mean_s false false)" \
	-v b="$(field session_request_delay_mean_s true true)" \
	'BEGIN { exit !(b > 0.3 && a > 1.4 * b) }'
ok "repetitions" awk -v a="$(field retransmissions_per_call false false)" \
	-v b="$(field retransmissions_per_call true true)" \
	'BEGIN { exit !(a > 4 && a > 5 * b) }'
finish
