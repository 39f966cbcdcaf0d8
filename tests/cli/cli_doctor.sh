# rung doctor without a terminal, or on one that does not answer: a line for
# each fact, one remedy below each problem, the status says whether rung play
# runs.  On a terminal: tests/tui/tui_doctor.sh.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8 TERM=xterm
export LC_ALL TERM
unset VISUAL EDITOR NO_COLOR TMUX XDG_STATE_HOME RUNG_SHARE
HOME=$work/home
export HOME

# Standard input, output and error are none: nobody can play here.
fails "no terminal at all" 1 "$RUNG" doctor
says  "says so" "✗ terminal" "$RUNG" doctor
says  "what needs one" "not measured: that needs a terminal" "$RUNG" doctor
says  "the end" "rung play can't run." "$RUNG" doctor
fails "takes no FILE" 2 "$RUNG" doctor x
ok    "has a page" "$RUNG" help doctor
says  "stands in the list" "  doctor " "$RUNG" help
says  "Chinese" "终端" "$RUNG" doctor --lang=zh

# ---- variables ----
says "UTF-8" "C.UTF-8 (LC_ALL), characters are UTF-8" "$RUNG" doctor
says "C" "! locale" env LC_ALL=C "$RUNG" doctor
says "C: what to do" "LC_ALL=C.UTF-8 rung play" env LC_ALL=C "$RUNG" doctor
says "LANG alone" "LANG=C.UTF-8 rung play" \
	env -u LC_ALL LANG=POSIX "$RUNG" doctor
says "LC_CTYPE above LANG" "(LC_CTYPE)" \
	env -u LC_ALL LANG=C LC_CTYPE=C.UTF-8 "$RUNG" doctor
says "none set" "none is set" \
	env -u LC_ALL -u LANG -u LC_CTYPE "$RUNG" doctor
says "not installed" "xx_YY.UTF-8 (LC_ALL) isn't installed; C.UTF-8" \
	env LC_ALL=xx_YY.UTF-8 "$RUNG" doctor
says "not installed, no UTF-8" "xx_YY (LC_ALL) isn't installed" \
	env LC_ALL=xx_YY "$RUNG" doctor
says "and what then" "LC_ALL=C.UTF-8 rung play" \
	env LC_ALL=xx_YY "$RUNG" doctor
says "unknown TERM" "vt999: this system knows no such terminal" \
	env TERM=vt999 "$RUNG" doctor
says "hostile TERM" "<U+009B>" \
	env TERM="$(printf 'x\302\2332J')" "$RUNG" doctor
says "dumb" "dumb: its cursor can't be moved" env TERM=dumb "$RUNG" doctor
says "TERM unset" "isn't set" env -u TERM "$RUNG" doctor
says "empty TERM" "✗ TERM" env TERM= "$RUNG" doctor
says "NO_COLOR" "NO_COLOR is set" env NO_COLOR=1 "$RUNG" doctor
says "xterm in tmux" "inside of tmux" env TMUX=x TERM=xterm "$RUNG" doctor
says "editor" "sh -x (VISUAL)" \
	env VISUAL="sh -x" EDITOR=nowhere "$RUNG" doctor
says "no editor" "nowhere (EDITOR): no such program" \
	env EDITOR=nowhere "$RUNG" doctor
says "an editor with its path" "/bin/sh (EDITOR)" \
	env EDITOR=/bin/sh "$RUNG" doctor

# ---- folders ----
says "labs" "first in labs" "$RUNG" doctor
case $RUNG in /*) program=$RUNG ;; *) program=$PWD/$RUNG ;; esac
mkdir -p "$work/mine/labs/one" "$work/here"
echo 'lab { title = "One" }' > "$work/mine/labs/one/lab.lua"
says "RUNG_SHARE" "the first in" env RUNG_SHARE="$work/mine" "$RUNG" doctor
says "no HOME" "HOME isn't set" env -u HOME "$RUNG" doctor
says "and what then" "XDG_STATE_HOME=/tmp rung play" \
	env -u HOME "$RUNG" doctor
says "HOME" "are kept in $work/.local/state/rung" env HOME="$work" "$RUNG" doctor
says "XDG_STATE_HOME" "are kept in $work/here/rung" \
	env XDG_STATE_HOME="$work/here" "$RUNG" doctor
says "a relative one counts as none" "are kept in $work/.local" \
	env XDG_STATE_HOME=here HOME="$work" "$RUNG" doctor
says "no folder can be there" "/dev/null can't be written into" \
	env XDG_STATE_HOME=/dev/null/x "$RUNG" doctor
readonly_here() {
	(cd "$work/here" && chmod 555 . && "$program" doctor)
}
if [ "$(id -u)" != 0 ]; then
	says "read-only" "can't be written into" readonly_here
else
	skip "root may write into every folder"
fi

# ---- each line: mark, label, fact; a remedy below each that is marked ----
lines() {
	env -u HOME LC_ALL=C TERM=vt999 EDITOR=nowhere XDG_STATE_HOME=/dev/null \
		"$RUNG" doctor > "$work/lines.txt" 2>&1 < /dev/null
	awk 'NR <= 2 || /^$/ { next }
		/^rung play/ { next }
		/^[!x] / { if (open) bad = 1; open = 1; marked++; next }
		/^               -> / { if (!open) bad = 1; open = 0; next }
		/^\+ / { if (open) bad = 1; next }
		{ bad = 1 }
		END { exit bad || open || marked < 4 }' "$work/lines.txt"
}
ok "one remedy a problem" lines
ascii() {
	LC_ALL=C grep -q '[^ -~]' "$work/lines.txt"
}
fails "ASCII in the C locale" 1 ascii

# ---- a terminal that does not answer ----
if command -v script > /dev/null &&
	script -qec true /dev/null > /dev/null 2>&1 < /dev/null; then
	mute() {
		script -qec "$RUNG doctor" /dev/null 2>&1 < /dev/null
	}
	says "not answered" "not measured" mute
	escape=$(printf '\033')
	mute > "$work/mute.txt"
	ok "colours" grep -q "$escape\[" "$work/mute.txt"
else
	skip "no script(1), or no terminal for it to pretend"
fi
finish
