# In Chinese no title and no note of rung's own labs and topologies stays
# English, in whatever form it is shown.  What phones and servers note with
# names and numbers in it ("message from …", "1 new voice message"), labels of
# nodes, and titles on later pages did.
. tests/fixtures/check.sh
RUNG_SHARE=$PWD
export RUNG_SHARE

# The title, and the notes but for header fields and what a phone's screen
# shows; as the trace has them.
english_of() { # TRACE
	sed -n '1s/.*"title":"\([^"]*\)".*/\1/p' "$1"
	sed -n '/"kind":"note"/s/.*"text":"\([^"\\]*\)".*/\1/p' "$1" |
		grep -vE '^[+-] |^▂| / |^$'
}

# What COMMAND shows, behind what all before it has shown.
zh() { # COMMAND…
	"$RUNG" --lang=zh "$@" >> "$work/all" 2> "$work/errors" || cat "$work/errors"
}

# No line of $work/english stands in $work/all; XML has its own quotes.
is_all_clean() { # NAME
	if sed -e "s/&#39;/'/g" -e "s/&apos;/'/g" -e 's/&quot;/"/g' \
		-e 's/&amp;/\&/g' "$work/all" |
		grep -F -f "$work/english" > "$work/.output"; then
		bad "$1" "English is left"
	else
		good
	fi
	: > "$work/all"
}

# A lab's title and notes come to all formats from the same words, so each is
# shown as text and as a figure, and in one of the other formats, in turn.
others="md html mmd json puml html gv"

check() { # LAB
	other=${others%% *}
	others="${others#* } $other"
	find_trace "$1" protocol
	english_of "$trace" | sort -u > "$work/english"
	[ -s "$work/english" ] || bad "$1" "no title"
	zh show "$trace"
	zh show -l "$trace"
	for format in txt svg "$other"; do
		[ $format != html ] || continue
		zh export -f $format -o - "$trace"
	done
	zh export --what=topology -f gv -o - "$trace"
	if [ "$other" = html ]; then
		zh export -f html -o "$work/page.html" "$trace"
		cat "$work/page.html" >> "$work/all"
		grep -q '<title>[^<]*[^ -~][^<]*</title>' "$work/page.html" ||
			bad "$1" "no Chinese title in the page: $(
				head -n 1 "$work/english")"
		zh export -f svg --size=a5 --page=2 --messages -o - "$trace"
		zh export --what=topology -f svg -o - "$trace"
	fi
	is_all_clean "$1"
}

for lab in $(labs_some); do
	check "$lab"
done

# What runs say first and last.
trace_of labs/lying-location protocol "$work/t.jsonl"
english_of "$work/t.jsonl" > "$work/english"
zh run labs/lying-location
zh diff "$work/t.jsonl" labs/two-proxies
zh diff -f json "$work/t.jsonl" labs/two-proxies
zh labs
is_all_clean "run, diff and labs"

# ---- labels of nodes ----
while IFS=: read -r lab label; do
	says "$lab: $label" "$label" "$RUNG" --lang=zh show -l "$lab"
	says "$lab: $label, in its network" "$label" \
		"$RUNG" --lang=zh export --what=topology -f gv -o - "$lab"
done << EOF
voice-mail:语音信箱
rfc3665-3.6:重定向服务器
forking:Bob 的手机
handset-call:代理服务器
EOF
says "English labels" "Voice mail" "$RUNG" --lang=en show -l voice-mail

# ---- traces say the same in every language ----
for lab in pick-up voice-mail keep-alive instant-message registration-events; do
	"$RUNG" --lang=en run -q "$lab" -o "$work/en.jsonl"
	"$RUNG" --lang=zh run -q "$lab" -o "$work/zh.jsonl"
	same "$lab" "$work/en.jsonl" "$work/zh.jsonl"
done

# ---- machines' states and timers ----
for machine in registration publication; do
	zh export --machine=$machine -f gv -o -
	fails "$machine: no English state" 1 grep -oE \
		'>(un)?(register|publish)(ed|ing)<|>(refresh|republish)  ' \
		"$work/all"
done
says "a call's timers" "接听定时器" \
	"$RUNG" --lang=zh export --machine=call -f gv -o -
finish
