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
	sed "s/bob\\.answer=[^\"]*\"/$1\"/" check.lua > mine/check.lua
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

cp check.lua mine/check.lua
ok "the lab as it was, copied" "$RUNG" copy mine copied --student=1
ok "and in a set" "$RUNG" class new --labs=mine -o set
finish
