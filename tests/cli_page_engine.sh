# The engine of make page answers as rung serve --stdio does, byte for byte: every
# lab and topology without a handset (of these one of eight, with PAGE=all all), run to its end,
# its records, panes, explanations, questions, its ladder; once more with a tenth
# of all messages lost, by twelve seeds.  Where the page is not built, or there is
# no node, nothing is compared.
. tests/check.sh

engine=build/page/engine.wasm
[ -f $engine ] || { skip "make page was not called"; finish; exit; }
command -v node > /dev/null || { skip "there is no node"; finish; exit; }

# same NAME: both give the same answers to $work/requests.
same() {
	"$RUNG" serve --stdio < "$work/requests" > "$work/native"
	timeout "$patience" node tests/page/answers.js build/page \
		< "$work/requests" > "$work/page" 2> "$work/err"
	if cmp -s "$work/native" "$work/page"; then good
	else bad "$1" "$(cmp "$work/native" "$work/page"; cut -c1-200 "$work/err" | tail -n 3)"; fi
}

n=0
for lab in labs/*/ topologies/*.gv; do
	lab=${lab%/}
	n=$((n + 1))
	[ "${PAGE:-}" = all ] || [ $((n % 8)) = 0 ] || continue
	[ -d "$lab" ] && [ ! -f "$lab/lab.lua" ] && continue
	node tests/page/requests.js "$lab" > "$work/requests"
	"$RUNG" run -q "$lab" -o "$work/trace" --until=1ms 2> "$work/err"
	if ! head -n 1 "$work/trace" | grep -q '"role":"[^"]*handset'; then
		same "$lab"
	fi
done
for seed in 1 2 3 4 5 6 7 8 9 10 11 12; do
	SEED=$seed LOSS=0.1 node tests/page/requests.js labs/two-proxies \
		> "$work/requests"
	same "seed $seed, with loss"
done
finish
