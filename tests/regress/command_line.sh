# What a command line can say: options that do nothing are refused, mistakes get
# a sentence that helps, what is not whole is said to be, and a FILE alone plays.
. tests/fixtures/check.sh

# ends NAME STATUS SENTENCE COMMAND…: that status, and the sentence on standard
# error, alone there.
ends() {
	ends_what=$1
	ends_status=$2
	ends_text=$3
	shift 3
	"$@" > "$work/.stdout" 2> "$work/.output" < /dev/null
	set -- $?
	if [ "$1" != "$ends_status" ]; then
		bad "$ends_what" "status $1 instead of $ends_status"
	elif ! grep -qF -- "$ends_text" "$work/.output"; then
		bad "$ends_what" "does not say: $ends_text"
	elif [ "$(wc -l < "$work/.output")" != 1 ]; then
		bad "$ends_what" "more than one line"
	else
		good
	fi
}

"$RUNG" run -q two-proxies -o "$work/t.jsonl"
"$RUNG" export two-proxies -o "$work/t.pcapng"
head -c 60000 "$work/t.jsonl" > "$work/cut.jsonl"

# ---- two phones of a domain without a server ----
cat > "$work/two.gv" << 'EOF'
graph two {
	domain="example.com"
	alice [role=ua]
	bob [role=ua]
	alice -- bob
}
EOF
ends "a domain without a server" 0 \
	"alice can't reach sip:bob@example.com: the domain example.com has no server" \
	"$RUNG" run "$work/two.gv"
sed '/domain=/d' "$work/two.gv" > "$work/direct.gv"
says "as the sentence advises" "180 Ringing" "$RUNG" run "$work/direct.gv"
sed 's/bob \[role=ua\]/& p [role="proxy registrar location"]/; s/-- bob/-- p -- bob/' \
	"$work/two.gv" > "$work/three.gv"
says "or so" "180 Ringing" "$RUNG" run "$work/three.gv"

# ---- a ladder that is too long ----
cat > "$work/many.gv" << 'EOF'
graph many {
	alice [role=ua]
	bob [role=ua, answer="5ms"]
	alice -- bob [delay="1ms"]
}
EOF
cat > "$work/many.lua" << 'EOF'
lab { topology = "many.gv", title = "Many" }
script(function()
	for _ = 1, 3600 do
		local call = node("alice"):invite "bob"
		wait(call, "confirmed", "1s")
		call:bye()
		sleep "50ms"
	end
end)
EOF
ok "a long run is a run" sh -c '"$1" run "$2" -o "$3" > "$4"' - \
	"$RUNG" "$work/many.lua" "$work/many.jsonl" "$work/many.txt"
says "it is whole" '"kind":"end"' tail -n 1 "$work/many.jsonl"
says "its ladder says where it is cut" "Cut after " tail -n 2 "$work/many.txt"
from=$(sed -n 's/.*Cut after .*\(--from=[0-9.]*s\).*/\1/p' "$work/many.txt")
says "and how it goes on" "BYE" "$RUNG" show -l "$work/many.jsonl" "$from"
fails "a short one is not cut" 1 sh -c \
	'"$1" run two-proxies | grep -q "Cut after"' - "$RUNG"

# ---- options that do nothing ----
while read -r option words; do
	ends "$words" 2 "$option does nothing" "$RUNG" $words
done << EOF
--fold run -q two-proxies --fold
--width run -q two-proxies --width=60
--fold show two-proxies --fold
--messages show -l -m two-proxies
--from show two-proxies --calls --from=1s
--node show two-proxies 5 --node=bob
--from show two-proxies --at=2s --from=1s
--call show two-proxies --at=2s --call=x
--detail show $work/t.jsonl --detail=network
--seed explain $work/t.jsonl 5 --seed=3
--alias show two-proxies --alias 192.0.2.1=x
--alias run two-proxies --alias 192.0.2.1=x
--aliases export $work/t.jsonl --aliases=$work/two.gv
--clock-offset explain two-proxies 5 --clock-offset=0
--set show $work/t.pcapng --set bob.busy=true
--width export -f svg two-proxies --width=60
--ascii export -f svg two-proxies --ascii
--color export two-proxies --color=always
--brief diff -f svg two-proxies busy --brief
--title diff two-proxies busy --title=x
--times diff -f json two-proxies busy --times
--width diff -f json two-proxies busy --width=60
--alias diff two-proxies busy --alias 192.0.2.1=x
--alias play two-proxies --alias 192.0.2.1=x
--width play two-proxies --width=60
--width import $work/t.pcapng --width=60
--color import $work/t.pcapng --color=always
--color labs --color=always
--color help --color=always
EOF
ends "what is for ladders only" 2 \
	"--size does nothing in the figure topology; it is for ladders, as: svg" \
	"$RUNG" export two-proxies --what=topology -f png --size=120mm
ends "or for machines, too" 2 "it is for machines, and for ladders as: txt md" \
	"$RUNG" export two-proxies --what=topology --node=bob
# ---- widths ----
for words in "run --help --width=40" "run -h --fold --width 40" \
	"--width=40 run --help" "help run --width=40" "show --calls two-proxies"; do
	COLUMNS=40 LC_ALL=C.UTF-8 "$RUNG" $words > "$work/narrow.txt"
	# A character of several bytes fills one cell; an example is not broken.
	ok "40 cells: $words" env LC_ALL=C awk 'BEGIN { n = 0 }
		{ gsub(/[\300-\367][\200-\277]+/, ".") }
		!/^  rung / && length($0) > n { n = length($0) }
		END { exit !(n > 0 && n <= 40) }' \
		"$work/narrow.txt"
done
ends "pages of two commands" 2 "help takes one COMMAND" "$RUNG" help run show
: > "$work/nowhere"
ends "what the system says, in Chinese" 2 "无法写入：不是目录" \
	"$RUNG" --lang=zh run -q two-proxies -o "$work/nowhere/x"
ends "a wrong width of a page" 2 "--width" "$RUNG" run --help --width=x
while IFS=: read -r words text; do
	ends "in words: $words" 2 "$text" "$RUNG" $words
done << EOF
run -q two-proxies --fold:--fold does nothing where no ladder is printed; it is for ladders
show two-proxies --fold:--fold does nothing in a table of records; it is for ladders
show two-proxies 5 --from=1s:nothing beside a single record; it is for ladders and tables of records
show two-proxies --calls --node=bob:in a list of calls; it is for ladders, tables of records and the state at a time
show two-proxies --calls --at=2s:--calls and --at each show something else: take one of them
show two-proxies --calls -l:--ladder and --calls each show something else: take one of them
export two-proxies --what=topology --machine=ICT:in the figure topology; it is for the figure machines
labs --seed=3:labs has no option --seed; these have it: play, run, live, search, show, explain
EOF
ends "words beside --at" 2 "“method=BYE” does nothing" \
	"$RUNG" show two-proxies --at=2s method=BYE
fails "words choose of a ladder, too" 1 sh -c \
	'"$1" show -l two-proxies method=BYE | grep -q INVITE' - "$RUNG"
says "--at of several nodes" "alice" \
	"$RUNG" show two-proxies --at=2s --node=bob --node=alice
ok "what is so anyway is no mistake" "$RUNG" export two-proxies --color=never
ok "a call of a capture, of all that is shown" "$RUNG" show "$work/t.pcapng" 2 \
	--call="$("$RUNG" show "$work/t.jsonl" --calls | awk '/INVITE/ { print $NF; exit }')"

# ---- values ----
ends "a flag with a value" 2 "option --fold takes no value" \
	"$RUNG" run two-proxies --fold=7
ends "so of a common one" 2 "option --ascii takes no value" \
	"$RUNG" run two-proxies --ascii=yes
ends "a seed too large" 2 "from 0 to 9223372036854775807" \
	"$RUNG" run two-proxies --seed=99999999999999999999
head -c 200000 /dev/zero | tr '\0' a > "$work/long"
ends "a message too long" 2 "longer than 131072 bytes" "$RUNG" parse "$work/long"
nodes=$(awk 'BEGIN { for (i = 0; i < 30; i++) printf "node%0100d,", i }')
ends "names too many" 2 "at most 2048 bytes" \
	"$RUNG" export two-proxies --nodes="$nodes"
ends "a misspelt method" 1 "there is no “INVIT”; did you mean “INVITE”?" \
	"$RUNG" show two-proxies method=INVIT
ends "also among others" 1 "did you mean “BYE”?" \
	"$RUNG" show two-proxies method=PUBLISH,BIE kind=send
ends "nothing like that" 1 "no record is like “method=PUBLISH”" \
	"$RUNG" show two-proxies method=PUBLISH

# ---- what is not whole ----
for command in "show $work/cut.jsonl" "explain $work/cut.jsonl 9" \
	"export $work/cut.jsonl"; do
	ends "$command: cut off" 0 "cut.jsonl: is incomplete: it breaks off at" \
		"$RUNG" $command
done
ends "a state behind the end" 0 "the trace ends at" \
	"$RUNG" show two-proxies --at=9999s
ends "not of a state before it" 0 "" sh -c '"$1" show two-proxies --at=2s; echo >&2' \
	- "$RUNG"

# ---- what can be shown ----
for words in "show two-proxies node=bbo" "show two-proxies method=INVIT" \
	"diff two-proxies busy --map alice=x --map alice=y"; do
	LC_ALL=C "$RUNG" $words > /dev/null 2> "$work/c"
	"$RUNG" $words --ascii > /dev/null 2> "$work/ascii"
	fails "C locale: $words" 1 sh -c 'tr -d "\n -~" < "$1" | grep -q .' - "$work/c"
	fails "--ascii: $words" 1 sh -c 'tr -d "\n -~" < "$1" | grep -q .' - \
		"$work/ascii"
	says "with quotes: $words" '"' cat "$work/c"
done
# Chinese has no ASCII: its words stay, what is drawn obeys.
says "Chinese keeps its words" "没有" \
	"$RUNG" --lang=zh --ascii show two-proxies method=INVIT
for words in "show two-proxies 55" "show -l two-proxies" "explain two-proxies 55" \
	"labs" "help run" "diff two-proxies busy"; do
	says "C locale, Chinese: $words" "的" env LC_ALL=C "$RUNG" $words --lang=zh
	says "in ASCII: $words" "的" "$RUNG" $words --lang=zh --ascii
	fails "without arrows: $words" 1 grep -q '→\|│\|✓\|??' "$work/.output"
	says "a locale of another charset: $words" "的" \
		env LC_ALL= LC_CTYPE=C LANG=zh_CN "$RUNG" $words
done
ok "COLUMNS" sh -c '[ "$(COLUMNS=50 "$1" explain two-proxies 55 |
	awk "length > 50" | wc -l)" = 0 ]' - "$RUNG"
for words in help "help run" "run --help" "help show --lang=zh" labs doctor \
	"show two-proxies --at=2s"; do
	ok "COLUMNS: $words" sh -c '[ "$(COLUMNS=60 "$@" | wc -L)" -le 60 ]' \
		- "$RUNG" $words
	ok "so --width" sh -c '[ "$(COLUMNS=100 "$@" --width=60 | wc -L)" -le 60 ]' \
		- "$RUNG" $(echo "$words" | sed 's/^run --help/help run/')
done
ok "texts of options stand in one column" sh -c '"$1" help run | awk "
	/^\$/ || !seen { seen = seen || /^Options:/; if (/^\$/ && n) exit; next }
	{ n++; bad += \$0 !~ /^ +--[^ ]+\$/ && substr(\$0, 29) !~ /^  [^ ]/ }
	END { exit bad || n < 10 }"' - "$RUNG"
ok "--width goes before it" sh -c '[ "$(COLUMNS=50 "$1" explain two-proxies 55 \
	--width=120 | awk "length > 80" | wc -l)" -gt 0 ]' - "$RUNG"
ok "what is no width is none" sh -c '[ "$(COLUMNS=x "$1" explain two-proxies 55)" = \
	"$("$1" explain two-proxies 55)" ]' - "$RUNG"

# ---- words of the command line ----
ends "a lab is played" 2 "standard output is no terminal" "$RUNG" two-proxies
ends "a topology is played" 2 "standard output is no terminal" "$RUNG" star.gv
ends "a file is played" 2 "standard output is no terminal" "$RUNG" "$work/t.jsonl"
ends "with options" 2 "standard output is no terminal" \
	"$RUNG" --ascii --seed=4 two-proxies
ends "not those of another command" 2 \
	"rung without a command has no option --ladder; these have it: search, show" \
	"$RUNG" --ladder two-proxies
ends "even where nothing is named" 2 "these have it: search, show, resume" "$RUNG" -l
ends "or of none" 2 "rung without a command has no option --lader" \
	"$RUNG" --lader two-proxies
ends "but before their own" 2 "option --fold takes no value" \
	"$RUNG" --fold=7 run two-proxies
ok "where they do what they do behind it" sh -c \
	'[ "$("$1" --fold run direct-call)" = "$("$1" run direct-call --fold)" ]' \
	- "$RUNG"
ends "a lab, misspelt" 2 'did you mean “two-proxies”?' "$RUNG" two-proxis
ends "a command, misspelt" 2 'did you mean “show”?' "$RUNG" shwo
says "-V" "rung " "$RUNG" -V
says "-h" "Usage: rung COMMAND" "$RUNG" -h
says "-h of a command" "Usage: rung show" "$RUNG" show -h
says "options before the command" "INVITE" "$RUNG" --ascii --width 100 run two-proxies
says "labs" "two-proxies  " "$RUNG" labs
says "their titles" "呼叫" "$RUNG" labs --lang=zh
for lab in labs/*/lab.lua; do
	lab=${lab%/lab.lua}
	says "labs: ${lab#labs/}" "  ${lab#labs/}  " "$RUNG" labs
done
for command in $("$RUNG" help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
	says "examples: $command" "  rung $command" sh -c \
		'"$1" help "$2" | sed "1,/^Examples:/d"' - "$RUNG" "$command"
done
# ---- words behind a ladder ----
fails "a record's number does nothing in a ladder" 2 \
	"$RUNG" show -l direct-call 5
fails "a ladder without any message that was asked for" 1 \
	"$RUNG" show -l direct-call method=INVIT
says "says what was meant" "INVITE" "$RUNG" show -l direct-call method=INVIT
fails "one with some" 0 "$RUNG" show -l direct-call method=INVITE
finish
