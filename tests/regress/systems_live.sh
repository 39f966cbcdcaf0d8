# Each system lives on, whatever befalls it: a node starts again or a link is down
# for a while, in a call and at rest, somebody gives up behind any step, two call at
# once.  Hours later a call is made as ever, message for message, nothing is left of
# the first, each minute has as many messages as without it, and no program has failed.
# A row of systems below is a topology and what makes a call in it.
#
# A few disturbances of each; with SYSTEMS=all, or a system's name, all that there are,
# by UDP and TCP; with EVERY=10, too, each tenth of them.
. tests/fixtures/check.sh
LC_ALL=C
export LC_ALL

rung=$(realpath "$RUNG")
case ${SYSTEMS:-} in
'') whole='' some='' ;;
all) whole=yes some='' ;;
*) whole=yes some=" $SYSTEMS " ;;
esac
cp topologies/*.gv topologies/*.lua topologies/*.zone "$work"
cd "$work" || exit 1

# The lab: a call after 2 s, one after 12000 s.  People hang up by themselves, and give
# up whom they do not reach; what they do at a node that is down is nothing.
lab() { # TOPOLOGY CALL TWO SETUP
	cat <<LUA
lab { title = "x", topology = "$1.gv", duration = "14600s" }
for _, name in ipairs(nodes()) do
	local n = node(name)
	if n.role == "ua" and not n.hangup and n.answer ~= "0s" then n:set { hangup = "30s" } end
end
local function try(f, ...)
	local done, value = pcall(f, ...)
	return done and value
end
local function dial(who, target, talk)
	local c = try(function() return node(who):invite(target) end)
	if not c then return end
	if not wait(c, "confirmed", "60s") then
		if c.state ~= "terminated" then try(function() c:cancel() end) end
	elseif talk then
		try(talk, c)
	end
end
-- A node starts again, and who uses a phone registers it.
local function up(name)
	local n = node(name)
	n:restart()
	if n.registered then try(function() n:register() end) end
end
local function act(name, verb, ...)
	local n, args = node(name), { ... }
	try(function() n[verb](n, table.unpack(args)) end)
end
$4
local function one() $2 end
local function two() $3 end
at("2s", one)
at("12000s", one)
LUA
}

# live SECONDS WHEN: what is there then: states without times, names without numbers.
live() {
	"$rung" show t.jsonl --at="$1s" --width=150 --ascii | awk -v when="$2" '
		/^At / || /^$/ || /^Nothing/ { next }
		/ ---/ { node = $1; part = ""; next }
		/^(Who hears|How it arrives|Names in|Passwords|Ports|MOS|TCP with|Offers)/ { part = "-"; next }
		/^[A-Z]/ { part = $0; next }
		part == "-" || /ended at/ { next }
		/^  (role|address|domain|user|state) / && part == "" { next }
		/ idle +since/ { next }
		part ~ /^Transactions/ && !/^    [A-Z]+ +(calling|proceeding|trying) / { next }
		/^    (remote tag|Call-ID|route|with|media|target)/ || /^     +[^ ]/ { next }
		part ~ /^Dialogs/ && /^  [^ ]/ { $1 = "dialog" }
		{
			gsub(/[#.][#.][#.][#.]+/, "")
			gsub(/ (since|renews|expires) .*| q 1 .*| [0-9.]+ (m?s|min) left.*/, "")
			gsub(/=[0-9a-f]+/, "=")
			sub(/SQN +[0-9a-f]+/, "SQN")
			sub(/\/[0-9]+/, "")
			gsub(/-[0-9]+ /, " ")
			gsub(/[-:][0-9]+$/, "")
			$1 = $1
			print when ": " node ": " part ": " $0
		}'
}

# judge: what t.jsonl shows; of the call at 12000 s each message, of the time after it
# how many there are of each kind, of those that come again in a whole hour.
judge() {
	live 11900 "before the call"
	live 14590 "at the end"
	awk -v alike="$alike" '
		function value(name, found) {
			if (!match($0, "\"" name "\":(\"[^\"]*\"|[0-9]+)")) return ""
			found = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
			gsub(/"/, "", found)
			return found
		}
		/"verdict":"failed"/ { print "failed: " value("node") " " value("where") }
		/"kind":"send"/ {
			t = value("t") / 1e9
			if (t < 10900 || /"proto":"dns"/) next
			method = value("cseq"); sub(/[0-9]* /, "", method)
			key = value("src") " to " value("dst") " " value("start") " " method
			if (alike) gsub("(^| )(" alike ")( |$)", " one of them ", key)
			again = /"cseq":"[0-9]* (REGISTER|OPTIONS|MESSAGE)"/
			if (t >= 12000 && t < 12450 && !again) called[key]++
			if (t >= (again ? 10900 : 12500) && t < 14500) later[key]++
		}
		END {
			for (k in called) print "the call: " called[k] " " k
			for (k in later) print "later: " later[k] " " k
		}' t.jsonl
}

# As usual, but for one message more or less in more than half an hour (and of what
# goes on all the time one in fifty).
differs() { # USUAL SEEN
	awk '
		function size(n) { return n < 0 ? -n : n }
		{ n = 1; text = $0 }
		/^later:/ { n = $2; $2 = ""; text = $0 }
		FNR == NR { usual[text] += n; all[text]; next }
		{ seen[text] += n; all[text] }
		END {
			for (t in all) {
				d = seen[t] - usual[t]
				if (t ~ /^later:/ && size(d) <= 2 + usual[t] / 50) continue
				if (d) print (d > 0 ? "+" : "-") " " t
			}
		}' "$1" "$2" | sort
}

# try NAME BEHIND LATER: the lab with an act behind a record, and script at a time.
try() {
	try_name="$system by $way: $1: $2 $3"
	{ cat lab.lua && echo "$3"; } > tried.lua
	# shellcheck disable=SC2086
	if ! "$rung" run -q $ways ${2:+--act "$2"} tried.lua -o t.jsonl > .output 2>&1; then
		# Too late for it: what the call has become is told right behind the record.
		grep -q "answered, and no change\|answered,* or has ended\|(a script can test for the state" .output ||
			bad "$try_name" "no run"
		return
	fi
	judge > seen
	differs usual seen > .output
	if [ -s .output ]; then bad "$try_name" "is not as before"; else good; fi
}

# The undisturbed run: when something changes in the first call (seq t node), which
# calls there are, and what they have come to.
steps() {
	awk '
		function value(name, found) {
			if (!match($0, "\"" name "\":(\"[^\"]*\"|[0-9]+)")) return ""
			found = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
			gsub(/"/, "", found)
			return found
		}
		NR == 1 {
			n = split($0, one, /{"name":"/)
			for (i = 2; i <= n; i++) if (one[i] ~ /^[^"]*","role":"ua"/) phone[substr(one[i], 1, index(one[i], "\"") - 1)]
		}
		/"kind":"(fsm|call|dialog|media)"/ {
			t = value("t") + 0
			if (t < 2e9 || t > 120e9) next
			if (/"kind":"call"/) {
				id = value("id")
				if (!(value("node") in phone)) next
				if (/"from":"idle"/) incoming[id] = /"rule":"invite-recv"/
				state[id] = value("state")
			}
			print "step " value("seq") " " t / 1e6 " " value("node")
			for (id in state) {
				if (state[id] == "terminated" || state[id] == "terminating") continue
				verb = incoming[id] ? "reject" : "cancel"
				if (state[id] ~ /confirmed|moratorium/) verb = "bye"
				print "leave " value("seq") " " id "." verb
			}
		}' t.jsonl | sort -u -k1,1 -k2,2n -k3
}

# few NUMBER: so many of the lines, evenly; all where all are run, or each EVERYth, of
# each node and link others.
few() {
	if [ -n "$whole" ]; then
		awk -v every="${EVERY:-1}" -v name="$node $link" '
			BEGIN { for (i = 1; i <= length(name); i++) from += index("abcdefghijklmnopqrstuvwxyz0123456789", substr(name, i, 1)) }
			(NR + from) % every == 0'
	else
		awk -v n="$1" '{ l[NR] = $0 } END { for (i = 1; i <= n && i <= NR; i++) print l[int((i - 0.5) * NR / (n < NR ? n : NR)) + 1] }'
	fi
}

# left_out NAME: where only some are run, half of the names, always the same.
left_out() {
	[ -z "$whole" ] && left_out_sum=$(printf %s "$1" | cksum) && [ $((${left_out_sum%% *} % 2)) = 0 ]
}

# Each node, each link, each call, all that the undisturbed run has; of a few a node
# starts again in the call or at rest.
disturb() {
	node='' link=''
	steps > steps
	sed -n '1s/.*"nodes":\[\(.*\)\],"links":.*/\1/p' t.jsonl | tr '{' '\n' |
		sed -n 's/.*"name":"\([^"]*\)","role".*/\1/p' > nodes
	sed -n '1s/.*"links":\[\(.*\)\],"inputs".*/\1/p' t.jsonl | tr '{' '\n' |
		sed -n 's/.*"a":"\([^"]*\)","b":"\([^"]*\)".*/\1--\2/p' > links
	# Behind each step of its own, and at each moment at which something happens.
	while read -r node; do
		awk -v n="$node" '$1 == "step" && ($4 == n || $3 != last) { print $2, $3; last = $3 }' steps |
			few 1 > when
		left_out "$system $node" || while read -r seq ms; do
			try "$node starts again" "$seq:$node.crash" "$(later "$ms" 5000 "up('$node')")"
		done < when
		[ -z "$whole" ] && ! left_out "$system $node" && continue
		for at in $(printf '1000\n300000\n' | few 1); do
			try "$node starts again at rest" "" "$(later $at 0 "node('$node'):crash()")
				$(later $at 5000 "up('$node')")"
		done
		# What each of several calls leaves behind adds up (a plan's begin with the node).
		awk -v n="$node" '$1 == "step" && $4 == n { ms = $3; if (ms >= 3000) exit } END { print ms }' steps > when
		read -r ms < when
		[ -z "$ms" ] || [ -z "$calls" ] || try "$node starts again in each of four calls" "" "for i = 0, 3 do
				$(later "$ms + 1000000 * i" 0.0005 "node('$node'):crash()")
				$(later "$ms + 1000000 * i" 5000 "up('$node')")
				if i > 0 then at(i .. '002s', one) end
			end"
	done < nodes
	awk '$1 == "step" && $3 != last { print $2, $3; last = $3 }' steps > moments
	while read -r link; do
		lua="link('${link%--*}', '${link#*--}')"
		for long in $(printf '35000\n1000\n' | few 1); do
			few 1 < moments > when
			while read -r seq ms; do
				try "$link is down" "$seq:$link.down" "$(later "$ms" $long "$lua:up()")"
			done < when
		done
		[ -z "$whole" ] || try "$link is down at rest" "" "$(later 300000 0 "$lua:down()") $(later 400000 0 "$lua:up()")"
	done < links
	sed -n 's/^leave //p' steps | few 3 > when
	while read -r seq what; do
		try "given up" "$seq:$what" ""
	done < when
}
later() { # MILLISECONDS MORE LUA
	printf 'at(("%%.6fms"):format(%s + %s), function() %s end)\n' "$1" "$2" "$3"
}

# is_tried NAME
is_tried() {
	[ -z "$some" ] && return
	case $some in *" $1 "*) return 0 ;; esac
	return 1
}

# a_system NAME TOPOLOGY WAYS CALL TWO [SETUP [ALIKE]]: of the nodes ALIKE (a|b) each
# does as well.
a_system() {
	system=$1 calls=$4 alike=${7:-}
	is_tried "$system" || return 0
	[ -n "$whole" ] || set -- "$1" "$2" "${3%% *}" "$4" "$5" "${6:-}"
	for way in $3; do
		lab "$2" "$4" "$5" "${6:-}" > lab.lua
		ways=''
		[ "$way" = udp ] || {
			"$rung" run -q --until=1s lab.lua -o t.jsonl
			ways=$(tcp)
		}
		# shellcheck disable=SC2086
		ok "$system by $way" "$rung" run -q $ways lab.lua -o t.jsonl
		judge > usual
		says "$system by $way: a call is made" "the call:" cat usual
		# What is refreshed, told or kept goes on: as after half an hour, so three hours later.
		live 1900 then > early
		live 11900 then | diff early - > .output
		empty "$system by $way: it stays as it is"
		disturb
		try "two at once" "" 'at("2006ms", two)'
		[ -z "$whole" ] || echo "$system by $way: so far $passed passed, $failed failed"
	done
}
# All nodes that can be reached so, by TCP.
tcp() {
	sed -n '1s/.*"nodes":\[\(.*\)\],"links":.*/\1/p' t.jsonl | tr '{' '\n' |
		sed -nE 's/.*"name":"([^"]*)","role":"(ua|proxy|registrar|b2bua|sbc|queue|gateway|voicemail|conference|script|menu|mgc)[ "].*/--set \1.transport=tcp/p' |
		tr '\n' ' '
}

# Whoever is called away by a REFER, and gets nowhere, switches the phone off and on.
impatient='for i = 1, 3 do at(i .. "500s", function() node("alice"):crash() node("alice"):restart() end) end'
a_system menu menu "udp tcp" 'dial("alice", "sip:company@192.0.2.2", function(c) sleep "1s" c:dtmf "1" end)' \
	'dial("desk", "sip:company@192.0.2.2", function(c) sleep "1s" c:dtmf "1" end)' "$impatient"
a_system menu-busy menu "udp tcp" 'dial("alice", "sip:company@192.0.2.2", function(c) sleep "1s" c:dtmf "2" end)' \
	'dial("alice", "sip:company@192.0.2.2", function(c) sleep "1s" c:dtmf "2" end)' "$impatient"
a_system call-centre call-centre "udp tcp" 'dial("alice", "sip:menu@192.0.2.1", function(c) sleep "1s" c:dtmf "2" end)' \
	'dial("bob", "sip:menu@192.0.2.1", function(c) sleep "1s" c:dtmf "2" end)' "$impatient" 'ann|ben'
a_system queue queue "udp tcp" 'dial("alice", "sip:help@shop.example.com")' 'dial("bob", "sip:help@shop.example.com")' '' 'ann|ben'
a_system echo script "udp tcp" 'act("alice", "message", "sip:echo@192.0.2.2", "hello") sleep "2s" dial("alice", "sip:bob@a.example")' \
	'act("alice", "message", "sip:echo@192.0.2.2", "two") sleep "2s" dial("alice", "sip:bob@a.example")'
a_system transit transit "udp tcp" 'dial("alice", "sip:+19725552222@a.example.com")' 'dial("bob", "sip:+13145551111@b.example.com")'
a_system telephone-networks telephone-networks "udp tcp" 'dial("alice", "sip:+12125553333@a.example.com")
	sleep "60s" act("switchb", "hang_up", "2125553333")' \
	'act("switcha", "dial", "0019185554444") sleep "20s" act("switcha", "hang_up", "3145552222")'
a_system gateway gateway "udp tcp" 'dial("alice", "sip:+19725552222@gw.example.com") sleep "60s"
	act("exchange", "dial", "0013145551111") sleep "20s" act("exchange", "hang_up", "9725552222")' \
	'act("exchange", "dial", "0013145551111") sleep "20s" act("exchange", "hang_up", "9725552222")'
a_system softswitch softswitch "udp tcp" 'act("mg1", "off_hook", "A1") sleep "500ms" act("mg1", "press", "A1", "8003") sleep "3s"
	act("mg2", "off_hook", "B1") sleep "10s" act("mg1", "on_hook", "A1") act("mg2", "on_hook", "B1")
	sleep "60s" act("mg1", "off_hook", "A1") sleep "500ms" act("mg1", "press", "A1", "9001") sleep "10s" act("mg1", "on_hook", "A1")' \
	'act("mg1", "off_hook", "A2") sleep "500ms" act("mg1", "press", "A2", "9001") sleep "10s" act("mg1", "on_hook", "A2")'
a_system conference conference "udp tcp" 'dial("alice", "sip:lecture@conf.example.com") dial("bob", "sip:conf@conf.example.com")
	act("conf", "bring", "carol", { room = "lecture" }) sleep "60s" act("conf", "remove", "carol", { room = "lecture" })' \
	'dial("carol", "sip:lecture@conf.example.com")' \
	'node("conf"):set { session_expires = "600s" }
	for _, name in ipairs { "alice", "bob", "carol" } do node(name):set { session_expires = "600s" } end'
a_system voicemail voicemail "udp tcp" 'dial("alice", "sip:bob@biloxi.example.com") sleep "60s" dial("bob", "sip:vm@vmail.biloxi.example.com")' \
	'dial("alice", "sip:bob@biloxi.example.com")' 'node("bob"):set { no_answer = "60s" }'
a_system sbc sbc "udp tcp" 'dial("alice", "sip:bob@192.0.2.20")' 'dial("bob", "sip:alice@10.0.0.7")'
a_system trunk trunk "udp tcp" 'dial("alice", "sip:02988800201@a.example")' 'dial("bob", "sip:021-5550-0102@b.example")'
a_system trunk-in trunk "udp tcp" 'dial("bob", "sip:021-5550-0102@b.example")' 'dial("alice", "sip:110@a.example")'
a_system ims ims "udp tcp" 'dial("alice", "sip:bob@home.example")' 'dial("bob", "sip:alice@home.example")'
a_system volte-telephone volte-telephone "udp tcp" 'dial("alice", "tel:+13145552222") sleep "45s" act("exchange", "dial", "2015550102")
	sleep "20s" act("exchange", "hang_up", "3145552222")' 'dial("bob", "urn:service:sos")'
gb() { # NODE SERVER PLAN
	echo "node('$1'):set { settings = 'password=12345678 media=sip:$2 plan=$3,live@4,bye@14,live@12000,bye@12010' }"
}
a_system gb28181 gb28181 "udp tcp" '' '' "$(gb platform 33010600002020000001@192.0.2.20 Catalog@1)"
a_system gb28181-cascade gb28181-cascade "udp tcp" '' '' "$(gb upper 33010000002020000001@198.51.100.20 Catalog@3)"
a_system gb28181-events gb28181-events "udp tcp" '' ''
finish
