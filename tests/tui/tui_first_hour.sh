# The student's first hour, docs/FIRST-HOUR.md and its Chinese twin, as it is
# typed: the keys of each row of its tables are pressed, one row after the
# other, and what the row says is seen.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
RUNG_SHARE=$PWD
export RUNG_SHARE

# "LINE TAB keys or seen TAB word" for each word in ticks, "LINE TAB start TAB
# command" where a screen begins, "LINE TAB end" where it ends.
words_of() { # DOCUMENT
	awk '
	/^<!-- screen: end -->/ { print NR "\tend\t"; on = 0; next }
	/^<!-- screen: / {
		sub(/^<!-- screen: /, "")
		sub(/ -->$/, "")
		print NR "\tstart\t" $0
		on = 1
		next
	}
	on && /^\| `/ {
		n = split($0, cells, / \| /)
		for (i = 1; i <= 2; i++) {
			m = split(cells[i], parts, "`")
			for (k = 2; k <= m; k += 2)
				print NR "\t" (i == 1 ? "keys" : "seen") "\t" parts[k]
		}
	}' "$1"
}

press() { # KEY
	case $1 in
	→) tui_keys Right ;;
	←) tui_keys Left ;;
	↑) tui_keys Up ;;
	↓) tui_keys Down ;;
	Esc) tui_keys Escape ;;
	⌫) tui_keys BSpace ;;
	:*) tui_type "$1" ;;
	*) tui_keys "$1" ;;
	esac
}

follow() { # DOCUMENT LANGUAGE
	screens=0
	rm -rf "$XDG_STATE_HOME"
	words_of "$1" > "$work/words"
	while IFS='	' read -r line what word <&3; do
		case $what in
		start)
			rm -f "$XDG_STATE_HOME"/rung/*.json
			screens=$((screens + 1))
			# shellcheck disable=SC2086 # its words
			tui_start 118x35 "$RUNG" ${word#rung } "--lang=$2"
			tui_shows "$1:$line: begins" " Q "
			;;
		keys) press "$word" ;;
		seen) tui_shows "$1:$line: $word" "$word" ;;
		end)
			tui_press F10 ends "$1:$line: leaves" 0
			;;
		esac
	done 3< "$work/words"
	ok "$1 has its screens" test "$screens" = 5
}

TUI_ASKED=yes
follow docs/FIRST-HOUR.md en
[ ! -e docs/zh/FIRST-HOUR.md ] || follow docs/zh/FIRST-HOUR.md zh
finish
