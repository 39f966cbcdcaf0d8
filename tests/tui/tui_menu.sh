# A bare rung on a terminal: the language where nothing says it, the labs, the tour
# with the first lab, the last sessions above the labs afterwards; the keys of
# both screens and their help.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
XDG_STATE_HOME=$work/state
RUNG_SHARE=$PWD
export XDG_STATE_HOME RUNG_SHARE
golden=tests/golden/tui

# ---- the first time: the language; Esc leaves at once ----
tui_start 80x24 "$RUNG"
tui_shows "asks for the language" "Language"
tui_shows "says its keys" "Esc leave"
tui_press Escape ends  "Esc leaves" 0

# ---- chosen, it is not asked again ----
tui_start 80x24 "$RUNG"
tui_press Enter shows "the labs" "First steps"
tui_shows "their keys" "Tab next group"
tui_press "?" shows "? shows all keys" "keep matching items"
tui_press Escape hides "any key ends the help" "keep matching items"
tui_shows "and does nothing else" "First steps"
# What comes after it is another program's screen for tmux, which mixes it up
# with one that was resized.
tui_type "prox call"
tui_shows "what is typed stands there" "find: prox call"
tui_resize 60x20
tui_shows "in little room" "rung play two-proxies"
tui_press Escape hides "Esc ends the search" "find:"
tui_press q ends  "q leaves" 0

# The first that is played welcomes, from the menu and by its name; Esc leaves that alone.
first() { # FOLDER: who works there was asked for a number, and has not played
	XDG_STATE_HOME=$work/$1
	mkdir -p "$XDG_STATE_HOME/rung"
	echo '{"asked":true}' > "$XDG_STATE_HOME/rung/settings"
}
first by-name
tui_start 80x24 "$RUNG" play direct-call
tui_shows "the welcome" "Press any key to begin"
tui_same "it teaches seven keys" $golden/welcome-80x24.txt
tui_press Escape hides "Esc leaves it" "Press any key to begin"
tui_hides "it opens nothing" "╭"
tui_press q ends "leaves" 0
tui_start 80x24 "$RUNG" play busy
tui_shows "another lab" "486"
tui_hides "welcomes nobody again" "Press any key to begin"
tui_press q ends "leaves it" 0
first present
tui_start 80x24 "$RUNG" play direct-call --present
tui_shows "before a class" "INVITE"
tui_hides "nobody is welcomed" "Press any key to begin"
tui_press q ends "leaves the class" 0

first lessons
tui_start 80x24 "$RUNG"
tui_shows "language" "English"
tui_same  "both are offered" $golden/language-80x24.txt
tui_press Enter shows "the labs" "Call without servers"
tui_shows "in groups" "First steps"
tui_press "PageDown PageDown" shows "further down" "more ▲"
tui_press Home hides "and up" "more ▲"
tui_type "prox call"
tui_shows "found" "find: prox call"
tui_hides "nothing else" "Bob is busy"
tui_press Enter shows "the tour" "Press any key to begin"
# Any key leaves it, and is not lost.
tui_press Right hides "goes" "Press any key to begin"
tui_shows "one step" " 1/24 "
tui_press Right shows "two steps" " 2/24 "
tui_press q shows "the menu again" "rung play 1"
tui_press Enter shows "where one was" " 2/24 "
tui_hides "the tour is for once" "Press any key to begin"
tui_press q shows "and again" "rung play 1"
tui_press Escape ends  "leaves" 0

# Not on a terminal: the list of commands.
says "no terminal" "rung COMMAND" "$RUNG"

XDG_STATE_HOME=$work/chinese
tui_start 80x24 "$RUNG"
tui_shows "a language again" "English"
tui_press "Down Enter" shows "Chinese" "入门"
tui_type "代理"
tui_shows "found in Chinese" "经过两个代理服务器的呼叫"
tui_hides "nothing but" "Bob 正忙"
tui_press C-c ends  "leaves again" 0
finish
