# rung diff: labs against each other, its exit status, its formats, mistakes.
. tests/fixtures/check.sh
gold=tests/golden
XDG_STATE_HOME=$work/state
export XDG_STATE_HOME

run() { # NAME LAB [OPTION…]: its trace
	run_name=$1
	shift
	"$RUNG" run -q "$@" -o "$work/$run_name.jsonl"
}
diff_of() { # FILE STATUS ARGUMENT…: into $work/FILE
	diff_file=$1
	diff_want=$2
	shift 2
	"$RUNG" diff "$@" > "$work/$diff_file" 2> "$work/.output" < /dev/null
	set -- $?
	if [ "$1" = "$diff_want" ]; then
		good
	else
		bad "$diff_file" "status $1 instead of $diff_want"
	fi
}

# The same lab with other chance: nothing that means anything differs.
for lab in two-proxies forking digest-replay torn-tcp rfc3665-3.4; do
	run one "labs/$lab" --seed=21
	run two "labs/$lab" --seed=22
	fails "$lab, two seeds" 0 "$RUNG" diff "$work/one.jsonl" "$work/two.jsonl"
done
# Chance that changes the flow.
run lost1 labs/lost-messages --seed=1
run lost2 labs/lost-messages --seed=2
cd "$work" || exit 1
case $RUNG in /*) ;; *) RUNG=$OLDPWD/$RUNG ;; esac
diff_of lost.txt 1 lost1.jsonl lost2.jsonl
diff_of lost-ascii.txt 1 --ascii --times --all lost1.jsonl lost2.jsonl
diff_of lost-brief.txt 1 --brief --times lost1.jsonl lost2.jsonl
diff_of lost.json 1 -f json lost1.jsonl lost2.jsonl
cd "$OLDPWD" || exit 1
diff_of labs.txt 1 labs/two-proxies labs/lost-messages
same "side by side" $gold/diff-lost.txt "$work/lost.txt"
same "in ASCII" $gold/diff-lost-ascii.txt "$work/lost-ascii.txt"
same "a list" $gold/diff-lost-brief.txt "$work/lost-brief.txt"
same "two labs" $gold/diff-labs.txt "$work/labs.txt"
same "for programs" $gold/diff-lost.json "$work/lost.json"
fails "ASCII is ASCII" 1 env LC_ALL=C grep -q '[^ -~]' "$work/lost-ascii.txt"
fails "80 columns" 1 grep -qE '^.{81}' "$work/labs.txt"

# A header field that differs.
run plain labs/two-proxies
sed 's/User-Agent: [^\\]*/User-Agent: another/g;s/Max-Forwards: 70/Max-Forwards: 69/g' \
	"$work/plain.jsonl" > "$work/fields.jsonl"
says "a field" "Max-Forwards" "$RUNG" diff "$work/plain.jsonl" "$work/fields.jsonl"
fails "which can be left out" 0 "$RUNG" diff --no-headers "$work/plain.jsonl" \
	"$work/fields.jsonl"

# Other names, other addresses, the same meaning.
sed 's/\balice\b/carol/g;s/Alice/Carol/g;s/192\.0\.2\./10.9.8./g' \
	"$work/plain.jsonl" > "$work/carol.jsonl"
fails "another name" 1 "$RUNG" diff "$work/plain.jsonl" "$work/carol.jsonl"
fails "which is the same node" 0 "$RUNG" diff --map=alice=carol \
	"$work/plain.jsonl" "$work/carol.jsonl"

# A part of it.
says "a node" "Messages: 9 in A" "$RUNG" diff --node=alice "$work/plain.jsonl" \
	"$work/plain.jsonl"
says "a time" "Messages: 4 in A" "$RUNG" diff --to=1s "$work/plain.jsonl" \
	"$work/plain.jsonl"
fails "a time of nothing" 2 "$RUNG" diff --from=100s "$work/plain.jsonl" \
	"$work/plain.jsonl"
id=$("$RUNG" diff -f json "$work/plain.jsonl" "$work/plain.jsonl" |
	sed -n 's/.*"start":"INVITE".*"call_id":"\([^"]*\)".*/\1/p' | head -n 1)
ok "a call" "$RUNG" diff --call="$id" "$work/plain.jsonl" "$work/fields.jsonl" \
	--no-headers

# Pictures.
"$RUNG" diff "$work/lost1.jsonl" "$work/lost2.jsonl" -o "$work/lost.svg"
if command -v xmllint > /dev/null; then
	ok "well-formed SVG" xmllint --noout "$work/lost.svg"
else
	skip "no xmllint"
fi
"$RUNG" diff "$work/lost1.jsonl" "$work/lost2.jsonl" -o "$work/lost.gv"
if command -v dot > /dev/null; then
	ok "dot draws it" dot -Tsvg "$work/lost.gv" -o "$work/dot.svg"
else
	skip "no dot"
fi

# Branches of a session.
mkdir -p "$XDG_STATE_HOME/rung"
cat > "$XDG_STATE_HOME/rung/kept.json" <<EOF
{"kind":"session","version":1,"rung":"0","title":"Kept","file":"x","fixed":false,
"state":{},"inputs":{"topology":{"file":"a.gv","text":"graph { a [role=ua] b [role=ua] a -- b }"},
"settings":[],"detail":"protocol","acts":[]},
"branches":[{"name":"main","acts":[]},{"name":"crash a","parent":0,"after":1,"acts":["1:a.crash"]}]}
EOF
fails "branches" 1 "$RUNG" diff --session=kept main "crash a"
fails "by number" 0 "$RUNG" diff --session=kept 0 main
says "no such branch" "no branch “x”" "$RUNG" diff --session=kept 0 x

fails "one alone" 2 "$RUNG" diff labs/busy
fails "no such file" 2 "$RUNG" diff labs/busy nowhere
fails "no such format" 2 "$RUNG" diff -f docx labs/busy labs/busy
fails "no such node" 2 "$RUNG" diff --node=nobody labs/busy labs/busy
fails "no such call" 2 "$RUNG" diff --call=nobody labs/busy labs/busy
fails "no map" 2 "$RUNG" diff --map=alice labs/busy labs/busy
fails "a map of nobody" 2 "$RUNG" diff --map=nobody=alice labs/busy labs/busy
fails "unwritable" 2 "$RUNG" diff -o /nowhere/x.txt labs/busy labs/busy
finish
