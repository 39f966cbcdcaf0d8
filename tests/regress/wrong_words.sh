#!/bin/sh
# A mistake of one word was passed over in silence, or answered by a sentence
# that was true of something else, or named no way on.
. tests/fixtures/check.sh
. tests/fixtures/wrong.sh
find_trace labs/two-proxies protocol
cp "$trace" "$work/t.jsonl"
cp "$trace" "$work/call.jsonl"
cd "$work" || exit 1

# ---- values that mean something else ----
wrong 2 '20 is 20 seconds; minutes are 20min' play two-proxies --exam=20
wrong 2 '10 is 10 bytes; megabytes are 10MB' \
	sweep two-proxies --memory=10 --seeds=1..2 -o s0
wrong 0 '--seeds=3 is one run; 3 runs are 1..3' \
	sweep direct-call --seeds=3 -o s1
wrong 2 'options of a word begin with --: --seed=3' run -seed=3 two-proxies
wrong 2 'options of a word begin with --: --format=svg' \
	export -format=svg t.jsonl
wrong 2 '--title needs a value; “-o” is an option' \
	export t.jsonl --title -o a.svg
wrong 2 '--call took “two-proxies” as its ID; did you mean “--calls”?' \
	show --call two-proxies
wrong 2 '--title took “t.jsonl” as its TEXT' export --title t.jsonl

# ---- whose work it is ----
"$rung" copy two-proxies mine --student=2023001 2> /dev/null
cp -r mine mine2
wrong 2 'its answers.txt says student: 2023001' \
	check mine2 --student=2023002
wrong 2 'rung copy two-proxies FOLDER --student=2023002' \
	hand-in mine2 --student=2023002
wrong 0 'for 2023001' hand-in mine --student=2023001
wrong 2 'rung copy two-proxies FOLDER' hand-in two-proxies
wrong 2 'rung copy two-proxies FOLDER' hand-in two-proxies --student=1
wrong 2 '--roster does nothing without --class' check mine --roster=class.csv
wrong 2 "is one student's work" check --class=mine
wrong 2 'did you mean “two-proxies”' check --teacher two-prox
cp -r "$root/labs/direct-call" two
printf 'task { choice = { { "a", right = true }, { "b", right = true } } }\n' \
	> two/check.lua
wrong 2 'two/check.lua:1: a choice has one entry with right = true' check two
mkdir own
cp "$root/labs/direct-call/lab.lua" own
"$rung" copy own none > .output 2>&1
if grep -qF 'it has no tasks' .output; then good; else bad 'copy own' '?'; fi

# ---- acts ----
act() { # TEXT ACT
	wrong 2 "$1" run -q two-proxies --act "$2"
}
act 'behind a colon: bob/1.reject:code=486' \
	'180@bob:bob/1.reject code=486'
act 'behind a colon: bob/1.reject:code=486' \
	'180@bob:bob/1.reject(486)'
act 'behind a colon: alice.invite:target=sip:b@x.org' \
	'2:alice.invite(sip:b@x.org)'
act 'behind a colon: alice.invite:target=bob' \
	'2:alice.invite target=bob'
act 'behind a colon: bob.set:busy=true' '2:bob.set busy=true'
act 'behind a colon: bob/1.reject:code=486' '180@bob:bob/1.reject:486'
act 'behind a colon: bob.set:busy=…' '2:bob.set:busy'
act 'alice.invite:target=…: invite needs' '2:alice.invite'
act '“soon” is no time' '180@bob@soon:bob/1.reject'
wrong 2 'arguments follow a colon' \
	run -q two-proxies --act 2:bob/1.reject code=486

# ---- links and attributes ----
set_to() { # TEXT SETTING
	wrong 2 "$1" run -q two-proxies --set "$2"
}
set_to 'they have atl--lan1, bil--lan2' atl--bil.loss=0.1
wrong 2 'they have atl--lan1' \
	sweep two-proxies --set atl--bil.loss=0.1 --seeds=1..2 -o s2
set_to 'did you mean “do_not_disturb”' bob.dnd=true
set_to 'T1 is 500 ms' alice.t1=1s
set_to '= is missing: bob.busy=true' bob.busy:true
set_to 'two settings: --set twice, the second with alice.busy=true' \
	bob.busy=true,alice.busy=true
for name in port ip host; do
	set_to "unknown attribute “$name”, did you mean “addr”?" "bob.$name=1"
done
printf 'graph { a [role ua] b [role=ua] a -- b }\n' > g.gv
wrong 2 'g.gv:1: = is missing: role=ua' run g.gv
wrong 2 'what is not so is written with !=: node!=bob' show t.jsonl 'node=!bob'
wrong 1 'cseq is asked for by its method: cseq=INVITE' show t.jsonl cseq=1
wrong 2 'there is no method “1”' export t.jsonl --filter=cseq=1 -o x.svg
wrong 2 '“2026-02-30”: that month has 28 days' \
	export t.jsonl --epoch=2026-02-30 -o x.pcapng
wrong 2 '“0-60%:20%” is no range; expected FROM..TO:STEP' \
	sweep two-proxies --set 'atl--lan1.loss=0-60%:20%' --seeds=1..2 -o s3
wrong 2 'did you mean --seeds=1..10?' sweep two-proxies 1..10 -o s4

# ---- one word too many ----
wrong 2 '--labs=busy,crash' class new --labs=busy crash -o set
wrong 2 '--labs=busy,crash' class new --labs busy crash -o set
wrong 2 '--only=drop,crash' search two-proxies --only drop crash
wrong 2 '--nodes=alice,bob' export t.jsonl --nodes alice bob -o x.svg
wrong 2 '--nodes=alice,bob' export t.jsonl --node=alice,bob -o x.svg
wrong 2 '--filter="a b"' export t.jsonl --filter=a b -o x.svg
wrong 2 '--title="My call"' export t.jsonl --title=My call -o x.svg
wrong 2 'did you mean -o t.svg?' export t.jsonl t.svg
wrong 2 'did you mean -o x.jsonl?' run two-proxies x.jsonl
wrong 2 '“mine” is one word too many: rung diff A B' \
	diff t.jsonl call.jsonl mine
wrong 2 '“6” is one word too many: rung explain FILE RECORD' \
	explain t.jsonl 5 6
wrong 2 'FILE comes first: rung show t.jsonl INVITE@atl' \
	show INVITE@atl t.jsonl
wrong 2 'FILE comes first: rung show t.jsonl node=bob' \
	show node=bob t.jsonl
wrong 2 'FILE comes first: rung explain t.jsonl INVITE@atl' \
	explain INVITE@atl t.jsonl

# ---- commands and files ----
wrong 2 'did you mean “labs”' list
wrong 2 'did you mean “labs”' ls
wrong 2 'rung help lists them' help foo
wrong 2 'neither a command nor a file “call.jsnl”; did you mean “call.jsonl”' \
	call.jsnl
for wrong_name in call.jsn Call.jsonl call; do
	wrong 2 'did you mean “call.jsonl”' show "$wrong_name"
done
wrong 2 'did you mean “call.jsonl”' play call.jsnl
wrong 2 'did you mean “two-proxies”' run labs/two-proxies
wrong 2 'did you mean “two-proxies”' run two-proxies/
wrong 2 'did you mean “star.gv”' run topologies/star.gv
wrong 2 'did you mean “star.gv”' run star
wrong 2 'did you mean “busy”' worksheet labs/busy
wrong 2 'did you mean “two-proxies”' worksheet two-prox
wrong 2 'is a trace: rung show' resume t.jsonl
wrong 2 'rung export two-proxies -o call.pcapng' import two-proxies
wrong 2 'rung show -m two-proxies' parse two-proxies
wrong 2 'parse reads a FILE' parse 'INVITE sip:bob@biloxi.com'
printf 'INVITE sip:bob@example.com\r\nVia: SIP/2.0/UDP a\r\n\r\n' > m.txt
wrong 2 'SIP/2.0 is missing at its end' parse m.txt
wrong 2 'its folder does not exist' export t.jsonl -o nodir/x.svg
wrong 2 'its folder does not exist' run -q direct-call -o nodir/x.jsonl

# ---- files of another kind ----
"$rung" export t.jsonl -o fig.svg
printf '\211PNG\r\n\032\n' > fig.png
printf '%%PDF-1.7\n' > fig.pdf
"$rung" show -l t.jsonl > ladder.txt
wrong 2 'is a picture' show fig.svg
wrong 2 'is a picture' play fig.png
wrong 2 'is a PDF' run -q fig.pdf
wrong 2 'is a printed ladder' show ladder.txt
wrong 2 'is a text to read' show "$root/README.md"
wrong 2 'has the answers of a copy: rung check' show mine/answers.txt
wrong 2 'is a program' show /bin/sh
"$rung" export t.jsonl -o cap.pcapng
wrong 2 'import writes a trace, .jsonl' import cap.pcapng -o seen.svg
wrong 2 'hand-in writes a file .rung' hand-in mine -o x.zip
wrong 2 'sweep needs a folder for its results' \
	sweep two-proxies -o sw.csv --seeds=1..2
wrong 2 "is a student's work" search two-proxies --folder=mine
wrong 2 'is a trace; --follow is for captures' show call.jsonl --follow
if [ "$(id -u)" -eq 0 ] && command -v setpriv > /dev/null; then
	chmod 755 .
	chmod 000 own/lab.lua
	mkdir shut
	chmod 000 shut
	for wrong_name in own shut; do
		setpriv --reuid=65534 --clear-groups "$rung" run -q \
			"$wrong_name" > "$work/.said" 2>&1
		grep -qF "can't be read: Permission denied" .said &&
			good || bad "run $wrong_name" "$(cat .said)"
	done
	chmod 700 shut
fi

# ---- filters and records ----
show_says() { # STATUS TEXT WORD…
	show_status=$1 show_said=$2
	shift 2
	wrong "$show_status" "$show_said" show t.jsonl "$@"
}
show_says 2 "a record is its number alone: rung show FILE 55" seq=55
show_says 1 'in capitals, who sends behind it' invite@atl
show_says 1 'cseq=INVITE status=200' method=INVITE status=200
show_says 2 'bob sends no INVITE; alice does: INVITE@alice' INVITE@bob
show_says 2 'there are alice, atl, lan1, bob' node=zed
show_says 2 'there are alice, atl, lan1, bob' --node=zed --at 2s
wrong 2 'there are alice, atl, lan1, bob' diff t.jsonl call.jsonl --node=zed
wrong 2 'there are alice, atl, lan1, bob' diff t.jsonl call.jsonl --map=zed=bob
wrong 2 'there are alice, atl, lan1, bob' export t.jsonl --node=zed -o x.svg
show_says 1 'words are KEY=VALUE, as method=INVITE' method INVITE
show_says 1 'words all hold as they stand, without “and”' \
	method=INVITE and status=200
show_says 1 'rung show --ladder FILE' ladder
show_says 1 'a record is its number alone: rung show FILE 55' '#55'
show_says 1 'what is sent stands before the @' bob@180
show_says 1 'rung show --calls FILE lists them' call=1
show_says 1 'rung show --calls FILE state=' \
	state=ringing
show_says 2 'there are act, ' kind=message
show_says 2 'a rule is a name such as' rule=9999
show_says 2 'it has time, method, from' --calls --sort=duration
wrong 2 'who sends is src=' \
	show --calls t.jsonl from=alice
wrong 2 'there is no method “FOO”' \
	export t.jsonl --filter method=FOO -o x.svg
show_says 2 'rung show --calls FILE lists them' --call=xyz

# ---- requests ----
wrong 2 'such as 127.0.0.1' serve --address=localhost
wrong 2 'nofile.pem: can'"'"'t be read: No such file' serve --tls=nofile.pem
ask() { # TEXT REQUEST
	printf '%s\n' "$2" | "$rung" serve --stdio > .output 2>&1
	if grep -qF -- "$1" .output; then good; else bad "$2" "no: $1"; fi
}
ask 'ask is missing' '{}'
ask 'a request is an object of JSON' 'x'
ask 'language: there is no “cn”; there are en, zh' \
	'{"ask":"open","texts":[{"path":"a.gv","text":"graph{a}"}],"language":"cn"}'
ask 'detail: there is no “x”; there are messages, protocol, network' \
	'{"ask":"open","texts":[{"path":"a.gv","text":"graph{a}"}],"detail":"x"}'
ask 'record: a number is expected, not \"3\"' '{"ask":"explain","record":"3"}'
ask 'branch: a number from 0 to 4294967295 is expected, not -1' \
	'{"ask":"advance","branch":-1}'
ask 'seed: a number is expected, not \"x\"' \
	'{"ask":"open","texts":[],"seed":"x"}'
ask 'width: a number from 0 to 1000 is expected, not -5' \
	'{"ask":"explain","width":-5}'
ask 'raw: true or false is expected, not 1' '{"ask":"panes","raw":1}'
ask 'asks: one of next, means, task, lesson, score is expected, not \"taks\"; did you mean “task”' \
	'{"ask":"question","asks":"taks"}'
ask 'texts is missing; did you mean “texts” by “text”?' \
	'{"ask":"open","text":[{"path":"a.gv","text":"graph{a}"}]}'
ask 'texts is missing: open takes texts lab' '{"ask":"open"}'
ask 'texts: an array of objects is expected, not \"a\"' \
	'{"ask":"open","texts":"a"}'
ask 'settings: an array of strings is expected, not \"a=1\"' \
	'{"ask":"open","texts":[],"settings":"a=1"}'
ask 'acts: an array of strings is expected, not [1]' \
	'{"ask":"open","texts":[],"acts":[1]}'
ask 'texts: path or text is missing' '{"ask":"open","texts":[{"text":"a"}]}'
ask 'texts: path or text is missing' '{"ask":"open","texts":[{"path":"a"}]}'
ask 'texts: path is missing, or base64 is damaged' \
	'{"ask":"open","texts":[{"path":"a","base64":"?"}]}'
ask_open() { # TEXT REQUEST
	printf '%s\n%s\n%s\n' '{"ask":"open","texts":[{"path":"a.gv","text":"graph{alice[role=ua];bob[role=ua];alice--bob}"}]}' \
		'{"ask":"advance"}' "$2" | "$rung" serve --stdio > .output 2>&1
	if tail -n 1 .output | grep -qF -- "$1"; then good; else
		bad "$2" "no: $1, but $(tail -n 1 .output)"
	fi
}
ask_open 'verb is missing: act takes branch record' '{"ask":"act","on":"alice"}'
ask_open 'invite takes no “tagret”; did you mean “target”?' \
	'{"ask":"check","on":"alice","verb":"invite","key":"tagret","value":"b"}'
ask_open 'alice can'"'"'t “invit”; did you mean “invite”?' \
	'{"ask":"check","on":"alice","verb":"invit","key":"target","value":"b"}'
ask_open '"is":{}' \
	'{"ask":"check","on":"alice","verb":"invite","key":"target","value":"bob"}'
ask_open 'there is no format “SVG”; there are jsonl, html, txt' \
	'{"ask":"export","format":"SVG"}'
ask_open 'did you mean “svg”?' '{"ask":"export","format":"SVG"}'
ask_open 'there is no format “md”; there are txt, json, svg' \
	'{"ask":"diff","format":"md"}'
ask_open 'code: a string is expected, not 486' \
	'{"ask":"act","on":"bob","verb":"reject","args":{"code":486}}'
ask_open 'pane is missing; there are ' '{"ask":"pane"}'

# ---- hand-ins, and files of another kind ----
"$rung" copy two-proxies zipped --student=7 2> /dev/null
if command -v python3 > /dev/null; then
	(cd zipped && python3 -m zipfile -c ../flat.zip ./*) 2> /dev/null
	"$rung" check flat.zip > .output 2>&1
	if grep -qF '7, two-proxies: 0/' .output; then good; else
		bad 'check flat.zip' "$(cat .output)"
	fi
fi
tar -cf work.tar zipped
for wrong_name in check hand-in report; do
	wrong 2 'is a tar archive; unpack it' "$wrong_name" work.tar
done
wrong 2 'is a tar archive; unpack it' show work.tar
head -c 20 cap.pcapng > cut.pcapng
wrong 2 'the capture ends in its first bytes' show cut.pcapng
wrong 2 'the capture ends in its first bytes' import cut.pcapng
"$rung" export t.jsonl -o drawn.json
wrong 2 'is what rung export -f json writes; rung show takes the trace' \
	show drawn.json

# ---- more words ----
show_says 2 'one record is shown at a time' 12 13
show_says 2 'a filter has = alone, and no “not”' not method=INVITE
wrong 2 "a figure's is --size=85mm" export t.jsonl --width=85mm -o drawn.svg
show_says 2 'no blanks stand around =: method=INVITE' method = INVITE
wrong 2 '--set delay=10 is 10 seconds; milliseconds are "10ms"' \
	sweep two-proxies --set delay=10,50ms --seeds=1..2 -o s5
for wrong_name in down crash; do
	wrong 2 '--method is for faults of messages (drop, double, late' \
		search two-proxies --only="$wrong_name" --method=BYE
done
wrong 2 'begins above its end' \
	sweep two-proxies --set 'atl--lan1.loss=60%..0%:10%' --seeds=1..2 -o s6
wrong 2 'its folder does not exist' copy two-proxies nodir/m3
act 'set needs NAME=VALUE: bob.set:busy=true' '180@bob:bob.set'
act 'set needs NAME=VALUE: bob.set:busy=true' '2:bob.set'
wrong 2 'there is no call “abc”; rung show --calls' import cap.pcapng --call=abc
wrong 2 'did you mean --labs=busy?' class new busy -o cc
wrong 2 'did you mean --seed=3?' run two-proxies seed=3
wrong 2 'it is no address of this machine; 0.0.0.0 is all' \
	serve --address=203.0.113.9 --port=0
finish
