# The language: --lang, then what LANGUAGE, LC_ALL, LC_MESSAGES or LANG names,
# then the choice that was kept, which counts for every command, then English.
# A choice kept in the menu went before --lang and LANG, and counted in the menu
# alone; LANGUAGE counted nowhere.
. tests/fixtures/check.sh
unset LC_ALL LC_MESSAGES LANG LANGUAGE

chose() { # LANGUAGE
	mkdir -p "$XDG_STATE_HOME/rung"
	printf '{"language":"%s","toured":true,"asked":true}\n' "$1" \
		> "$XDG_STATE_HOME/rung/settings"
}

# speaks NAME WORDS COMMAND…: its first lines have WORDS.
speaks() {
	says "$@"
}

english="Usage" chinese="用法"
speaks "nothing said" "$english" "$RUNG" help run
chose zh_CN
for locale in "" C POSIX C.UTF-8 de_DE.UTF-8; do
	speaks "kept, LANG=$locale" "$chinese" env LANG="$locale" "$RUNG" help run
done
speaks "kept, in a mistake" "没有" "$RUNG" shwo
speaks "LANG before what is kept" "$english" \
	env LANG=en_US.UTF-8 "$RUNG" help run
speaks "LC_ALL before LANG" "$english" \
	env LC_ALL=en_GB.UTF-8 LANG=zh_CN.UTF-8 "$RUNG" help run
speaks "LC_MESSAGES, too" "$english" \
	env LC_MESSAGES=en_GB.UTF-8 LANG=zh_CN.UTF-8 "$RUNG" help run
speaks "LANGUAGE before LANG" "$english" \
	env LANGUAGE=de:en LANG=zh_CN.UTF-8 "$RUNG" help run
speaks "LANGUAGE, and the C locale" "$chinese" \
	env LANGUAGE=en LANG=C.UTF-8 "$RUNG" help run
speaks "--lang before LANGUAGE" "$chinese" \
	env LANGUAGE=en LANG=en_US.UTF-8 "$RUNG" help run --lang=zh
speaks "--lang before what is kept" "$english" "$RUNG" --lang=en help run
speaks "--lang before LANG" "$english" \
	env LANG=zh_CN.UTF-8 "$RUNG" help run --lang=en
chose en
speaks "English kept, LANG is Chinese" "$chinese" \
	env LANG=zh_CN.UTF-8 "$RUNG" help run
speaks "English kept" "$english" "$RUNG" help run
for odd in tlhingan ../../etc zh_CN_zh_CN_zh_CN_zh_CN; do
	chose "$odd"
	speaks "no such language: $odd" "$english" "$RUNG" help run
done
echo garbage > "$XDG_STATE_HOME/rung/settings"
speaks "no such file" "$english" "$RUNG" help run

# ---- in the menu and on the screen ----
. tests/fixtures/tui.sh
RUNG_SHARE=$PWD
export RUNG_SHARE
kept() {
	grep -qF "\"language\":\"$1\"" "$XDG_STATE_HOME/rung/settings"
}

chose en
tui_start 100x30 "$RUNG" --lang=zh
tui_shows "--lang counts in the menu" "入门"
tui_press q ends "leaves" 0

TUI_LOCALE=zh_CN.UTF-8
rm "$XDG_STATE_HOME/rung/settings"
tui_start 100x30 "$RUNG"
tui_shows "LANG says it: nobody is asked" "入门"
tui_press q ends "leaves" 0
TUI_LOCALE=C.UTF-8

chose zh_CN
tui_start 100x30 "$RUNG"
tui_shows "what is kept" "入门"
tui_press F4 shows "F4 changes it" "First steps"
ok "and keeps it" kept en
tui_press q ends "leaves" 0
speaks "for every command" "$english" "$RUNG" help run

tui_start 118x35 "$RUNG" play two-proxies
tui_shows "a screen" "Machines"
tui_press "Right 1 W" shows "W changes it there" "状态机"
ok "and keeps it" kept zh_CN
tui_hides "all of it" "Machines"
tui_enter ":language xx" shows "another is refused" "en"
tui_press "Escape q" ends "leaves" 0
speaks "for every command" "$chinese" "$RUNG" help run
tui_start 118x35 "$RUNG" play
tui_shows "and when one resumes" "状态机"
tui_enter ":language en" shows "by its name" "Machines"
ok "kept" kept en
tui_press q ends "leaves" 0

# ---- while something lies over the ladder, or a question is asked ----
chose en
tui_start 118x35 "$RUNG" play direct-call
tui_shows "a screen" "Machines"
tui_press "?" shows "the keys" "In the ladder"
tui_press F4 shows "F4 leaves them" "状态机"
tui_hides "all of them" "In the ladder"
tui_press Q shows "a question" "接下来谁向谁发送什么？"
tui_press F4 shows "F4 there" "Who sends what to whom next?"
tui_press 3 shows "its answer" "Right."
tui_press Enter shows "a question about a message" "Which part of offer and answer"
tui_press F4 shows "its words" "这个 INVITE 携带提议还是应答？"
tui_shows "and those of its answers" "已经是应答，但可能丢失"
tui_press 2 shows "which are the same" "正确。"
tui_press F4 shows "also when it was answered" "Right."
tui_press Escape shows "the score" "Asked 2, right 2"
tui_press Escape hides "is left" "Asked 2"
tui_press q ends "leaves" 0

TUI_LOCALE=zh_CN.UTF-8
tui_start 118x35 "$RUNG" play two-proxies
tui_shows "LANG goes before" "状态机"
tui_press W shows "and that is said" "LC_ALL=zh_CN.UTF-8"
tui_press q ends "leaves" 0

# ---- Chinese in a locale that has ASCII alone ----
TUI_LOCALE=C
rm "$XDG_STATE_HOME/rung/settings"
for words in --lang=zh "--lang=zh --ascii"; do
	tui_start 118x35 "$RUNG" play two-proxies $words
	tui_shows "C locale, $words" "状态机"
	tui_press q ends "leaves" 0
done
tui_start 118x35 "$RUNG" play two-proxies
tui_shows "English" "Machines"
tui_press W shows "and changed to Chinese" "状态机"
tui_press q ends "leaves" 0
finish
