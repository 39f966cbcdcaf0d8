# A lab whose students can't all have their own, because vary { … } speaks of what
# its network hasn't, says so to who writes it, and not to each student first.
. tests/fixtures/check.sh
unset RUNG_SHARE
RUNG=$(realpath "$RUNG")
cd "$work" || exit 1
"$RUNG" new lab mine 2> /dev/null
cp mine/check.lua check.lua

# broken RANGE TEXT
broken() {
	sed "s|bob\\.answer=[^\"]*\"|$1\"|" check.lua > mine/check.lua
	for command in "check mine" "check --teacher mine" "copy mine copied" \
		"copy mine copied --student=1" "class new --labs=mine -o set"; do
		# shellcheck disable=SC2086  # words
		says "$1: $command" "$2" "$RUNG" $command
		# shellcheck disable=SC2086  # words
		fails "$1: $command" 2 "$RUNG" $command
	done
	fails "$1: no copy" 1 test -e copied
	fails "$1: no set" 1 test -e set
}

broken "bop.answer=1s,2s" \
	"mine/check.lua: vary { “bop.answer=1s” }: there is no node “bop”"
broken "alice--bob.loss=0..3%:1%" "there is no link between alice and bob"
broken "bob.answer=1s,forever" "vary { “bob.answer=forever” }: node bob"

broken "bob.answer+bob.busy=1s,2s" "“1s” has values for 1 of 2 names"
broken "bob.answer+seed=1s/2,2s/x" "“x” is no seed"

# Both values of a student's are of the same pair.
sed 's|bob\.answer=[^"]*", "seed=[^"]*"|bob.answer+seed=1s/11,2s/22"|' \
	check.lua > mine/check.lua
for number in 1 2 3 4 5 6; do
	"$RUNG" copy mine "pair$number" --student=$number > said.$number 2>&1
	"$RUNG" run -q "pair$number" -o pair.jsonl
	sed -n 1p pair.jsonl >> pairs
done
ok "some have the first pair" grep -q '"seed":11,.*"bob.answer=1s"' pairs
ok "some the second" grep -q '"seed":22,.*"bob.answer=2s"' pairs
fails "nobody a part of each" 1 \
	grep -E '"seed":11,.*answer=2s"|"seed":22,.*answer=1s"' pairs

cp check.lua mine/check.lua
ok "the lab as it was, copied" "$RUNG" copy mine copied --student=1
ok "and in a set" "$RUNG" class new --labs=mine -o set
finish
