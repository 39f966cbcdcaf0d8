#!/bin/sh
# An experiment's folder, which may be anybody's, raised the bounds of the runs
# that go on in it, and nothing said so.
. tests/fixtures/check.sh

sweep() {
	"$RUNG" sweep "$@" 2>&1
}
ok "an experiment" sweep topologies/direct-call.gv --seeds=1..2 -o "$work/e"
sweep -o "$work/e" > "$work/said"
fails "usual bounds are not told" 1 grep -q "this experiment" "$work/said"
sed 's/"memory":[0-9]*/"memory":99999999999/; s/"cpu":[0-9]*/"cpu":7200000000000/; s/"timeout":[0-9]*/"timeout":0/' \
	"$work/e/experiment.json" > "$work/raised"
cp "$work/raised" "$work/e/experiment.json"
for file in "" topologies/direct-call.gv; do
	cp "$work/raised" "$work/e/experiment.json"
	sweep $file ${file:+--seeds=1..2} -o "$work/e" > "$work/said"
	says "more memory${file:+, with the lab named}" \
		"lets a run take 95367MB; --memory=1024MB is usual" cat "$work/said"
	says "more time" "lets a run take 7200s; --cpu=60s is usual" cat "$work/said"
	says "no bound" "sets no bound; --timeout=300s sets the usual one" cat "$work/said"
done
cp "$work/raised" "$work/e/experiment.json"
sweep -o "$work/e" --memory=1024MB --cpu=60s --timeout=300s > "$work/said"
fails "who asks for bounds has them" 1 grep -q "this experiment" "$work/said"
finish
