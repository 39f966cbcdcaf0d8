# A role is said in words, in the reader's language, in the table of a report and
# in the list of what can be acted on.  There it stood as topologies write it,
# "ua".
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
RUNG_SHARE=$PWD
export RUNG_SHARE

in_report() { # LANGUAGE LAB ROW
	rm -rf "$work/mine"
	"$RUNG" --lang="$1" copy "$2" "$work/mine" --student=1 > /dev/null
	"$RUNG" --lang="$1" report "$work/mine" -o "$work/report.md"
	says "$2, $1: $3" "$3" cat "$work/report.md"
	fails "$2, $1: no role as topologies write it" 1 \
		grep -E '^\| [a-z]+ \| (ua|proxy registrar)' "$work/report.md"
}

in_report en direct-call '| alice | user agent | 192.0.2.1 |'
in_report zh direct-call '| alice | 用户代理 | 192.0.2.1 |'
in_report zh two-proxies '代理服务器 · 注册服务器 · 位置服务器'

on_screen() { # LANGUAGE ROLE
	tui_start 100x30 "$RUNG" --lang="$1" play direct-call
	tui_press a shows "$1: what can be acted on" "$2"
	tui_press "Escape q" ends "$1" 0
}

on_screen en "user agent"
on_screen zh 用户代理
finish
