# What runs the tests says how far it is, holds every test to leaving no file,
# and takes a slow machine for what it is.
. tests/fixtures/check.sh
here=$(pwd)
project=$work/project
mkdir -p "$project/tests/regress" "$project/tests/cli" "$project/tests/base" \
	"$project/build/tests/base"
cp tests/run.sh tests/order tests/builds.awk tests/choose.awk tests/sanitizers.sh tests/machine.sh tests/fonts.conf tests/lsan.supp "$project/tests"
# Its rung records nothing, and says nothing.
printf '#!/bin/sh\n' > "$project/build/rung"
chmod +x "$project/build/rung"
for name in layers po firmware; do
	echo 'echo "1 passed, 0 failed"' > "$project/tests/$name.sh"
done
cd "$project" || exit 1
# Who runs this may have asked for a part of the tests.
COMPUTE=all
export COMPUTE

# a_test NAME: a test of the made-up project, from standard input.
a_test() {
	cat > "tests/cli/cli_$1.sh"
}

# runs STATUS: of the tests there are; what they said is in $work/said.
runs() {
	sh tests/run.sh build > "$work/said" 2> "$work/progress" < /dev/null
	set -- "$1" $?
	cp "$work/said" "$work/.output"
	if [ "$1" = "$2" ]; then good; else bad "the status" "$2 instead of $1"; fi
}

a_test good <<'L'
echo scratch > "$(mktemp)" && rm -rf "$TMPDIR"/*
echo "2 passed, 0 failed"
L
runs 0
says "the sum is last" "5 passed, 0 failed" tail -n 1 "$work/said"
a_test skips <<'L'
echo "  skipped: no data"
echo "  skipped: no data"
echo "0 passed, 0 failed, 2 skipped"
L
runs 0
says "what was skipped, by its reason" "skipped 2: no data" cat "$work/said"
rm tests/cli/cli_skips.sh
a_test leaving <<'L'
mktemp > /dev/null
echo "1 passed, 0 failed"
L
runs 1
says "a file in TMPDIR" "leaving.sh: leaves files: tmp/tmp." cat "$work/said"
a_test leaving <<'L'
mkdir -p "$HOME/.local/state/rung"
echo "1 passed, 0 failed"
L
runs 1
says "a folder in HOME" "leaving.sh: leaves files: home/.local" cat "$work/said"
fails "the next one begins without" 1 grep -q "good.sh: leaves" "$work/said"
rm tests/cli/cli_leaving.sh
if command -v git > /dev/null && git init -q . 2> /dev/null; then
	echo /build > .gitignore
	a_test leaving <<'L'
echo x > tests/golden.new
echo "1 passed, 0 failed"
L
	runs 1
	says "a file in the sources" "left files in the sources: tests/golden.new" \
		cat "$work/said"
	rm -f tests/cli/cli_leaving.sh tests/golden.new
	runs 0
else
	skip "no git"
fi

# ---- it goes on ----
a_test slow <<'L'
sleep 3
echo "1 passed, 0 failed"
L
if has_terminal; then
	script -qec "sh tests/run.sh build" /dev/null > "$work/screen" 2>&1 < /dev/null
	says "on a terminal a line that is written over" " of " \
		sh -c 'tr "\r" "\n" < "$1" | grep " tests: "' - "$work/screen"
	says "which is gone at the end" "6 passed, 0 failed" \
		sh -c 'tail -n 1 "$1"' - "$work/screen"
else
	skip "there is no terminal"
fi
sed 's/show_progress 60/show_progress 1/' tests/run.sh > tests/run.new
mv tests/run.new tests/run.sh
runs 0
says "elsewhere lines" " of 5 tests: " cat "$work/progress"
fails "that are no part of what is said" 1 grep -q " of 5 tests" "$work/said"
cd "$here" || exit 1

# ---- what is recorded ----
cd "$project" || exit 1
mv build/rung build/gone
runs 1
says "runs that can't be recorded are said" "runs are not recorded" \
	cat "$work/said"
mv build/gone build/rung

# ---- two builds ----
cd "$project" || exit 1
rm tests/cli/cli_slow.sh
mkdir -p build/san/tests/base
for name in test_alike test_explain test_of_bytes test_twice; do
	echo > "tests/base/$name.c"
	for build in build build/san; do
		printf '#!/bin/sh\necho "1 passed, 0 failed"\n' \
			> "$build/tests/base/$name"
		chmod +x "$build/tests/base/$name"
	done
done
echo "0 tests/base/test_explain.c
0 tests/base/test_of_bytes.c plain
0 tests/base/test_twice.c both" > tests/order
ran() { # of the tests in tests/ what ran where
	sh tests/run.sh build build/san > "$work/said" 2>&1 < /dev/null
	for build in build build/san; do
		sed "s,^.* ,${build#build} ," "$build/logs/times"
	done | sed -n 's,^ \(build/tests/base/\)*,plain ,p
		s,^/san \(build/san/tests/base/\)*,sanitized ,p' |
		grep -v "layers\|po.sh\|firmware" | LC_ALL=C sort
}
ran > "$work/ran"
cat > "$work/belongs" <<'L'
plain cli_good.sh
plain test_of_bytes
plain test_twice
sanitized test_alike
sanitized test_explain
sanitized test_twice
L
ok "each runs where it belongs" diff "$work/belongs" "$work/ran"
BOTH=1 ran > "$work/ran"
ok "or all in both" test "$(wc -l < "$work/ran")" = 10

# ---- the order: what has changed, then what computed longest ----
begins_with() { # NAME TEST
	echo "9m1.0s 0m0.0s build/tests/base/test_twice" > build/logs/times
	touch -d "${3:-tomorrow}" build/logs/times
	JOBS=1 sh tests/run.sh build > "$work/said" 2>&1 < /dev/null
	says "$1" "$2" head -n 1 build/logs/times
}
mkdir src
touch src/of.c
begins_with "the longest" tests/base/test_twice
find src tests -type f -exec touch -d "2 days ago" {} +
touch src/of.c
begins_with "what is about a source that has changed" tests/base/test_of_bytes \
	yesterday
cd "$here" || exit 1

# ---- of what takes long a part, each in its turn ----
choose() { # BUDGET TURN [CHANGED]
	echo "${3:-}" > "$work/changed"
	awk -v budget="$1" -v turn="$2" -f tests/choose.awk "$work/order" "$work/changed" \
		"$work/queue" > "$work/chosen"
}
long=$(seq 4 40)
{
	echo "90 tests/a/test_whole.c parts=9"
	echo "5 tests/a/test_first.c plain always"
	for n in $long; do echo "10 tests/a/test_$n.c"; done
} > "$work/order"
for n in whole first short $long; do echo "build tests/a/test_$n.c"; done > "$work/queue"
choose all 1
ok "all, where all are asked for" diff "$work/queue" "$work/chosen"
choose 30 1
says "what takes no second is taken" test_short cat "$work/chosen"
says "and what always is" test_first cat "$work/chosen"
gives "and as many as there is time for" 5 grep -c . "$work/chosen"
choose 30 1 tests/a/test_17.c
says "what is about a change comes first" test_17 cat "$work/chosen"
for turn in $(seq 0 40); do
	choose 30 "$turn"
	cat "$work/chosen"
done > "$work/in.turn"
gives "each has its turn" "$(wc -l < "$work/queue")" sh -c 'sort -u "$1" | grep -c .' - "$work/in.turn"

# ---- a slow machine ----
fails "no test has a minute on the clock" 1 \
	grep -nE 'timeout (-k [0-9]+ )?[0-9]+ ' tests/cli/*.sh tests/tui/*.sh tests/fixtures/*.sh
fails "nor an alarm" 1 \
	grep -nE '\balarm\(' tests/*/test_*.c tests/*/*/test_*.c tests/regress/*.c
finish
