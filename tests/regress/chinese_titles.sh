# In Chinese every lab and topology of rung's own has its Chinese title wherever
# a title is shown, and a machine's events are Chinese in figures and panes.
# Traces stay as they are.
. tests/fixtures/check.sh
RUNG_SHARE=$PWD
export RUNG_SHARE
po=assets/po/zh_CN.po

# ---- each title has its entry, and no sentence the catalogue misses ----
titles() {
	sed -n 's/^[[:space:]]*title = "\(.*\)",$/\1/p' labs/*/lab.lua
	sed -n 's/^[[:space:]]*graph \[label="\([^"]*\)".*/\1/p' \
		topologies/*.gv labs/*/*.gv
}
titles | sort -u > "$work/titles"
untitled() {
	while read -r title; do
		awk -v id="msgid \"$title\"" '
			found { if ($0 !~ /^msgstr ".*[^ -~]/) exit 1; good = 1
				exit }
			$0 == id { found = 1 }
			END { if (!good) exit 1 }' "$po" || echo "$title"
	done < "$work/titles"
}
files=$(ls labs/*/lab.lua topologies/*.gv | wc -l)
ok "titles are found" test "$files" -gt 50 -a \
	"$(wc -l < "$work/titles")" -gt 50
untitled > "$work/untitled"
ok "all titles are Chinese" test ! -s "$work/untitled"
[ ! -s "$work/untitled" ] || cat "$work/untitled"

# ---- wherever one is shown ----
english="Call through two proxies" chinese="经过两个代理服务器的呼叫"
t=$work/t.jsonl
ok "a run" "$RUNG" run --lang=zh -q -o "$t" two-proxies
zh() {
	"$RUNG" --lang=zh "$@" > "$work/shown" 2>&1
	cat "$work/shown"
	! grep -qF "$english" "$work/shown"
}
says "a trace keeps it as it is" "\"title\":\"$english\"" head -n 1 "$t"
says "run" "$chinese" zh run two-proxies
says "show" "$chinese" zh show -l "$t"
says "a topology" "仿真话机" zh run topologies/handset.gv --until=1ms
says "labs" "$chinese" zh labs
says "diff" "$chinese" zh diff "$t" "$t"
for format in txt md mmd puml svg html; do
	says "$format" "$chinese" zh export -f $format -o - "$t"
done
says "the network" "$chinese" zh export --what=topology -f gv -o - "$t"
says "json" "\"title\":\"$chinese\"" zh export -f json -o - "$t"
says "English" "$english" "$RUNG" --lang=en run two-proxies
says "a title of one's own" "Mein Anruf" \
	zh export --title="Mein Anruf" -f md -o - "$t"

# ---- events of machines ----
dot() { # MACHINE
	"$RUNG" --lang="$2" export --machine="$1" -f gv -o -
}
for event in 发出请求 "定时器 B" 传输错误 放弃; do
	says "ICT: $event" "$event" dot ICT zh
done
for machine in ICT NICT IST NIST dialog call registration subscription; do
	dot $machine zh > "$work/gv"
	# What stands beside a state's name and the protocol's own words.
	fails "$machine: no English event" 1 grep -E \
		'>(Timer [A-Z]|request|request sent|[^<]* (sent|received)|transport error|given up|timeout|not sent|elsewhere|next server)<' \
		"$work/gv"
done
says "in English" "transport error" dot ICT en
says "in the list of records" "calling (定时器 A)" \
	"$RUNG" --lang=zh show labs/lost-messages kind=fsm
# ---- words in the list of records, and in the state ----
while IFS=: read -r lab words; do
	says "$lab: $words" "$words" "$RUNG" --lang=zh show "$lab"
done << EOF
registration:注册：未注册 → 正在注册 (注册)
two-proxies:(出站代理服务器)
two-proxies:(域)
registration:存储 sip:bob@biloxi.example.com
digest-replay:质询 (biloxi.example.com)
digest-replay:重放 bob
EOF
for words in "用户代理" "代理服务器 · 注册服务器 · 位置服务器" "已注册 自"; do
	says "the state: $words" "$words" "$RUNG" --lang=zh show two-proxies --at=2s
done
says "a sentence" "由未注册状态进入正在注册状态" \
	"$RUNG" --lang=zh --width=200 show registration 3
# ---- sentences are in a Chinese order, with one word a thing ----
f=$work/forking.jsonl
"$RUNG" run -q -o "$f" forking
# said WORDS FILTER…: of the first record like that.
said() {
	said_words=$1
	shift
	said_at=$("$RUNG" show "$f" "$@" | awk 'NR == 1 { print $1 }')
	says "$said_words" "$said_words" \
		"$RUNG" --lang=zh --width=200 explain "$f" "$said_at"
}
said "中收到的 INVITE 转发给 mobile" kind=send method=INVITE src=px dst=mobile
said "来自 alice 的 INVITE 经 10 ms 到达 px" kind=recv method=INVITE node=px
said "px 查询 sip:bob@example.com 的位置" \
	kind=lookup node=px text='"targets"' from=1s
said "创建非 INVITE 客户端事务" kind=fsm node=alice text=NICT
said "创建 INVITE 客户端事务" kind=fsm node=alice text=ICT from=1s
said "的记录 " kind=route
said "是由什么引起的" kind=route
said "接听呼叫" kind=act node=desk from=2s
says "a timer" "启动刷新定时器" "$RUNG" --lang=zh show "$f" kind=timer
others() { # the catalogue's other words for the same things
	grep -nE '轨迹|捕获文件|凭证|手持电话|真实话机|窗格|^(msgstr )?".*Timer [A-Z]|位置服务($|[^器])' \
		"$1" | grep -v '^[0-9]*:msgid'
}
msgcat --no-wrap "$po" | grep '^msgstr' > "$work/said"
fails "one word a thing" 1 others "$work/said"

# ---- on the screen ----
. tests/fixtures/tui.sh
tui_start 100x40 "$RUNG" --lang=zh play two-proxies
tui_shows "play" "$chinese"
tui_press "Right Right Right Right Right 3" shows "events of machines" "发出请求"
tui_press q ends "play" 0
finish
