# What a person has opened, typed, pressed once of twice and scrolled in a panel is there when the
# panel is filled anew (tests/page/kept.js): each panel of a class, and of the page of make page.
. tests/fixtures/check.sh
. tests/fixtures/class.sh

kept() { timeout "$patience" node --experimental-websocket tests/page/kept.js "$@" 2> /dev/null; }
begin_class
kept class "$place,$code,$teacher" > "$work/said" || :
gives "in a class" "student: class
student: tasks
teacher: class
teacher: tasks
teacher: by news
teacher without a plan: class" cat "$work/said"
end_class

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
kept page "$page" > "$work/said" || :
gives "on the page" "$(printf "page: %s\n" file keys plan act edit compare panes records inspect search sweep parse sound export tasks)" cat "$work/said"
finish
