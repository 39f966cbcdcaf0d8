# The engine of make page answers as rung engine does, byte for byte: every
# lab and topology without a handset (of these one of eight, with PAGE=all all), run to its end,
# its records, panes, explanations, questions, its ladder; once more with a tenth
# of all messages lost, by twelve seeds.  Where the page is not built, or there is
# no node, nothing is compared.
. tests/fixtures/check.sh

engine=build/page/engine.wasm
[ -f $engine ] || { skip "make page was not called"; finish; exit; }
command -v node > /dev/null || { skip "there is no node"; finish; exit; }

# same NAME: both give the same answers to $work/requests.
same() {
	"$RUNG" engine < "$work/requests" > "$work/native"
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

# A capture is what rung export -f trace makes of it, and written as by rung export and rung run.
cat > "$work/ask.js" << 'S'
const bytes = require("fs").readFileSync(process.argv[2]);
const open = (b) => ({ ask: "open", shown: true, texts: [{ path: "calls.pcap",
	base64: b.toString("base64") }] });
const formats = ["jsonl", "svg", "html", "md", "txt", "mmd", "puml", "gv", "json"];
[open(bytes)].concat(formats.map((format) => ({ ask: "export", format })),
	["txt", "svg"].map((format) => ({ ask: "diff", format })),
	formats.map((format) => ({ ask: "export", format, title: "T <b>", from: 1e9, to: 3e9,
		true_time: true, numbers: true, size: 120, width: 100 })),
	open(bytes.subarray(0, 1000)), open(Buffer.from("rubbish")), open(Buffer.alloc(0)))
	.forEach((r) => console.log(JSON.stringify(r)));
S
node "$work/ask.js" examples/calls.pcap > "$work/requests"
same "a capture"
nth=1
for format in jsonl svg html; do
	if [ $format = jsonl ]; then "$RUNG" export -f trace examples/calls.pcap -o "$work/want"
	else "$RUNG" export -f $format examples/calls.pcap -o "$work/want"; fi 2> "$work/err"
	node -e 'process.stdout.write(JSON.parse(require("fs").readFileSync(process.argv[1],
		"utf8").split("\n")[process.argv[2]]).is.text)' "$work/page" $nth > "$work/is"
	ok "a capture as $format" cmp "$work/want" "$work/is"
	nth=$((nth + 1))
done
for seed in 1 2 3 4 5 6 7 8 9 10 11 12; do
	SEED=$seed LOSS=0.1 node tests/page/requests.js labs/two-proxies \
		> "$work/requests"
	same "seed $seed, with loss"
done
finish
