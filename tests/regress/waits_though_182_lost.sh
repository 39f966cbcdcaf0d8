# A call that a queue lets wait is measured as one whose 182 never comes: it is
# the queue's 182 that counts, not its way.  And the lab of the queue is a whole
# run where a call of it gets no answer at all.
. tests/fixtures/check.sh

mkdir "$work/lab"
cp labs/call-queue/centre.gv "$work/lab/"
{
	cat labs/call-queue/lab.lua
	echo 'fault { status = 182, drop = true }'
} > "$work/lab/lab.lua"
share() { # LAB: of how many calls the table is, and whether it has waits
	"$RUNG" sweep "$1" --seeds=1..2 -o "$work/$2" > "$work/said" 2>&1
	awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		NR == 2 { print $at["queue_service_level_share"],
			$at["queue_abandoned_share"] }' "$work/$2/table.csv"
}
share call-queue with > "$work/1"
share "$work/lab" without > "$work/2"
ok "there are waits" test -s "$work/1"
same "with 182 and without" "$work/1" "$work/2"

"$RUNG" sweep call-queue --seeds=1..5 --set loss=30% -o "$work/lossy" \
	> "$work/said" 2>&1
ok "no run fails" grep -q 'failed: 0' "$work/said"
finish
