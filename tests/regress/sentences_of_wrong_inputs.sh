#!/bin/sh
# What was taken in silence, or answered by a sentence that led elsewhere: each
# now says where, what, and what was meant, in tests/golden/wrong-inputs.txt.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
RUNG=$(realpath "$RUNG")
export LC_ALL RUNG
root=$PWD
unset RUNG_SHARE
mkdir "$work/in"
cd "$work/in" || exit

# What COMMAND says on standard error, and its status.
say() {
	printf '$ rung %s\n' "$*"
	timeout "$patience" "$RUNG" "$@" 2>&1 > /dev/null < /dev/null
	printf '= %s\n' $?
}

# A lab of these lines behind its first.
lab() {
	{
		echo 'lab { topology = "two-proxies.gv" }'
		printf '%s\n' "$@"
	} > lab.lua
	echo
	printf '# %s\n' "$@"
	say run -q -o t.jsonl lab.lua
}

# A topology.
net() {
	printf "$1" > t.gv
	printf '\n# %s\n' "$1"
	say run -q -o t.jsonl t.gv
}

# A copy of a lab whose FILE sed changes so.
lesson() { # FILE COMMAND
	rm -rf copy
	cp -R "$root/labs/direct-call" copy
	sed "$2" "$root/labs/direct-call/$1" > "copy/$1"
	printf '\n# %s: %s\n' "$1" "$2"
	say check copy --student=7
}

sentences() {
	net 'graph { alice [role=ua] }'
	net 'graph { bob [role=ua] }'
	net 'graph { alice; bob; alice -- bob }'
	net 'graph { alice [role=ua]; bob [role=ua]; px; alice -- bob -- px }'
	net 'graph { a [role=ua, codecs="G711"]; b [role=ua]; a -- b }'
	net 'graph { a [role=ua]; b [role="proxy,registrar"]; a -- b }'
	net 'graph { domain="a.example"; b [role="proxy registrar location"];
		c [role=ua]; d [role=ua]; vm [role=voicemail];
		c -- b; d -- b; vm -- b }'
	net 'graph {\n a [role=ua, label="A];\n b [role=ua, label="B"];\n}\n'
	net 'graph {\n a [role=ua, answer="2 sec"] }\n'
	printf 'graph {\n alice [role=ua];\0 bob }\n' > nul.gv
	say run -q nul.gv
	iconv -f UTF-8 -t UTF-16 t.gv > wide.gv
	say run -q wide.gv
	gzip -c t.gv > packed.gv.gz
	say run -q packed.gv.gz
	say show packed.gv.gz

	call='script(function() c = node "alice":invite "sip:%s@biloxi.example.com"'
	lab 'fault { method = "INVIT", drop = true }' 'script(function() end)'
	lab 'fault { method = "INVITE", action = "drop" }'
	lab 'fault { method = "INVITE", porbability = 0.5, drop = true }'
	lab 'fault { src = "bob", nth = 99, drop = true }'
	lab 'fault { status = 599, drop = true }'
	lab 'script(function() node "alice":call "bob" end)'
	lab "$(printf "$call" bob)" 'wait(c, "answered") end)'
	lab "$(printf "$call" nobody)" 'sleep "5s"' 'c:bye() end)'
	lab 'node "bob":set { busy = true }' "$(printf "$call" bob)" \
		'sleep "5s"' 'c:hold() end)'
	lab "$(printf "$call" bob)" 'sleep "9s"' 'c:bye()' 'sleep "9s"' \
		'c:bye() end)'
	lab 'node "alice":set { anwser = "2s" }'
	lab 'node "alice":set { color = "red" }'
	lab 'local px' 'px:register()'
	lab 'node "atl":register()'
	lab 'local t = {}' 't:get("x")'
	lab 'local n = 1 + nil'
	lab 'script(function() for i = 1, 7000 do' \
		'node "alice":invite "sip:bob@biloxi.example.com" end end)'
	lab 'script(function() sleep "1 minute" end)'

	echo
	say run -q two-proxies --until=5m
	say run -q two-proxies --until=999999999999h
	say run -q two-proxies --set alice-lan1.loss
	say run -q two-proxies --set alice-lan1.loss=1%
	say run -q two-proxies --set alice--lan1.loss
	say run -q two-proxies --act=INVITE@alice
	say run -q -o t.jsonl two-proxies --act=5:bob/1.reject
	say run -q two-proxies --clock-offset=nofile=5s
	say run -q no-such-lab-anywhere | sed "s,$root,ROOT,; s,$work,WORK,"
	say create
	say run -q two-proxies -o t.xyz
	say run -q two-proxies -o t.svg
	say run -q two-proxies -o t.html
	say run -q two-proxies -o t.pcapng
	for made in t.svg t.html t.pcapng t.xyz; do
		[ -s "$made" ] && echo "$made is there"
	done

	echo
	"$RUNG" run -q two-proxies -o whole.jsonl
	head -c 20000 whole.jsonl > cut.jsonl
	say show cut.jsonl
	sed 20,200d whole.jsonl > gap.jsonl
	say show gap.jsonl

	lesson check.lua d
	lesson check.lua 's/minutes = 20/minutes = "20"/'
	lesson check.lua 's/right = true/rigth = true/'
	lesson check.lua 's/^vary .*/vary { "alice--nobody.loss=1%..5%:1%" }/'
	say run -q --student=7 copy
	say play --student=7 copy
	say run -q --student=7 --set alice--nobody.loss=1% direct-call
	lesson README.md '/^2\. /d'
}
sentences > "$work/said" 2>&1
cd "$root" || exit
same "what is said" tests/golden/wrong-inputs.txt "$work/said"

# A terminal that takes no escapes gets none.
if command -v script > /dev/null; then
	for term in dumb ''; do
		TERM=$term script -qec "$RUNG labs --color=auto" /dev/null \
			> "$work/typed" < /dev/null
		fails "no escapes, TERM=$term" 1 \
			grep -q "$(printf '\033')" "$work/typed"
	done
fi

# What comes through a pipe is shown when Ctrl-C has ended its writer.
"$RUNG" run -q -o "$work/a.pcapng" direct-call
mkfifo "$work/fifo"
# Its writer keeps what it has until then, be it all (tcpdump without -U).  What a
# script starts in the background would pass over the signal.
for first in 2000 0; do
	env --default-signal=INT "$RUNG" show - < "$work/fifo" > "$work/shown" 2> "$work/.output" &
	reader=$!
	exec 9> "$work/fifo"
	head -c $first "$work/a.pcapng" >&9
	sleep 0.3
	kill -INT $reader
	sleep 0.1
	tail -c +$((first + 1)) "$work/a.pcapng" >&9
	exec 9>&-
	wait $reader
	if "$RUNG" show "$work/a.pcapng" | cmp -s - "$work/shown"; then good
	else bad "a capture from a pipe, after $first bytes" "is not whole"; fi
done
finish
