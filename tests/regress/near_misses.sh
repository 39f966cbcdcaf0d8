#!/bin/sh
# A name that was misspelt was refused without the one that was meant in half of
# the places that know all names: labs in seven commands, formats, faults, nodes,
# objects of acts, links, events, panes and requests of the service, commands
# behind help.
. tests/fixtures/check.sh
find_trace labs/two-proxies protocol

# NAME MEANT COMMAND…
meant() {
	meant_name=$1 meant_word=$2
	shift 2
	says "$meant_name" "did you mean “$meant_word”?" "$RUNG" "$@"
}

# LINES… of a lab's script; MEANT
script() {
	script_word=$1
	shift
	{
		echo 'lab { topology = "two-proxies.gv" }'
		printf '%s\n' "$@"
	} > "$work/lab.lua"
	meant "$1" "$script_word" run -q "$work/lab.lua"
}

for command in check hand-in report worksheet serve; do
	meant "a lab of $command" two-proxies $command two-proxis
done
meant "a lab of copy" two-proxies copy two-proxis "$work/copy"
meant "a lab's own command" direct-call class new --labs=direct-cal -o "$work/set"
meant "a command" run help rn
for word in version -v; do
	says "rung $word" "built with" "$RUNG" $word
done
meant "a format of export" svg export "$trace" -f svgg
meant "a format of a machine" svg export --machine=invite-client -f svgg
meant "a format of labs" json labs -f jsno
meant "a format of inspect" json inspect "$trace" -f jsno
meant "a format of diff" json diff "$trace" "$trace" -f jsno
meant "a format of search" json search two-proxies -o "$work/found" -f jsno
meant "a theme" light show --theme=ligth "$trace"
meant "a fault" drop search two-proxies --only=drpo
meant "the node of a search" alice search two-proxies --of=alise
meant "a method" INVITE search two-proxies --method=INVTE
meant "an act's node" alice run two-proxies -q --act 5:alise.crash
meant "an act's verb" crash run two-proxies -q --act 5:alice.crsah
meant "a plan" first-call worksheet frst-call
meant "a lab beside plans" two-proxies worksheet two-proxis
meant "a paper" a4 export "$trace" -f pdf --paper=a44 -o "$work/x.pdf"
meant "a figure" ladder export "$trace" --what=laddr
meant "a bracket" dialog export "$trace" --mark=dialgo
meant "a form of the help" bash help --format=bsh
meant "a language" zh --lang=zhh help
meant "a detail" protocol show "$trace" --detail=protocl
meant "when colours are" never show "$trace" --color=nevre
meant "a link's end" alice run two-proxies -q --set alise--p1.delay=3ms
echo 'lab { topology = "two-proxis.gv" }' > "$work/lab.lua"
meant "a topology" two-proxies.gv run -q "$work/lab.lua"
# A task of a lab of one's own; what is meant in it.
task() {
	mkdir -p "$work/own"
	cp labs/direct-call/lab.lua "$work/own"
	printf 'lesson { minutes = 5, level = 1 }\ntask { %s }\n' \
		"$1" > "$work/own/check.lua"
	meant "$1" "$2" check "$work/own"
}
task 'rule = "invite-akc", number = 3' invite-ack
script down 'at(1, function() link("lan1", "lan2"):dwn() end)'
script delay 'at(1, function() link("lan1", "lan2"):set { dely = "5ms" } end)'
script invite 'alice = node "alice"' 'alice:on("invit", function(c) end)'
printf '%s\n' '{"id":1,"ask":"opne"}' | "$RUNG" serve --stdio > "$work/answer" 2>&1
says "a request" "did you mean “open”?" cat "$work/answer"
LC_ALL=C.UTF-8 says "in Chinese, too" "“run”" "$RUNG" --lang=zh help rn
finish
