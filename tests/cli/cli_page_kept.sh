# What a person has opened, typed, pressed once of twice and scrolled in a panel is there when the
# panel is filled anew (tests/page/kept.js): each panel of a class, and of the page of make page, with
# answers that come late and in another order (tests/page/pace.js).  SEEDS="1 2 3": in these orders.
. tests/fixtures/check.sh
. tests/fixtures/class.sh

kept() { timeout "$patience" node --experimental-websocket tests/page/kept.js "$@" 2> /dev/null; }
for ANSWERS in ${SEEDS:-1}; do
	export ANSWERS
	begin_class
	kept class "$place,$code,$teacher" > "$work/said" || :
	gives "in a class, order $ANSWERS" "student: class
student: tasks
teacher: class
teacher: tasks
teacher: by news
teacher without a plan: class" cat "$work/said"
	end_class
done

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
for ANSWERS in ${SEEDS:-1}; do
	kept page "$page" > "$work/said" || :
	gives "on the page, order $ANSWERS" "$(printf "page: %s\n" file keys plan act edit compare panes records inspect search sweep parse sound export \
		tasks "runs and branches")" cat "$work/said"
done
finish
