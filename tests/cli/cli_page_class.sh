# A lesson of a class, by a teacher's and a student's clicks, and how both pages lie in their
# windows after each (tests/page/geometry.js): follow, vote twice, go on alone, solve, hand in.
# The teacher hears what is new half a second late.  One window; with LABS=all, and where the page's
# tests run, all four, both languages, with a student's number and without.
. tests/fixtures/check.sh
. tests/fixtures/class.sh

# lesson SIZES LANGUAGE NUMBER LAB
lesson() {
	LATE=500 timeout "$patience" node --experimental-websocket tests/page/lesson.js class \
		"$place,$code,$teacher" "$1" "$2" "$3" two-proxies 2> /dev/null |
		sed 's/^clicks: [1-9][0-9][0-9]*$/clicks/' >> "$work/said-${1%%x*}"
}
# Each pair of windows in a class of its own.
all() { # SIZES
	begin_class
	lesson "$1" zh -
	lesson "$1" en 2023007
	[ "${LABS:-}" != all ] || { lesson "$1" en -; lesson "$1" zh 2023007; }
	end_class
}
if [ "${LABS:-}" = all ] || [ -f build/rung.html ]; then
	(work=$work/others && mkdir "$work" && all 1920x1080,390x844) &
	others=$!
	all 1366x768,1280x720
	wait "$others"
	lines=2
	[ "${LABS:-}" != all ] || lines=4
	gives "it lies right (1920 and 390)" "$(yes clicks | head -n $lines)" cat "$work/others/said-1920"
else
	begin_class
	QUICK=1 lesson 1366x768 en 2023007
	end_class
	lines=1
fi
gives "it lies right (1366)" "$(yes clicks | head -n $lines)" cat "$work/said-1366"
finish
