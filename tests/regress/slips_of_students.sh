#!/bin/sh
# Mistakes that students make were answered by what Lua or the reader of graphs
# could not read, a line or two behind it, or by an advice that led astray; some
# were taken silently for what nobody means.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL
cp topologies/two-proxies.gv "$work"
two='alice [role=ua]; bob [role=ua]'

# STATUS SENTENCE ARGUMENT…: what rung says, and how it ends.
answers() {
	answers_said=$2
	fails "$2" "$1" "$RUNG" run -q -o "$work/t.jsonl" "$3" ${4:+"$4"} ${5:+"$5"}
	grep -qF -- "$answers_said" "$work/.output" ||
		bad "$(cat "$3")" "does not say: $answers_said"
}

# PLACE: SENTENCE, SCRIPT
whole() {
	printf '%s\n' "$2" > "$work/t.lua"
	answers "${3:-2}" "t.lua:$1" "$work/t.lua"
}

# The same, of a script from line 4 on.
script() {
	whole "$1" 'lab { topology = "two-proxies.gv" }
local alice, bob = node "alice", node "bob"
script(function()
'"$2"'
end)' "${3:-2}"
}

# PLACE: SENTENCE, GRAPH; of remarks the run's options behind it.
graph() {
	printf '%s\n' "$2" > "$work/t.gv"
	answers 2 "t.gv:$1" "$work/t.gv"
}
remark() { # SENTENCE, GRAPH OPTION
	printf '%s\n' "$2" > "$work/t.gv"
	answers 0 "$1" "$work/t.gv" ${3:+"$3"}
}
silent() { # GRAPH OPTION
	printf '%s\n' "$1" > "$work/t.gv"
	fails "$1" 0 "$RUNG" run -q -o "$work/t.jsonl" "$work/t.gv" ${2:+"$2"}
	empty "$1 $2"
}

# ---- topologies: values without a unit ----
remark 't.gv:1: link alice -- bob: loss=1 is 100 %; one percent is "1%"' \
	"graph { $two; alice -- bob [loss=1] }"
remark '--set loss=1: link alice -- bob: loss=1 is 100 %' \
	"graph { $two; alice -- bob }" --set=loss=1
silent "graph { $two; alice -- bob }" --set=loss=100%
remark 't.gv:1: link alice -- bob: delay=20 is 20 seconds; milliseconds are "20ms"' \
	"graph { $two; alice -- bob [delay=20] }"
remark 'jitter=4 is 4 seconds; milliseconds are "4ms"' \
	"graph { $two; alice -- bob [jitter=4] }"
remark 'delay=5 is 5 seconds' "graph { $two; alice -- bob }" --set=delay=5
remark 'node bob: answer=2000 is 2000 seconds; milliseconds are "2000ms"' \
	"graph { $two; alice -- bob }" --set=bob.answer=2000
silent "graph { $two; alice -- bob [delay=0] }" --set=bob.answer=2

# ---- topologies: what can't be read ----
graph '1: subgraph cluster_atlanta { is written' \
	'graph { cluster_atlanta { alice [role=ua] } }'
graph '1: subgraph cluster_x { is written' \
	'graph { subgraf cluster_x { alice [role=ua] } }'
graph '2: a link is --, not ---' 'graph { alice [role=ua]; bil [role=ua];
 bil --- alice }'
graph '1: a link is --, not -->' 'graph { alice --> bob }'
graph '1: the [ of line 1 has no ]' 'graph { alice [role=ua
 bob [role=ua]; alice -- bob }'
graph '2: the [ of line 2 has no ]' 'graph { alice [role=ua];
 bob [role=ua; }'
graph '1: a value of several words stands in quotes: role="proxy registrar location"' \
	'graph { pbx [role=proxy registrar location]; }'
graph '1: a value of several words stands in quotes: label="Call through two"' \
	'graph { label=Call through two
 a -- b }'
graph '1: a { is missing behind graph' 'graph office
 alice [role=ua]
}'
graph '1: attributes stand in [ ], not in ( )' 'graph { alice (role=ua) }'
graph '1: subgraph {...}: attributes stand in [ ], not in { }' 'graph { alice {role=ua} }'
graph '1: an attribute is written name=value, not name:value' \
	'graph { alice [role=ua, answer:"2s"] }'
graph '1: an attribute is written name=value, with one =' \
	'graph { alice [role=ua, answer=="2s"] }'
graph '1: an attribute is written name=value, with one =' \
	"graph { alice [role=ua, answer=='2s'] }"
graph "1: a text stands in \", not in '" \
	"graph { alice [role=ua, answer='2s'] }"
graph '2: a remark begins with //, and a link with a node: a -- b' 'graph {
-- remark
alice [role=ua] }'
graph '1: attributes stand behind the whole link: a -- b [ … ]' \
	'graph { alice [role=ua] -- bob }'
graph '1: link a -- b: bandwidth belongs to nodes; did you mean “rate”?' \
	'graph { a -- b [bandwidth="10mbit"] }'
for role in router hub; do
	graph "1: node lan1: a $role has no role: leave role= out" \
		"graph { lan1 [role=$role]; $two; alice -- lan1 -- bob }"
done
finish
