# On the screen `e` takes every format of rung export, the page and the packets,
# too; and in rung show --at a registration is no property of the dialog above.
. tests/fixtures/check.sh
"$RUNG" run -q two-proxies -o "$work/t.jsonl"
"$RUNG" show --at 5s "$work/t.jsonl" > "$work/at5"
ok "a registration stands by itself" \
	grep -q '^  alice@atlanta.example.com  *registered since' "$work/at5"
fails "and below nothing" 1 grep -q '^   *   alice@.* registered' "$work/at5"

. tests/fixtures/tui.sh
root=$PWD
case $RUNG in /*) ;; *) RUNG=$root/$RUNG ;; esac
RUNG_SHARE=$root
export RUNG RUNG_SHARE
mkdir "$work/here"
cd "$work/here" || exit
formats=$("$RUNG" export -f nothing "$work/t.jsonl" 2>&1 |
	sed 's/.*there are //; s/,//g; s/ trace$//')
tui_start 118x35 "$RUNG" play two-proxies
tui_shows "a screen" "Message"
for format in $formats; do
	# Who is listened to is asked nowhere on the screen.
	[ "$format" != wav ] || continue
	tui_press e shows "$format is offered" ".$format"
	tui_enter "it.$format" shows "$format is written" "written to it.$format"
	ok "$format is there" test -s "it.$format"
	tui_keys Left
done
tui_keys e
tui_enter "it.odt" shows "another is refused" "sets the format"
tui_press "Escape q" ends "leaves" 0
"$RUNG" export -f html "$work/t.jsonl" > page.html
ok "the page is one" grep -q '<svg' it.html
ok "the packets are read" "$RUNG" show it.pcapng
cd "$root" || exit
finish
