# A window made smaller and large again before the program looked has the size that
# it had, and shows what the terminal has left of the picture: after each change of
# size all is drawn anew, and not only where the size is another one.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
XDG_STATE_HOME=$work/state
export XDG_STATE_HOME
golden=tests/golden/tui

tui_start 80x24 "$RUNG" play labs/two-proxies
tui_same  "the beginning" $golden/begin-80x24.txt
tty=$(tui display-message -p '#{pane_tty}')
printf '\033[H\033[2Jwhat a terminal has left of it' > "$tty"
tui_shows "the picture is gone" "what a terminal has left of it"
tui_signal WINCH
tui_same  "and is back" $golden/begin-80x24.txt

# Signals without end tear no key.
tui_press "Right Right Right Right Right" shows "the fifth" " 5/24 "
pid=$(cat "$tui_files.pid")
(for i in $(seq 3000); do kill -WINCH "$pid" 2> /dev/null || exit; done) &
for i in 1 2 3 4 5; do
	tui_keys Right Left Right Left Right Left Right Left Right Left
done
wait
tui_shows "still the fifth" " 5/24 "
tui_press Right shows "the sixth" " 6/24 "

# What was said stays where the size changes after the key that it answers.
tui_press m shows "said" "brackets:"
tui_resize 81x25
tui_still
says "still said" "brackets:" tui_screen
tui_press q ends  "quits" 0
finish
