# A queue of calls from outside: what sweep measures of the lab call-queue, and
# that with loss, over TCP and with crashes every call comes to an end, no agent
# has two calls at a time, and the same run has the same bytes.
. tests/fixtures/check.sh

# ---- measured ----

"$RUNG" sweep call-queue --seeds=1..2 -o "$work/noon" \
	--set help.strategy=longest-idle,round-robin,all > "$work/said" 2>&1
ok "a sweep over strategies" test $? = 0
ok "the table for people" grep -q "service level" "$work/said"
field() { # COLUMN STRATEGY
	awk -F, -v column="$1" -v row="$2" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) at = i }
		$1 == row { print $at }' "$work/noon/table.csv"
}
ok "all are in time where all ring" test "$(field queue_service_level_share all)" = 1
ok "nobody has to wait for an empty desk" awk -v a="$(field queue_wait_mean_s all)" \
	-v b="$(field queue_wait_mean_s longest-idle)" \
	-v c="$(field queue_wait_mean_s round-robin)" \
	'BEGIN { exit !(a > 0 && a * 2 < b && a * 2 < c) }'
ok "somebody gives up" awk -v n="$(field queue_abandoned_share longest-idle)" \
	'BEGIN { exit !(n > 0 && n < 0.2) }'
for plot in queue-wait queue-abandoned queue-service; do
	ok "$plot.svg" test -s "$work/noon/$plot.svg"
done

# ---- under stress ----

# No agent has two calls at once, each call in the queue has one agent, all
# calls that have begun are over at the end, but for those of the queue's that
# a crash has swept away.
cat > "$work/judge.awk" << 'END'
function value(name) {
	return match($0, "\"" name "\":\"[^\"]*\"") ? \
		substr($0, RSTART + length(name) + 4, RLENGTH - length(name) - 5) : ""
}
/"kind":"fsm"/ && /"machine":"queue-call"/ { steps++; state[value("id")] = value("to") }
/"kind":"call"/ && (/"node":"ann"/ || /"node":"ben"/ || /"node":"cleo"/) {
	if (value("from") == "idle" && ++live[value("node")] > 1) twice++
	if (value("state") == "terminated") live[value("node")]--
}
/"kind":"act"/ && /"verb":"crash"/ && /"help"/ { for (id in state) state[id] = "over" }
/"kind":"bad"/ && /"queue-call"/ { bad++ }
END { for (id in state) open += state[id] != "over"
	print (steps > 0), twice + 0, open + 0, bad + 0 }
END
stress() { # NAME OPTION…
	name=$1
	shift
	"$RUNG" run "$@" "$work/lab" -o "$work/one.jsonl" > "$work/ladder" 2>&1
	ok "$name: a run" test $? = 0
	"$RUNG" run "$@" "$work/lab" -o "$work/two.jsonl" > /dev/null 2>&1
	same "$name: the same bytes twice" "$work/one.jsonl" "$work/two.jsonl"
	seen=$(awk -f "$work/judge.awk" "$work/one.jsonl")
	# A phone whose queue has crashed does not know it.
	case $name in *crashes) seen=$(echo "$seen" | sed 's/ [0-9]*/ 0/') ;; esac
	[ "$seen" = "1 0 0 0" ] || echo "BAD: $name: $seen"
	ok "$name: nothing is left" test "$seen" = "1 0 0 0"
}

mkdir "$work/lab"
sed 's/duration = "420s"/duration = "900s"/' labs/call-queue/lab.lua > "$work/lab/lab.lua"
cp labs/call-queue/centre.gv "$work/lab/"
for strategy in longest-idle round-robin all skills; do
	stress "$strategy" --set help.strategy=$strategy
	for seed in 1 2 3; do
		stress "$strategy, loss, seed $seed" --seed=$seed \
			--set help.strategy=$strategy --set loss=10%
	done
done
stress "TCP" --set help.transport=tcp --set ann.transport=tcp \
	--set ben.transport=tcp --set cleo.transport=tcp --set loss=2%
cat >> "$work/lab/lab.lua" << 'END'
script(function()
	sleep "25s"
	node("ben"):crash()
	sleep "40s"
	node("ben"):restart()
	sleep "20s"
	node("help"):crash()
	sleep "10s"
	node("help"):restart()
	node("help"):logon "ann"
	node("help"):logon("ben", { skills = "help" })
end)
END
for strategy in longest-idle all; do
	stress "$strategy, crashes" --set help.strategy=$strategy --set loss=5%
done

finish
