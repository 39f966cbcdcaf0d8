#!/bin/sh
# What is no lab was told as such and not what it is; two names of one
# address, a plan by its path and words in another order had no answer that helps.
. tests/fixtures/check.sh
. tests/fixtures/wrong.sh
cd "$work" || exit 1

# ---- kinds ----
"$rung" copy busy mine --student=2023001 2> /dev/null
mkdir h && "$rung" hand-in mine -o h/a.rung 2> /dev/null
python3 -c "import zipfile; zipfile.ZipFile('r.xlsx', 'w').writestr('a', 'b')"
wrong 2 'r.xlsx: is a workbook or another zip file: save it as CSV' \
	check --class h --roster=r.xlsx
wrong 2 'save it as CSV' worksheet busy --roster=r.xlsx -o x.pdf
printf '<!DOCTYPE html>\n<html><body>Not found</body></html>\n' > call.pcap
printf '<html><body>Not found</body></html>\n' > call.lua
wrong 2 'call.pcap: is a web page' show call.pcap
wrong 2 'call.lua: is a web page' run call.lua
wrong 2 'call.pcap: is a web page' parse call.pcap
none='is neither a lab, a script in Lua, a topology, a trace, a capture nor a log with SIP messages'
printf 'Nov 26 04:29:42 host cron: x\n' > s.log
printf 'import rung\nrung.call("alice")\n' > a.py
wrong 2 "s.log: $none" show s.log
wrong 2 "a.py: $none" run a.py
python3 -c "import zipfile; zipfile.ZipFile('a.zip', 'w').writestr('a', 'b')"
tar czf a.tar.gz a.py && tar cf a.tar a.py
printf '%%PDF-1.7\n' > a.pdf
wrong 2 'a.zip: is a zip archive' run a.zip
printf 'PK\003\004xxxxxxxxx' > torn.zip
wrong 2 'torn.zip: the zip file is damaged' check torn.zip
wrong 2 'torn.zip: the zip file is damaged' check --class torn.zip
wrong 2 'a.zip: is a zip archive' show a.zip
for of in run show play; do
	wrong 2 'a.tar.gz: is a tar archive' "$of" a.tar.gz
	wrong 2 'a.pdf: is a PDF' "$of" a.pdf
done
wrong 2 'answers.txt: has the answers of a copy: rung check judges its folder' \
	check mine/answers.txt
wrong 2 'answers.txt: has the answers of a copy' hand-in mine/answers.txt
: > empty.txt
wrong 2 'empty.txt: is empty' parse empty.txt
printf '    INVITE sip:b@example.com SIP/2.0\n    Via: SIP/2.0/UDP a\n' > m.txt
wrong 2 'no space stands before it, nor before the lines below' parse m.txt
mkdir d && cp a.py d/
wrong 2 'a capture or a trace in it is named by its own path' show d
printf '# My lab\n\nAlice calls Bob.\n' > README.md
wrong 2 'is a text to read, which nothing runs' run README.md
wrong 2 'what stands behind # is no link of rung, or one that was cut' \
	run 'rung.html#xyz'

# ---- names ----
wrong 2 'did you mean “busy”?' run busy.gv
wrong 2 'did you mean “busy”?' play busy.lua
sed 's/^lab: busy/lab: bussy/' mine/answers.txt > a && mv a mine/answers.txt
wrong 2 'did you mean “busy”?' check mine
echo 'lab { topology = "two-proxies" }' > t.lua
wrong 2 'did you mean “two-proxies.gv”?' run t.lua
echo 'lab { topology = "two-proxis.gv" }' > t.lua
wrong 2 'did you mean “two-proxies.gv”?' run t.lua

# ---- plans ----
wrong 0 '' worksheet "$root/labs/plans/first-call.md" -o first.pdf
printf '# My plan\n\n```worksheet\ndirect-call 1-3 blank\n```\n' > my.md
wrong 0 '' worksheet my.md -o my.pdf
printf '# My plan\n\n```worksheet\ndirect-cal 1-3 blank\n```\n' > my.md
wrong 2 'my.md:4: there is no lab “direct-cal”' worksheet my.md -o my2.pdf
printf '# My plan\n\n```worksheet\ndirect-call 9 blank\n```\n' > my.md
wrong 2 'my.md:4: direct-call has no task 9; they are numbered 1 to 6' \
	worksheet my.md -o my2.pdf
wrong 2 'first-call is a lesson plan: rung worksheet first-call' run first-call
wrong 2 'rung worksheet first-call' sweep first-call --seeds=1..2 -o s
wrong 2 'there is no plan and no lab “none.md”' worksheet none.md

# ---- words in another order ----
wrong 2 'the command comes first: rung run FILE' two-proxies run
wrong 2 'the command comes first: rung show FILE' two-proxies show
wrong 2 'the LAB comes first: rung copy busy own' copy own busy
wrong 2 'there is no lab “own”' copy own other

# ---- aliases ----
"$rung" export two-proxies -o c.pcapng 2> /dev/null
wrong 2 '--alias: 192.0.2.1 has two names, alice and bob' \
	show --calls c.pcapng --alias 192.0.2.1=alice --alias 192.0.2.1=bob
wrong 0 '' show --calls c.pcapng --alias 192.0.2.0/24=alice \
	--alias 192.0.2.1=bob
finish
