# rung inspect: formats, folders, samples, and what can't be inspected.
. tests/fixtures/check.sh

trace_of labs/two-proxies protocol "$work/clean.jsonl"
"$RUNG" export two-proxies -o "$work/call.pcapng"

ok    "a lab" "$RUNG" inspect direct-call
ok    "a trace" "$RUNG" inspect "$work/clean.jsonl"
says  "it is clean" "errors 0, warnings 0, remarks 0" \
	"$RUNG" inspect "$work/clean.jsonl"
ok    "a capture" "$RUNG" inspect "$work/call.pcapng"
says  "a capture is one" "a capture" "$RUNG" inspect "$work/call.pcapng"
says  "cleartext, of a capture" "plain-signalling" \
	"$RUNG" inspect "$work/call.pcapng"
ok    "from a pipe" sh -c '"$RUNG" inspect - < "$1"' - "$work/clean.jsonl"
says  "in Chinese" "RFC 3261" "$RUNG" --lang=zh inspect "$work/clean.jsonl"
ok    "the clauses" "$RUNG" inspect --clauses

# No line of the text is longer than 80 cells.
"$RUNG" inspect "$work/call.pcapng" > "$work/text"
if awk 'length($0) > 80 { exit 1 }' "$work/text"; then
	good
else
	bad "80 columns" "a line is longer"
fi

# An error gives 1, one that was meant does not.
sed 's/Max-Forwards: 70\\r\\n//' "$work/clean.jsonl" > "$work/broken.jsonl"
fails "an error" 1 "$RUNG" inspect "$work/broken.jsonl"
says  "which one" "form-max-forwards" "$RUNG" inspect "$work/broken.jsonl"
says  "of which RFC" "RFC 3261 8.1.1.6" "$RUNG" inspect "$work/broken.jsonl"
ok    "meant" "$RUNG" inspect digest-replay
says  "meant" "wanted by #" "$RUNG" inspect digest-replay

# ---- formats ----
for format in txt html json csv svg; do
	"$RUNG" inspect "$work/broken.jsonl" -f $format > "$work/a.$format"
	"$RUNG" inspect "$work/broken.jsonl" -o "$work/b.$format"
	if [ -s "$work/a.$format" ] &&
		cmp -s "$work/a.$format" "$work/b.$format"; then
		good
	else
		bad "$format" "-f and -o differ"
	fi
done
head -c 5 "$work/a.csv" | grep -q '^sever' && good || bad csv "no header"
if command -v xmllint > /dev/null; then
	ok "html reads well" xmllint --html --noout "$work/a.html"
	ok "svg is XML" xmllint --noout "$work/a.svg"
fi
if command -v python3 > /dev/null; then
	ok "json" python3 -c '
import json, sys
j = json.load(open(sys.argv[1]))
f = j["findings"]
assert f and all(x["severity"] in ("error", "warning", "remark") and
    x["rule"] and x["seq"] > 0 for x in f)
assert j["matrix"] and j["metrics"]
cells = {c for row in j["matrix"] for c in row["roles"].values()}
assert cells <= {"kept", "broken", "exercised", "never seen"}, cells
' "$work/a.json"
fi
# Delays go by powers of ten.
says  "ticks of 10 ms and 100 ms" '>0.1</text>' cat "$work/a.svg"
# What stands in a message is text in the page.
sed 's/Max-Forwards: 70/Max-Forwards: 70\\r\\nDate: <script>alert(1)<\/script>/' \
	"$work/clean.jsonl" > "$work/script.jsonl"
"$RUNG" inspect "$work/script.jsonl" -f html > "$work/script.html"
if grep -q '<script' "$work/script.html" ||
	! grep -q '&lt;script' "$work/script.html"; then
	bad "html" "a message's text is no text"
else
	good
fi
fails "no such format" 2 "$RUNG" inspect "$work/clean.jsonl" -f docx
fails "an ending that is none" 2 \
	"$RUNG" inspect "$work/clean.jsonl" -o "$work/x.pdf"
says  "which there are" "csv" "$RUNG" inspect "$work/clean.jsonl" -f docx

fails "a width that does nothing" 2 \
	"$RUNG" inspect "$work/clean.jsonl" -f json --width=60
fails "clauses of a file" 2 "$RUNG" inspect --clauses "$work/clean.jsonl"

# ---- folders ----
mkdir "$work/folder"
cp "$work/clean.jsonl" "$work/call.pcapng" "$work/folder"
head -c 3000 "$work/call.pcapng" > "$work/folder/cut.pcapng"
head -c 40000 "$work/clean.jsonl" > "$work/folder/cut.jsonl"
printf '{"kind":"trace","version":99}\n' > "$work/folder/new.jsonl"
printf 'no trace\n' > "$work/folder/notes.txt"
ok    "a folder" "$RUNG" inspect "$work/folder"
says  "each by its name" "clean.jsonl: a run" "$RUNG" inspect "$work/folder"
says  "a broken one says why" "new.jsonl: " "$RUNG" inspect "$work/folder"
says  "one that was cut" "cut.jsonl: a run" "$RUNG" inspect "$work/folder"
"$RUNG" inspect -f json "$work/folder" > "$work/folder.1" 2> /dev/null
"$RUNG" inspect -f json "$work/folder" > "$work/folder.2" 2> /dev/null
same  "twice the same" "$work/folder.1" "$work/folder.2"
mkdir "$work/empty"
fails "an empty folder" 2 "$RUNG" inspect "$work/empty"
cp "$work/folder/new.jsonl" "$work/empty"
fails "a folder of broken files" 2 "$RUNG" inspect "$work/empty"
says  "why" "new.jsonl: " "$RUNG" inspect "$work/empty"

# ---- samples ----
"$RUNG" inspect -f json --sample=1 "$work/clean.jsonl" > "$work/one"
grep -q '"sampled":1' "$work/one" && good || bad sample "does not say so"
"$RUNG" inspect --sample=1 "$work/call.pcapng" | tr -s '\n ' '  ' > "$work/two"
grep -q 'a sample: 1 of' "$work/two" && good || bad sample "of a capture"
fails "no sample" 2 "$RUNG" inspect --sample=0 "$work/clean.jsonl"
fails "no number" 2 "$RUNG" inspect --sample=x "$work/clean.jsonl"

# ---- bad input ----
fails "nothing" 2 "$RUNG" inspect
fails "not there" 2 "$RUNG" inspect "$work/nowhere"
says  "names the file" "nowhere" "$RUNG" inspect "$work/nowhere"
: > "$work/nothing"
fails "an empty file" 2 "$RUNG" inspect "$work/nothing"
head -c 100000 "$RUNG" > "$work/binary"
fails "a program" 2 "$RUNG" inspect "$work/binary"
printf '{"kind":"trace","version":1}\n{"seq":7}\n' > "$work/gap.jsonl"
fails "a gap" 2 "$RUNG" inspect "$work/gap.jsonl"
fails "endless" 2 timeout "$patience" sh -c \
	'yes "no trace" | head -c 300000000 | "$RUNG" inspect -'
for at in 100 1000 5000 20000 60000; do
	head -c $at "$work/clean.jsonl" > "$work/torn.jsonl"
	"$RUNG" inspect "$work/torn.jsonl" > "$work/.output" 2>&1
	[ $? -le 2 ] && good || bad "torn at $at" "a crash"
	head -c $at "$work/call.pcapng" > "$work/torn.pcapng"
	"$RUNG" inspect "$work/torn.pcapng" > "$work/.output" 2>&1
	[ $? -le 2 ] && good || bad "torn at $at" "a crash"
done
finish
