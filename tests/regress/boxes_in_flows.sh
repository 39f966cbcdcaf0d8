# The flows of RFC 5359 with one and two boxes in their middle: everybody's calls end as
# they do without, also where a twentieth of all messages is lost.  A call that was to be
# replaced through two boxes was looked for at the wrong one.
. tests/fixtures/check.sh

# run BOXES ROLE LOSS SEED: how the calls of each but the boxes end, into .output
run() {
	awk -v BOXES="$1" -v ROLE="$2" -v LOSS="$3" -f tests/regress/boxes_in_flows.awk \
		"$from" > "$work/net.gv"
	"$RUNG" run -q "$work/lab.lua" --seed="$4" --until=200s -o "$work/t.jsonl" \
		> "$work/said" 2>&1
	"$RUNG" show "$work/t.jsonl" kind=call 2> "$work/said" | awk '
		/is mixed/ || $3 ~ /^box/ { next }
		{ state[$3 " " $5] = $0 }
		END { for (call in state) {
			sub(/.*→ /, "", state[call]); sub(/ \(.*/, "", state[call])
			split(call, at, " "); print at[1], state[call] } }' |
		sort > "$work/now"
}

for lab in labs/rfc5359-*; do
	from=$(sed -n 's/.*topology = "\([^"]*\)".*/\1/p' $lab/lab.lua)
	[ -f "$lab/$from" ] && from=$lab/$from || from=topologies/$from
	sed 's/topology = "[^"]*"/topology = "net.gv"/' $lab/lab.lua > "$work/lab.lua"
	run 0 - "" 1
	cp "$work/now" "$work/ends"
	for boxes in 1 2; do
		for role in b2bua sbc; do
			run $boxes $role "" 1
			fails "${lab#*/}, $boxes $role" 0 cmp "$work/ends" "$work/now"
			# What befalls a call by loss alone, boxes or none, is another's.
			case $lab in *-2.4 | *-2.17) continue ;; esac
			for seed in 1 2; do
				run $boxes $role 5% $seed
				fails "${lab#*/}, $boxes $role, loss, seed $seed" 0 \
					cmp "$work/ends" "$work/now"
			done
		done
	done
done
finish
