# Programs of nodes that are processes of their own: asked by lines of JSON, never
# started unasked; their answers are inputs, so that runs are made again without them;
# one that fails is told of, and none outlives its run.
. tests/fixtures/check.sh
cp examples/registrar.gv examples/registrar.py "$work"
rung=$(realpath "$RUNG")
here=$PWD
cd "$work" || exit 1

net() { # COMMAND [ATTRIBUTES]: two phones, a server between them that is COMMAND
	cat > net.gv <<G
graph { graph [domain="a.example", duration="12s"] edge [delay="10ms"]
	alice [role=ua, addr="192.0.2.1", outbound=server]
	server [role=script, addr="192.0.2.2", program="$1"${2:+, $2}]
	bob [role=ua, addr="192.0.2.3", answer="1s"]
	lan
	{alice server bob} -- lan }
G
}
run() { "$rung" run -q --processes "$@" -o t.jsonl; }
# again: the run of t.jsonl without the process.
again() { "$rung" run -q t.jsonl -o again.jsonl && cmp t.jsonl again.jsonl; }
seen() { # N WORD…: so many records
	least=$1
	shift
	gives "$*" "$least" sh -c '"$@" | grep -c ""' - "$rung" show t.jsonl "$@"
}

# answers EVENT ANSWER …: a program of the shell that answers so where the line has EVENT.
answers() {
	{
		echo 'while read -r line; do case $line in'
		while [ $# -gt 0 ]; do
			printf "*'%s'*) echo '%s' ;;\n" "$1" "$2"
			shift 2
		done
		echo '*) echo "[]" ;; esac; done'
	} > own.sh
}

# ---- nothing starts unasked ----
touch asked
net "sh $work/own.sh"
echo 'rm -f asked; while read -r line; do echo "[]"; done' > own.sh
says "it is not started" "is a command, which may do all that you may: --processes lets it run" \
	"$rung" run net.gv
ok "not at all" test -e asked
ok "but where that is wanted" run net.gv
fails "then it is" 1 test -e asked
touch asked
ok "a run is made again without it" again
ok "really without" test -e asked

# ---- what it may have done ----
answers '"event":"request"' '[{"do":"reply","id":1,"status":486,"reason":"No","headers":{"X-Why":["a","b"]}}]'
run net.gv
seen 1 kind=send status=486 src=server
says "fields with several values" "X-Why: b" "$rung" show t.jsonl -m status=486 src=server
ok "reply: again" again
answers '"event":"request","now":1.' '[{"do":"forward","id":1,"uri":"sip:bob@192.0.2.3","record_route":true,"add":{"X-Way":"here"},"as":"on"},{"do":"note","text":"sent on","rule":"proxy-forward"}]' \
	'"event":"request"' '[]' '"status":180' '[{"do":"absorb"}]' '"status":200' '[{"do":"state","state":"done","of":"a","event":"200"}]'
run net.gv 2> .output
says "forward" "X-Way: here" "$rung" show t.jsonl -m method=INVITE src=server
fails "absorb" 1 grep -q '"start":"SIP/2.0 180 [^"]*","[^}]*"dst":"alice"' t.jsonl
says "state" "done" "$rung" show t.jsonl kind=fsm machine=script
ok "forward: again" again
answers '"event":"start"' '[{"do":"after","time":"1s","name":"x"},{"do":"every","time":"2s","name":"y"}]' \
	'"name":"x"' '[{"do":"send","method":"OPTIONS","uri":"sip:bob@192.0.2.3","as":"ping"}]' \
	'"of":"ping"' '[{"do":"stop","name":"y"},{"do":"note","text":"it is there"}]'
run net.gv --set alice.outbound=
says "send, and what comes back" "it is there" "$rung" show t.jsonl kind=note
ok "timers: again" again
answers '"event":"request"' '[{"do":"send","method":"INVITE","uri":"sip:bob@192.0.2.3","as":"call"},{"do":"after","time":"100ms","name":"give up"}]' \
	'"name":"give up"' '[{"do":"cancel","of":"call"}]'
run net.gv
seen 1 kind=send method=CANCEL src=server
ok "cancel: again" again
ok "by TCP" run net.gv --set alice.transport=tcp --set server.transport=tcp --set bob.transport=tcp
ok "by TCP: again" again
ok "lost messages" run net.gv --set loss=30% --seed=4
ok "lost messages: again" again

# ---- a crash, a branch ----
cat > lab.lua <<'L'
lab { title = "x", topology = "net.gv", duration = "12s" }
at("2s", function() node("server"):crash() end)
at("3s", function() node("server"):restart() end)
L
answers '"event":"start"' '[{"do":"note","text":"begins"}]'
run lab.lua
gives "it begins anew" 2 sh -c '"$1" show t.jsonl kind=note | grep -c begins' - "$rung"
ok "a crash: again" again
act=2:alice.options:target=sip:server@192.0.2.2
says "a branch asks what was not asked" "has not answered this before: --processes asks it" \
	"$rung" run -q t.jsonl --act $act -o b.jsonl
cp t.jsonl from.jsonl
ok "unless it is there" run from.jsonl --act $act
ok "a branch: again" again
# It is asked from the beginning, so that it knows what was before.
cat > own.sh <<'S'
n=0
while read -r line; do
	n=$((n + 1))
	echo "[{\"do\":\"note\",\"text\":\"asked $n\"}]"
done
S
run net.gv
cp t.jsonl from.jsonl
run from.jsonl --act $act
gives "it has seen all of the run" "asked $(grep -c '"verb":"say"' t.jsonl)" \
	sh -c 'grep -o "\"text\":\"asked [0-9]*\"" t.jsonl | tail -n 1 | cut -d\" -f4'

# ---- 5,000 messages a second: half of them asked about ----
{
	echo 'graph { graph [domain="a.example", duration="900ms"] edge [delay="1ms"]'
	echo 'server [role=script, addr="192.0.2.2", program="sh own.sh"]'
	for i in 1 2 3 4 5 6 7 8 9 10; do
		echo "l$i [role=script, addr=\"192.0.2.1$i\", program=\"load.lua\"] l$i -- server"
	done
	echo '}'
} > many.gv
cat > load.lua <<'L'
local function again()
	send { method = "OPTIONS", uri = "sip:bob@192.0.2.2" }
	after("4ms", again)
end
function on_start() after("1ms", again) end
L
cat > own.sh <<'S'
while read -r line; do case $line in
*'"id":'*)
	id=${line#*\"id\":}
	echo "[{\"do\":\"reply\",\"id\":${id%%,*},\"status\":200}]"
	;;
*) echo "[]" ;;
esac; done
S
ok "2,500 requests a second" run many.gv
gives "… are all answered" 2250 sh -c '"$1" show t.jsonl kind=send src=server status=200 | grep -c ""' - "$rung"
ok "… again" again

# ---- what goes wrong ----
wrong() { # WHAT IS SAID, the program being own.sh
	says "$1" "$1" run net.gv
	seen 1 kind=send status=500 src=server
	ok "… again" again
}
echo 'read -r line; echo "[]"; read -r line; echo "oh dear" >&2' > own.sh
wrong "sh has ended without an answer: oh dear"
echo 'read -r line; echo "[]"; read -r line; sleep 60 & sleep 60' > own.sh
wrong "sh has not answered within 5 s"
answers request 'hello'
wrong "its answer is no list of JSON"
answers request '[{"do":"replay"}]'
wrong 'it is written {"do": "reply"}, send, forward, cancel, after, every, stop, note, state or absorb'
answers request '[{"do":"reply","status":200}]'
wrong 'it is written {"do": "reply", "id": 1, "status": 200}'
answers request '[{"do":"reply","id":1,"status":200,"body":{"a":1}}]'
ok "a value of another kind ends nothing else" run net.gv 2> .output
# shellcheck disable=SC2016 # the shell that is asked has them
echo 'read -r line; echo "[]"; read -r line; head -c 300000 /dev/zero | tr "\0" x; read -r line' > own.sh
wrong "writes a line that has no end"
echo 'read -r line; echo "[]"; read -r line; while :; do printf "["; sleep 1; done' > own.sh
wrong "sh has not answered within 5 s"
cat > own.sh <<'S'
read -r line
echo "[]"
read -r line
printf '[{"do":"note","text":"\377"}]\n'
read -r line
S
wrong "its answer is no list of JSON"
echo 'echo "[]"; echo "[]"; echo "[]"; while read -r line; do :; done' > own.sh
ok "one that says more than it is asked" run net.gv
ok "… again" again
net "nosuch-program $work"
says "no such program" "nosuch-program has ended without an answer: nosuch-program: No such file" run net.gv
net "sh own.sh"
mkdir below
cp net.gv below
echo 'while read -r line; do echo "[]"; done' > below/own.sh
rm own.sh
ok "it runs where the topology lies" run below/net.gv
sleep 60 &
own=$!
gives "nothing outlives its run" "" sh -c 'ps -eo pid,args | grep "[s]leep 60" | grep -v "^ *$1 "' - "$own"
kill "$own"

# ---- in the place of rung's own node ----
sed 's/role=script, \(.*\)program="[^"]*"/role="proxy registrar location", \1process="python3 registrar.py"/' \
	registrar.gv > place.gv
ok "rung's own node is there" "$rung" run -q place.gv -o own.jsonl
ok "a run has the program's text" grep -q '"programs":\[{"file":"registrar.py","text":"# A registrar' own.jsonl
if command -v python3 > /dev/null; then
	ok "a program in its place" run place.gv
	seen 2 kind=send status=200 cseq=REGISTER src=server
	ok "… is set" grep -q '"settings":\["server.role=script","server.program=python3 registrar.py"\]' t.jsonl
	ok "… again" again
	sed -i 's/e\["id"\], "status": 200/e["ID"], "status": 200/' registrar.py
	line=$(grep -n 'e\["ID"\]' registrar.py | cut -d: -f1)
	says "where Python says that it failed" \
		"python3 has ended without an answer: registrar.py:$line: KeyError: 'ID'" run place.gv
	cp "$here/examples/registrar.py" .
fi

# ---- examples of the documents ----
if command -v python3 > /dev/null; then
	ok "a registrar in Python" run registrar.gv
	seen 2 kind=send status=200 cseq=REGISTER src=server
	seen 1 kind=send status=200 cseq=INVITE dst=alice
	ok "… again" again
	ok "a search of it" "$rung" search --processes registrar.gv --only=drop --runs=5
else
	skip "there is no Python"
fi
if command -v cc > /dev/null; then
	awk '/^<!-- program in C/ { on = 1; next } on && /^```c/ { code = 1; next }
		code && /^```/ { exit } code' "$here/docs/PROGRAMS.md" > own.c
	ok "a redirect server in C" cc -Wall -Werror -o own own.c
	net ./own
	ok "… runs" run net.gv
	seen 2 kind=send status=302 src=server
else
	skip "there is no C compiler"
fi
finish
