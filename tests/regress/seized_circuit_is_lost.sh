# A circuit that the other side blocks or resets before it has answered the IAM is no
# longer to be had: the call goes on by another one at once (Q.764 2.8.2.3, 2.9.3.1).
# A reset circuit that is blocked here is said to be so before the RLC.
. tests/fixtures/check.sh

cp topologies/telephone-networks.gv topologies/telephone-networks.lua "$work"
dial() { # WHAT NGW1 DOES
	cat > "$work/lab.lua" << EOF
lab { title = "A circuit is lost", topology = "telephone-networks.gv", duration = "40s" }
local switcha, ngw1 = node "switcha", node "ngw1"
script(function()
	sleep "1s"
	switcha:dial "0019725552222"
	sleep "7ms"
	$1
	sleep "10s"
	switcha:hang_up()
end)
EOF
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
	"$RUNG" show "$work/t.jsonl" kind=send node=switcha > "$work/sends"
}
# The circuit that the first IAM has taken.
dial ""
circuit=$(sed -n '2,$s/.*"id":"ngw1:\([0-9]*\)".*/\1/p' "$work/t.jsonl" | head -n 1)
ok "a circuit" test -n "$circuit"
says "one IAM" 1 grep -c "IAM → ngw1" "$work/sends"

for what in block reset; do
	dial "ngw1:$what \"switcha:$circuit\""
	says "$what: a second IAM" 2 grep -c "IAM → ngw1" "$work/sends"
	"$RUNG" show "$work/t.jsonl" kind=send method=IAM node=switcha > "$work/iams"
	ok "$what: at once" awk '{ sub(/s$/, "", $2); t[NR] = $2 }
		END { exit !(t[2] - t[1] < 0.1) }' "$work/iams"
	says "$what: the call comes about" "ANM → switcha" \
		"$RUNG" show "$work/t.jsonl" kind=send node=ngw1
	says "$what: nothing is left" "0" sh -c '"$1" show "$2" kind=send node=switcha |
		grep -c "REL → ngw1.*↻"' - "$RUNG" "$work/t.jsonl"
done
dial "ngw1:block \"switcha:$circuit\""
says "the block is acknowledged" "BLA → ngw1" cat "$work/sends"

# A reset of a circuit that the other side has blocked.
cat > "$work/lab.lua" << EOF
lab { title = "A blocked circuit is reset", topology = "telephone-networks.gv", duration = "40s" }
local switcha, ngw1 = node "switcha", node "ngw1"
script(function()
	sleep "1s"
	ngw1:block "switcha:2"
	sleep "1s"
	switcha:reset "ngw1:2"
	sleep "1s"
end)
EOF
"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
"$RUNG" show "$work/t.jsonl" kind=send node=ngw1 > "$work/sends"
ok "BLO, then RLC" test "$(awk '$3 == "ngw1" { printf "%s ", $5 }' "$work/sends")" = \
	"BLO BLO RLC "
finish
