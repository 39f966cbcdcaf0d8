#!/bin/sh
# The service dropped a misspelt member, a second request of a line and a time
# that was past, or said that there is no such thing and not which there are.
. tests/fixtures/check.sh

ask() { # WHAT IS ANSWERED TO THE LAST, REQUEST…
	ask_said=$1
	shift
	printf '%s\n' "$@" | timeout "$patience" "$RUNG" serve --stdio |
		tail -n 1 > "$work/.output"
	if grep -qF -- "$ask_said" "$work/.output"; then
		good
	else
		bad "$*" "should answer: $ask_said"
	fi
}
texts='"texts":[{"path":"d.gv","text":"graph { a [role=ua] b [role=ua] a -- b }"}]'
open="{\"id\":1,\"ask\":\"open\",$texts}"
run='{"id":2,"ask":"advance"}'

ask 'open takes no “setings”; did you mean “settings”?' \
	"{\"id\":1,\"ask\":\"open\",\"setings\":[\"b.busy=true\"],$texts}"
ask 'open takes no “sead”; did you mean “seed”?' \
	"{\"id\":1,\"ask\":\"open\",\"sead\":3,$texts}"
ask 'explain takes no “recrod”; did you mean “record”?' "$open" "$run" \
	'{"id":3,"ask":"explain","recrod":5}'
ask 'close takes no “foo”, only: id' "$open" '{"id":2,"ask":"close","foo":1}'
ask 'records takes no “from_seq”, only: id branch since' "$open" \
	'{"id":2,"ask":"records","from_seq":5}'
ask 'ask is a string, the name of the request' '{"id":1,"ask":5}'
ask "column 2: texts and names stand in \\\", not in '" "{'id':1}"
ask 'column 2: texts and names stand in \"' '{id:1}'
ask 'column 23: the comma before it is one too many' '{"id":1,"ask":"panes",}'
ask 'column 27: true, false and null are written small' \
	'{"id":1,"ask":"panes","x":True}'
ask 'column 8: its end is missing' '{"id":1'
ask 'd.gv is run, as the first of texts; e.gv does nothing' \
	"{\"id\":1,\"ask\":\"open\",${texts%]},{\"path\":\"e.gv\",\"text\":\"graph { a [role=ua] }\"}]}"
ask 'open takes no “mine”, only: id texts lab' \
	"{\"id\":1,\"ask\":\"open\",\"mine\":\"x\",$texts}"
ask 'a line has one request' '{"id":1,"ask":"panes"}{"id":2,"ask":"panes"}'
ask 'a line has one request' "$open$run"
ask 'nothing is open' '{"id":1,"ask":"panes"}  '

ask 'there is no pane “ladder”; there are message, ' "$open" "$run" \
	'{"id":3,"ask":"pane","pane":"ladder","record":5}'
for request in '"ask":"records"' '"ask":"explain","record":1' \
	'"ask":"rename","name":"x"' '"ask":"delete"' \
	'"ask":"act","record":9,"on":"a","verb":"crash"'; do
	ask 'there is no branch 7; they are numbered 0 to 0' "$open" "$run" \
		"{\"id\":3,$request,\"branch\":7}"
done
ask 'there is no record 99999; they are numbered 1 to 80' "$open" "$run" \
	'{"id":3,"ask":"explain","record":99999}'
ask 'there is no record 99999; they are numbered 1 to 80' "$open" "$run" \
	'{"id":3,"ask":"act","record":99999,"on":"a","verb":"crash"}'
ask 'there is no record 9: nothing has run yet' "$open" \
	'{"id":3,"ask":"explain","record":9}'

# ---- acts and their times ----
act='"ask":"act","record":9,"on":"a","verb":"crash"'
ask 't is 2 ns, but record 9 comes later, at ' "$open" "$run" \
	"{\"id\":3,$act,\"t\":2}"
ask '"is":{}' "$open" "$run" "{\"id\":3,$act,\"t\":9000000000}"
ask '"is":{}' "$open" "$run" "{\"id\":3,$act}"

says "an act before its record" 'the record is at 1.030 s, after its time' \
	"$RUNG" run -q labs/two-proxies --act INVITE@atl@0.5s:bil.crash
says "a delay of two words" '“2 seconds” is no time: seconds are written 5s' \
	"$RUNG" run -q labs/two-proxies --act "INVITE@atl:message.delay:by=2 seconds"
finish
