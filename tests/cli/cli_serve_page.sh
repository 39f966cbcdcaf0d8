# rung serve in browsers: tabs of one browser, what is loaded again, doubled, closed and
# opened again; and every button of the page and of a class.
. tests/fixtures/check.sh
. tests/fixtures/serve.sh

if ! command -v chromium > /dev/null || ! node --experimental-websocket \
	-e 'new WebSocket("ws://localhost:1").onerror = () => {}' 2> /dev/null; then
	skip "there is no Chromium, or no node with WebSockets"
	finish
fi
mkdir "$work/in"

begin
timeout "$patience" node --experimental-websocket tests/class/tabs.js "$place" "$code" \
	"$teacher" > "$work/tabs" 2> /dev/null
doubled='Continue here as 7; the other tab ends | Somebody else: | Enter'
cat > "$work/want" << W
loaded again: 2 here, voted 2, tells
doubled: This is open in another tab. | $doubled
meanwhile: 2 here, voted 2
goes on: 2 here, voted 2
the other: this class is now open in another tab or window | $doubled
is refused: this class is now open in another tab or window
back: 2 here, voted 2
and the other: this class is now open in another tab or window | $doubled
opened again: If you were here before, continue: | Continue as 7 | Somebody else: | Enter
is who it was: 2 here, voted 2 7
once: ["7"]
another number: 3 here, voted 0
the first again: 3 here, voted 2
left: The teacher has the code. | Enter
who is next: If you were here before, continue: | Continue as 8 | Somebody else: | Enter
the teacher: true
doubled: This is open in another tab. | Continue here as the teacher; the other tab ends | Somebody else: | Enter
W
ok "tabs" diff "$work/want" "$work/tabs"
end
begin -o "$work/in"
timeout $((patience * 3)) node --experimental-websocket tests/class/buttons.js "$place" "$code" \
	"$teacher" > "$work/buttons" 2> /dev/null
cat > "$work/want" << W
asked: true
options: true
the right one is marked: true
projected: true
and back: true
told: true
a number while following: true
hands in: Handed in: direct-call-8.rung
nobody leads: true
goes on alone: true
a student is told of the class: You are in the class CODE, as 8. Everybody who opens this address is in the class as well:PAGE#code=CODE
the teacher is told of the class: The class's code: CODE. The terminal shows the address.
pressed: true
W
ok "every button" diff "$work/want" "$work/buttons"
end
finish
