# What ends rung play from outside, wherever it is: the terminal is as it was,
# and the session is in the file that the last words name.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
XDG_STATE_HOME=$work/state
export XDG_STATE_HOME

# begin: in a shell that looks at the terminal before and after.
begin() {
	tui_start 200x40 sh -c 'trap : HUP INT QUIT TERM
		stty -a > "$1/before"; "$2" play labs/two-proxies
		status=$?; stty -a > "$1/after"; echo "status $status"
		read -r line
		echo "got $line"' sh "$work" "$RUNG"
	tui_shows "opens" "message 0 of 24"
	tui_press Right shows "a step" "message 1 of 24"
	shell=$(cat "$tui_files.pid")
	pid=$(tr -d ' ' < "/proc/$shell/task/$shell/children")
}

# over NAME NUMBER: rung has ended by that signal, and all is well.
over() {
	tui_shows "$1: the status" "status $((128 + $2))"
	tui_hides "$1: the screen is given back" "message 1 of 24"
	tui_shows "$1: says where the session is" "the session is saved in"
	file=$(sed -n 's/.*saved in \([^;]*\);.*/\1/p' "$work/.output")
	ok "$1: the session is there" test -s "$file"
	tui_press "t y p e d Enter" shows "$1: keys echo" "got typed"
	ok "$1: stty is as before" cmp "$work/before" "$work/after"
}

number=0
for signal in HUP INT QUIT - - - - - - - - - - - TERM; do
	number=$((number + 1))
	[ $signal != - ] || continue
	begin
	kill -$signal "$pid"
	over $signal $number
done

# In the middle of typing, of a menu, of help, while it plays: once the keys
# have been taken, since what a signal leaves unread is for the shell.
while read -r sees text keys; do
	begin
	# shellcheck disable=SC2086  # several keys
	tui_keys $keys
	tui_$sees "$keys is taken" "$(echo "$text" | tr _ ' ')"
	kill -TERM "$pid"
	tui_shows "after $keys" "status 143"
	tui_press "t y p e d Enter" shows "after $keys, keys echo" "got typed"
	ok "after $keys, stty" cmp "$work/before" "$work/after"
done << 'END'
shows /xy / x y
shows Enter_choose a
shows ─_Keys_─ ?
hides message_1_of_24 p
END

# Sizes change while it plays and a menu is open.
begin
tui_keys p a
for size in 60x20 1x1 200x60 2x50 150x3 40x10 200x40; do
	tui_resize $size
	for i in 1 2 3 4 5 6 7 8 9 10; do
		kill -WINCH "$pid"
	done
done
tui_press "Escape p" shows "after the storm" "of 24"
kill -TERM "$pid"
tui_shows "and then ended" "status 143"
ok "stty after the storm" cmp "$work/before" "$work/after"

# Stopped and ended while it is stopped.
tui_start 200x40 "$RUNG" play labs/two-proxies
tui_shows "opens" "message 0 of 24"
tui_press Right shows "a step" "message 1 of 24"
for i in 1 2 3; do
	tui_signal TSTP
	tui_shows "stopped" "stopped; Enter goes on"
	tui_press Enter hides "and on" "stopped; Enter goes on"
	tui_shows "where it was" "message 1 of 24"
done
tui_signal TSTP
tui_shows "stopped once more" "stopped; Enter goes on"
tui_signal TERM
tui_press Enter ends "ended while stopped" 143
tui_shows "and says where" "the session is saved in"
finish
