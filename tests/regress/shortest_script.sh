# The shortest script of docs/SCENARIO.md does what the page says of it.
. tests/fixtures/check.sh
awk '/^## / { here = /A script of your own/ } here && /^```$/ { exit } block; here && /^```lua$/ { block = 1 }' \
	docs/SCENARIO.md > "$work/mine.lua"
says "an INVITE at 3 s" "3.000   │ INVITE" "$RUNG" run "$work/mine.lua"
says "a BYE at 10 s" "10.000   │ BYE" "$RUNG" run "$work/mine.lua"
finish
