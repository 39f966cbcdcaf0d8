#!/bin/sh
# Options that did nothing, or said the contrary of a file's name, were passed
# over; and what was advised was refused when it was done.
. tests/fixtures/check.sh
. tests/fixtures/wrong.sh
cd "$work" || exit 1

# ---- options without an effect ----
"$rung" copy busy mine --student=2023001 > /dev/null 2>&1
"$rung" hand-in mine -o w.rung > /dev/null 2>&1
wrong 2 '--deadline does nothing without --class' \
	check mine --deadline=2026-11-30
wrong 2 '--deadline does nothing without --class' \
	check w.rung --deadline=2026-11-30
wrong 2 's.txt: -f says svg, its name txt' \
	search direct-call --only=drop -f svg -o s.txt
wrong 2 's.svg: -f says txt, its name svg' \
	search direct-call --only=drop -f txt -o s.svg
wrong 2 's.txt: -f says svg, its name txt' export two-proxies -f svg -o s.txt
wrong 2 's.png: -f says svg, its name png' export two-proxies -f svg -o s.png
wrong 2 's.html: -f says pdf, its name html' \
	export two-proxies -f pdf -o s.html
wrong 2 's.svg: -f says txt, its name svg' \
	diff two-proxies direct-call -f txt -o s.svg
wrong 2 's.json: -f says svg, its name json' \
	diff two-proxies direct-call -f svg -o s.json
wrong 2 's.pdf: -f says html, its name pdf' \
	inspect two-proxies -f html -o s.pdf
wrong 0 '' export two-proxies -f md -o s.txt
wrong 0 'nat-binding took no step there' export direct-call --machine=nat-binding -o n.svg
wrong 0 '' export direct-call --machine=ICT -o n.svg
if [ -s .output ]; then bad 'export --machine=ICT' 'it took steps'; else good
fi

# ---- a list whose comma is there ----
wrong 2 'a list has commas: --only=drop,crash' \
	search direct-call --only=drop, crash
wrong 2 'a list has commas: --only=drop,crash' \
	search direct-call --only=drop crash
wrong 2 'a list has commas: --labs=busy,crash' \
	class new --labs=busy, crash -o mid

# ---- a capture can't be run ----
"$rung" export two-proxies -o c.pcapng 2> /dev/null
wrong 2 "is a capture and can't be run" sweep c.pcapng --seeds=1..2 -o s
wrong 2 "is a capture and can't be run" search c.pcapng --only=drop
wrong 2 "is a capture and can't be run" run c.pcapng
wrong 2 "can't be run, so --set does nothing" \
	show c.pcapng --set bob.busy=true
wrong 2 "can't be run, so --seed does nothing" \
	export c.pcapng --seed=3
wrong 2 "can't be run, so --until does nothing" \
	inspect c.pcapng --until=3s

# ---- what a value looks like ----
wrong 2 'is no value for a link'"'"'s delay; expected a time such as "2s"' \
	run -q two-proxies --act INVITE@atl:lan1--lan2.set:delay=fast
wrong 2 'is no value for a link'"'"'s loss; expected a share such as "1%"' \
	run -q two-proxies --act INVITE@atl:lan1--lan2.set:loss=30
wrong 2 'is no value for a link'"'"'s rate; expected a rate such as' \
	run -q two-proxies --act INVITE@atl:lan1--lan2.set:rate=10Mbps
echo hi > k.pem
wrong 2 'is to hold a certificate and its key, both as PEM' \
	serve --port=0 --tls=k.pem busy

# ---- who sends what was sought ----
wrong 2 'alice sends no BYE; bob does: BYE@bob' \
	run -q two-proxies --act BYE@alice:message.drop
wrong 2 'bob sends no INVITE; alice does: INVITE@alice' \
	explain two-proxies INVITE@bob
wrong 2 'bob sends no 486, and nobody does' explain two-proxies 486@bob
wrong 2 'alice sends no 180; bob does: 180@bob' show two-proxies 180@alice
wrong 2 'phones send it where media=true is said (--set PHONE.media=true)' \
	export two-proxies --say=atl -o b.wav
finish
