# Random calls through one to three boxes: held, changed, transferred, taken back, hung
# up, by both sides at once, beside crashes and loss; phones reject changes, are busy, have
# other codecs by then, add streams and remove them.  Nothing is left open, no call ends
# because of a description that could be used, both halves of each pair agree, and no
# clause of an RFC is broken.  NETWORKS=N asks for another number of them, SEED=N for one alone.
. tests/fixtures/check.sh

first=${SEED:-1} last=${SEED:-${NETWORKS:-24}}
# Under sanitizers each takes ten times as long.
[ -n "${NETWORKS:-}${SEED:-}" ] || case $RUNG in *san*) last=6 ;; esac
seed=$first
while [ "$seed" -le "$last" ]; do
	where="seed $seed"
	awk -v SEED="$seed" -v DIR="$work" -f tests/regress/pair_random.awk
	"$RUNG" run -q "$work/lab.lua" --seed="$seed" -o "$work/t.jsonl" \
		> "$work/out" 2>&1 || {
		says "$where: it runs" "." cat "$work/out"
		fails "$where: it runs" 0 false
	}
	"$RUNG" search "$work/lab.lua" --seed="$seed" --limit=runs=1 > "$work/found" 2>&1
	says "$where: it is searched" "faults or sets" cat "$work/found"
	fails "$where: nothing is left" 1 grep "Without any fault" "$work/found"
	"$RUNG" inspect "$work/t.jsonl" > "$work/report" 2>&1
	says "$where: no clause is broken" "errors 0" cat "$work/report"
	seed=$((seed + 1))
done
finish
