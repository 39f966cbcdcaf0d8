# A student with a number walks through labs from their first task to the last, by mouse, finger
# and key, and teachers hold lessons by their plans, on the page and in a class (tests/page/walk.js,
# tests/page/hold.js).  Labs and plans whose turn it is; LABS=all: all.
. tests/fixtures/check.sh
. tests/fixtures/class.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
turns() { # EACH: of the names on standard input
	while read -r name; do
		[ "${LABS:-}" != all ] && ! its_turn "$name" "$1" || echo "$name"
	done
}
ls labs | grep -vx plans | turns 30 > "$work/labs"
for plan in labs/plans/*.zh.md; do basename "$plan" .zh.md; done > "$work/all"
turns 17 < "$work/all" > "$work/plans"
by_hand() { # SCRIPT ARGUMENTS
	script=$1
	shift
	timeout "$patience" node --experimental-websocket "tests/page/$script.js" "$@" 2> /dev/null
}
for language in en zh; do
	# shellcheck disable=SC2046
	[ ! -s "$work/labs" ] || by_hand walk "$page" "$language" 20260$(($$ % 90 + 10)) $(cat "$work/labs") > "$work/said"
	[ ! -s "$work/labs" ] || gives "labs from task to task ($language)" "" grep WRONG "$work/said"
	[ ! -s "$work/labs" ] || says "… all of them" "$(grep -c . "$work/labs") labs" cat "$work/said"
	[ "${LABS:-}" = all ] || break
done
if [ -s "$work/plans" ]; then
	# shellcheck disable=SC2046
	by_hand hold page "$page" zh 2023007 $(cat "$work/plans") > "$work/said"
	gives "plans on the page" "$(cat "$work/plans")" cut -d : -f 1 "$work/said"
	begin_class
	# shellcheck disable=SC2046
	by_hand hold class "$place,$code,$teacher" en 2023007 $(cat "$work/plans") > "$work/said"
	gives "plans in a class" "$(cat "$work/plans")" cut -d : -f 1 "$work/said"
	end_class
fi
finish
