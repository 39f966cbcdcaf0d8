#!/bin/sh
# A search in a folder holds all that its runs read, says when that is another, and
# believes no line that somebody has written into it.
. tests/fixtures/check.sh

rung=$(readlink -f "$RUNG")
lab=$work/lab
kept=$work/kept/ # where -f is given, a folder ends in a slash
cp -R labs/agent-redirect "$lab"
own() { "$rung" search "$lab" --only=drop,crash "$@" -f json; }

# A program and a topology that lie in the lab's own folder.
own > "$work/whole.json"
own -o "$kept" --limit=runs=5 > "$work/some.json"
mkdir "$work/away"
mv "$lab/agent.lua" "$lab/agent-redirect.gv" "$work/away"
ok "elsewhere, without those files" sh -c "cd / &&
	'$rung' search -o '$kept' -f json > '$work/all.json'; cmp '$work/whole.json' '$work/all.json'"
mv "$work/away"/* "$lab"
"$rung" search "$lab" --only=drop,crash -o "$work/parts/" --plan > "$work/plan"
ok "as parts" sh -c "cd / && '$rung' search -o '$work/parts/' --part=2/2 > '$work/two.txt' &&
	'$rung' search -o '$work/parts/' --part=1/2 > '$work/one.txt';
	'$rung' search -o '$work/parts/' --part=all -f json > '$work/merged.json'; cmp '$work/whole.json' '$work/merged.json'"

# Whatever of it is another.
another() { # WHAT FILE
	cp "$lab/$2" "$work/was"
	echo "$3" >> "$lab/$2"
	says "another $1" "contains another search" own -o "$kept"
	cp "$work/was" "$lab/$2"
}
another program agent.lua "-- changed"
another topology agent-redirect.gv "// changed"
another goal check.lua 'goal(function(t) return true end, "more")'
own -o "$kept" > "$work/again.json"
ok "as it was" cmp "$work/whole.json" "$work/again.json"

# Lines of somebody's own.
last=$(tail -n 1 "${kept}results.jsonl")
for lie in 's/"hole":"[a-z0-9-]*"/"hole":100000/' 's/"hole":"[a-z0-9-]*"/"hole":"nothing"/' \
	's/"is":{/"is":{"goal":77000000,/' 's/"is":{/"is":{"goal":-1,/' \
	's/"node":[0-9]*/"node":4294967294/' 's/"outcome":"[a-z ]*"/"outcome":"broken"/' \
	's/"record":[0-9]*/"record":99999999999/' 's/"outcome":"[a-z ]*"/"outcome":"failed"/'; do
	echo "$last" | sed "$lie" >> "${kept}results.jsonl"
	"$rung" search -o "$kept" > "$work/told" 2>&1
	status=$?
	[ $status -le 1 ] && good || bad "a line with $lie" "status $status"
	"$rung" search -o "$kept" -f html > "$work/told" 2>&1
	status=$?
	[ $status -le 1 ] && good || bad "a page with $lie" "status $status"
done
finish
