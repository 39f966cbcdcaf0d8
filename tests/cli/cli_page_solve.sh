# The tasks of labs in the page of make page, in a headless Chromium, each by clicks and keys
# alone: a wrong answer is told to be wrong, the right one to be right, and what only a terminal
# can do says so.  LABS=all: every lab in both languages.  Where the page is not built, or
# there is no Chromium or node, nothing is opened.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

# solve LANGUAGE LAB…: a line for each task.
solve() {
	timeout "$patience" node --experimental-websocket tests/page/solve.js "$RUNG" "$page" "$@" 2> /dev/null
}
# Those that have each kind of task, some in each language.
en="direct-call forking agent-redirect python-redirect asserted-identity" zh="handset-call pick-up handout-repetitions"
if [ "${LABS:-}" = all ]; then
	en=$(ls labs | grep -vx plans) zh=$en
fi
for language in en zh; do
	eval "labs=\$$language"
	for lab in $labs; do
		[ ! -e "labs/$lab/check.lua" ] || echo "$lab"
	done > "$work/labs"
	# shellcheck disable=SC2046
	solve "$language" $(cat "$work/labs") > "$work/said"
	gives "$language: what can't be solved" "" grep -v ' solved$\| needs a terminal$' "$work/said"
	gives "$language: labs with their tasks" "$(cat "$work/labs")" sh -c "cut -d ' ' -f 1 '$work/said' | uniq"
	# Of a browser that runs no handset and starts no process.
	gives "$language: what needs a terminal" "" \
		sh -c "grep ' needs a terminal$' '$work/said' | grep -v '^\(\(handset-.*\|dtmf\) . goal\|python-.* . agent\) '"
done
finish
