# Lesson plans: each step of each plan in both languages, as a page does it and as its commands
# do (tests/page/plans.js); and what a plan must not have is told with its line.
. tests/fixtures/check.sh

# refused NAME LINE TEXT
refused() {
	printf '%b\n' "$3" > "$work/plan.md"
	"$RUNG" worksheet "$work/plan.md" -o "$work/plan.pdf" > "$work/.output" 2>&1
	ok "$1" grep -q "plan.md:$2: " "$work/.output"
}
# step LINES: a plan of one step, whose block begins in line 9.
step() { printf '# P\n\nA.\n\n### 0–10: S\n\nT.\n\n```step\n%b\n```' "$1"; }
many() { seq -f "$2" 1 "$1"; }

refused "a line that is none" 11 "$(step 'lab: busy\nlob: busy')"
refused "a line twice" 11 "$(step 'lab: busy\nlab: busy')"
refused "a moment without a lab" 10 "$(step 'moment: ACK@bob')"
refused "a vote of one option" 11 "$(step 'vote: Q?\n- one')"
refused "two right options" 12 "$(step 'vote: Q?\n+ one\n+ two')"
refused "options of rung's question" 12 "$(step 'lab: busy\nvote: rung\n- one')"
refused "eleven options" 21 "$(step "vote: Q?\n$(many 11 '- %g')")"
refused "a block of no step" 4 '# P\n\n```step\nask: Q?\n```'
refused "a text behind the block" 13 "$(step 'ask: Q?')\n\nBehind it."
refused "minutes with a gap" 7 '# P\n\n### 0–10: A\n\nT.\n\n### 20–30: B\n\nT.'
refused "minutes that go back" 3 '# P\n\n### 10–5: A\n\nT.'
refused "33 steps" 131 "# P\n\n$(seq 0 32 | awk '{ printf "### %d–%d: A\n\nT.\n\n", $1, $1 + 1 }')"
refused "65 sheets" 74 "$(step "$(many 65 'sheet: busy %.0f')")"
{ step "ask: Q?\nvote: Which?\n- one\n+ two\nsheet: busy 1"; echo; } > "$work/plan.md"
ok "a plan of one's own" "$RUNG" worksheet "$work/plan.md" -o "$work/plan.html"
ok "its teacher's sheet" "$RUNG" worksheet "$work/plan.md" --teacher -o "$work/key.md"
gives "… has no block of a step" 0 grep -c '```' "$work/key.md"
gives "… has what the class says and votes on" "**The class says first**: Q? **Vote**: Which? - one - two **(right)**" \
	echo "$(sed -n '/says first/,/^- two/p' "$work/key.md" | grep . | tr '\n' ' ' | sed 's/ $//')"
command -v node > /dev/null || { skip "there is no node"; finish; exit; }
timeout "$patience" node tests/page/plans.js "$RUNG" "$work" > "$work/said" 2>&1
plans=$(find labs/plans -name '*.md' | wc -l)
ok "all plans" test "$plans" -ge 32 -a "$(wc -l < "$work/said")" -ge "$plans"
gives "each step of each plan" "" grep -vE '^[a-z0-9-]+: 90 minutes, [0-9]+ steps, [0-9]+ votes, [0-9]+ tasks(, [0-9]+ commands)?$' "$work/said"

# Each of these faults of a plan is found.
mkdir "$work/plans" "$work/typed"
sed -e 's/^moment: 200@bob/moment: 200@carol/' -e 's/^lab: busy/lab: buzy/' -e 's/^sheet: direct-call 1-3,5/sheet: direct-call 1-3,7/' \
	-e 's/^+ the final/- the final/' -e 's/misconception 57/misconception 99/' -e 's/^    rung run busy/    rung run buzy/' \
	-e 's/`rung copy direct-call/`rung copy direkt-call/' -e 's/^figure: .*two-proxies.svg/figure: rung export two-proxies/' \
	labs/plans/first-call.md > "$work/plans/first-call.md"
cp labs/plans/first-call.zh.md "$work/plans"
timeout "$patience" node tests/page/plans.js "$RUNG" "$work/typed" "$work/plans" > "$work/said" 2>&1
grep '^first-call[.a-z]*md' "$work/said" | cut -d : -f 1-3 > "$work/found"
cat > "$work/want" << 'E'
first-call.md: there is no lab direkt-call
first-call.md, step 2: find: the trace has no node “carol”; there are alice, router, bob
first-call.md, step 2: there is no 200@carol
first-call.md, step 3: no option is right
first-call.md, step 3: direct-call has no task 7
first-call.md, step 4: rung export two-proxies writes no file
first-call.md, step 5: there is no lab buzy
first-call.md, step 6: there is no misconception 99
first-call.md: rung run buzy: rung
first-call.zh.md: the other language has other steps
E
ok "faults of a plan" diff "$work/want" "$work/found"
finish
