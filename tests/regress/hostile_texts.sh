#!/bin/sh
# A text from a student, a roster, a zip file, a capture or a lab's author
# reached a terminal's line, a table, Markdown, GIFT, a page or a shell as
# something else than a text: escape sequences, bidirectional controls, further
# lines, formulas, markup, weights, commands.
. tests/fixtures/check.sh
RUNG_SHARE=$(pwd)
SOURCE_DATE_EPOCH=1795000000
export RUNG_SHARE SOURCE_DATE_EPOCH
rung=$(cd "$(dirname "$RUNG")" && pwd)/$(basename "$RUNG")
if ! command -v python3 > /dev/null; then
	skip "there is no python3"
	finish
fi

# $work/in: what is handed in; $work/lab: a lab; $work/call.log: a capture.
cat > "$work/make.py" << 'END'
import json, os, sys, zipfile
work, handin = sys.argv[1:]
bad = ('%50%~[html]x\x1b]0;owned\x07\x9b31m\u202e\u2066\x7f\t\r\n=cmd()|`'
       '<script>alert(1)</script>{}~#*_[a](javascript:x)"\'&;')
def one(s):
    return s.replace('\r', '').replace('\n', '_')
name = bad.replace('/', '-')
open(f'{work}/bad', 'w', newline='').write(bad)
open(f'{work}/name', 'w', newline='').write(name)
# What is no control: a student's number may have it.
plain = "%50%[html]x=cmd()|`<script>alert(1)</script>{}#*_[a](javascript:x)'&;"
open(f'{work}/plain', 'w').write(plain)
os.makedirs(f'{work}/in')
text = open(handin).read()
def member(key, value):
    global text
    at = text.index(f'"{key}":"')
    end = text.index('"', at + len(key) + 4)
    text = text[:at] + f'"{key}":' + json.dumps(value) + text[end + 1:]
member('student', bad)
member('date', bad)
open(f'{work}/one.rung', 'w').write(text)
open(f'{work}/in/{name}.rung', 'w').write(text)
member('student', '2023001')
open(f'{work}/in/{name} 2.rung', 'w').write(text)
member('lab', bad)
open(f'{work}/in/3{name}.rung', 'w').write(text)
# Readers of zip files differ about control characters in names of UTF-8.
with zipfile.ZipFile(f'{work}/in/all.zip', 'w') as z:
    ascii = name.encode('ascii', 'ignore').decode()
    z.writestr(f'=2+3 {ascii}/{ascii}.rung', text)
    z.writestr('\uff1d\u202e\n=cmd()|`<script>{}~#.rung', text)
    z.writestr('\uff1d\u202e/answers.txt',
               f'lab: direct-call\nstudent: {one(bad)}\n\n1: {one(bad)}\n')
open(f'{work}/in/broken.zip', 'wb').write(b'PK\x03\x04' + bad.encode())
quoted = bad.replace('"', '""')
with open(f'{work}/class.csv', 'w', newline='') as f:
    f.write('id,name,class\n')
    f.write(f'"{quoted}","{quoted}","{quoted}"\n')
    f.write(f'4711,"\uff1d1+2","\n=1+2"\n4712,"\uff0b1","\t-1"\n')
    f.write(f'4711,x,y\n,"{quoted}",z\n')
# A lab, its titles and names of nodes, and a script that ends with a sentence.
os.makedirs(f'{work}/lab')
quoted = one(bad).replace('"', "'")
open(f'{work}/lab/lab.gv', 'w').write(f'''graph g {{
    graph [label="{quoted}", duration="20s"]
    "a {quoted}" [role=ua, label="{quoted}"]
    bob [role=ua, label="{quoted}", answer="2s"]
    "a {quoted}" -- bob
}}''')
open(f'{work}/lab/call.gv', 'w').write(f'''graph g {{
    graph [label="{quoted}", duration="20s"]
    alice [role=ua, label="{quoted}"]
    bob [role=ua, label="{quoted}", answer="2s"]
    alice -- bob
}}''')
def script(path, rest):
    open(path, 'w').write(f'''lab {{ title = [==[{one(bad)}]==], topology = "call.gv" }}
script(function()
    node("alice"):invite(node "bob")
    sleep "5s"
    {rest}
end)
''')
script(f'{work}/lab/lab.lua', '')
open(f'{work}/lab/README.md', 'w').write('# A lab\n\n## Tasks\n\n1. Which?\n\n2. What?\n')
open(f'{work}/lab/check.lua', 'w').write(f'''lesson {{ minutes = 5, level = 1 }}
task {{ choice = {{ {{ [==[%50%{one(bad)}]==], why = [==[%50%{one(bad)}]==] }},
    {{ [==[[html]{one(bad)}]==], why = [==[[html]{one(bad)}]==] }},
    {{ "this", right = true }} }}, rule = "invite-ack" }}
task {{ text = function(t) return [==[%50%{one(bad)}]==] end,
    wrong = {{ {{ [==[[html]{one(bad)}]==], why = [==[[html]{one(bad)}]==] }} }},
    rule = "invite-ack", why = [==[%50%{one(bad)}]==] }}
''')
script(f'{work}/lab/error.lua', f'error [==[{bad}]==]')
# A capture: a display name, a reason, a body, a field's name; of one line, as
# the lines of a message are shown as such.
one = one(bad)
def frame(src, dst, text):
    data = text.encode()
    udp = (5060).to_bytes(2, 'big') * 2 + (8 + len(data)).to_bytes(2, 'big') + b'\0\0' + data
    ip = (b'\x45\0' + (20 + len(udp)).to_bytes(2, 'big') + b'\0\0\0\0\x40\x11\0\0'
          + bytes([192, 0, 2, src]) + bytes([192, 0, 2, dst]) + udp)
    return ip
heads = (f'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n'
         f'From: "{one.replace(chr(34), "")}" <sip:alice@a.example>;tag=1\r\n'
         f'To: <sip:b.example>\r\nCall-ID: {one.replace(" ", "")}@a\r\nCSeq: 1 INVITE\r\n'
         f'User-Agent: {one}\r\nWarning: 399 a "{one}"\r\nX-{one}: 1\r\n'
         f'Subject: {one}\r\nContent-Type: text/plain\r\nContent-Length: {len(one.encode())}\r\n\r\n{one}')
with open(f'{work}/call.pcap', 'wb') as f:
    f.write(bytes.fromhex('d4c3b2a1020004000000000000000000ffff000065000000'))
    for i, (src, dst, line) in enumerate([(1, 2, 'INVITE sip:b.example SIP/2.0'),
            (2, 1, f'SIP/2.0 486 {one}')]):
        p = frame(src, dst, f'{line}\r\n{heads}')
        for n in (1000 + i, 0, len(p), len(p)):
            f.write(n.to_bytes(4, 'little'))
        f.write(p)
open(f'{work}/call.sip', 'w', newline='').write(
    f'INVITE sip:b.example SIP/2.0\r\n{heads}')
END

# What was written, each file by what it is.
cat > "$work/look.py" << 'END'
import csv, io, json, os, re, sys
bad = open(sys.argv[1], newline='').read()
hidden = re.compile('[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f'
                    '\u2028-\u202e\u2060-\u206f\ufff9-\ufffb]')
forms = {}
def tell(path, what, near=''):
    print(f'{os.path.basename(path)}: {what}: {near!r}')
def around(text, at):
    return text[max(0, at - 40):at + 40]
def look(path):
    kind = path.rsplit('.', 1)[-1]
    raw = open(path, 'rb').read()
    forms[kind] = forms.get(kind, 0) + 1
    try:
        text = raw.decode()
    except UnicodeDecodeError as e:
        return tell(path, 'no UTF-8', raw[max(0, e.start - 20):e.start + 20])
    if kind == 'csv':
        text = text.removeprefix('\ufeff').replace('\r\n', '\n')
    m = hidden.search(text)
    if m:
        tell(path, 'a control', around(text, m.start()))
    m = re.search(r'(?m)^\s*["\']?=cmd', text)
    if m:
        tell(path, 'a line of its own', around(text, m.start()))
    if kind == 'csv':
        rows = list(csv.reader(io.StringIO(text)))
        if len({len(r) for r in rows}) > 1:
            tell(path, 'rows of several lengths', [len(r) for r in rows])
        for cell in (c for r in rows for c in r):
            if re.match('[\\s]*[=+@\uff1d\uff0b\uff0d\uff20-]', cell) and \
               not re.fullmatch(r'-?[0-9.]+', cell):
                tell(path, 'a formula', cell)
    if kind == 'json':
        json.loads(text)
    if kind in ('html', 'svg', 'xml') and re.search('<script>alert|javascript:x["\']', text):
        tell(path, 'markup', around(text, text.index('alert')))
    if kind == 'html' and text.count('Content-Security-Policy') != 1:
        tell(path, 'no policy')
    if kind == 'md':
        plain = re.sub(r'(?ms)^ *(`{3,})[^`\n]*\n.*?^ *\1`*$', '', text)
        plain = re.sub(r'(?m)^    .*$', '', plain)
        plain = re.sub(r'(?s)(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)', '', plain)
        for m in re.finditer(r'(?<!\\)(<script|\[a\]\(|~#)', plain):
            tell(path, 'markup', around(plain, m.start()))
    if kind == 'gift':
        bare = re.sub(r'\\.', 'E', text)
        n = len(re.findall(r'(?m)^::', bare))
        if bare.count('{') != n or bare.count('}') != n:
            tell(path, 'braces', (bare.count('{'), bare.count('}'), n))
        for m in re.finditer(r'[=~]%50%|[=~#](%100%|%0%)?\[html\]', bare):
            tell(path, 'a weight or a format', around(bare, m.start()))
for path in sys.argv[2:]:
    look(path)
print('forms:', ' '.join(f'{k}={forms[k]}' for k in sorted(forms)), file=sys.stderr)
END

"$RUNG" copy direct-call "$work/mine" --student=2023001 > /dev/null 2>&1
"$RUNG" hand-in "$work/mine" -o "$work/m.rung" > /dev/null 2>&1
ok "hostile inputs" python3 "$work/make.py" "$work" "$work/m.rung"
bad=$(cat "$work/bad")
name=$(cat "$work/name")
plain=$(cat "$work/plain")
out=$work/out
mkdir "$out"

# try FORM COMMAND…: what it prints, as out/N.FORM; -o %: what it writes there.
n=0
try() {
	form=$1
	shift
	n=$((n + 1))
	for arg in "$@"; do
		shift
		[ "$arg" != % ] || arg=$out/$n.$form
		set -- "$@" "$arg"
	done
	timeout 60 "$rung" "$@" > "$out/$n-out.txt" 2> "$out/$n-err.txt" < /dev/null
	status=$?
	echo "$n: $*" >> "$work/commands"
	[ "$status" -le 2 ] && good || bad "command $n" "status $status"
}

for form in txt csv json html; do
	try "$form" check --class "$work/in" --roster="$work/class.csv" --deadline=2026-11-30 -o %
	try "$form" check "$work/one.rung" -o %
done
try txt check --class "$work/in" --roster="$work/class.csv" --deadline=2026-11-30
try txt check --class "$work/in/all.zip"
try txt check "$work/one.rung"
try txt check "$work/in/$name.rung"
says "a number is a line" "contains a line end" "$RUNG" copy direct-call "$work/x" --student="$bad"
ok "a lab's copy" "$RUNG" copy direct-call "$work/$name" --student="$plain"
for form in md html; do
	try "$form" report "$work/$name" -o %
	try "$form" worksheet direct-call --student="$plain" -o %
	try "$form" worksheet direct-call --roster="$work/class.csv" -o %
	try "$form" worksheet direct-call --roster="$work/class.csv" --teacher -o %
done
try gift worksheet direct-call --student="$plain" -o %
try gift worksheet "$work/lab" -o %
try html worksheet "$work/lab" --teacher -o %
try txt hand-in "$work/$name" -o "$work/$name.rung"
try txt check "$work/$name"
try txt "$bad"
try txt show "$bad" "$bad"
try txt run "$work/lab/lab.gv"
try txt run "$work/lab/error.lua"
try txt run "$work/lab" -o "$work/lab.jsonl"
try txt run "$work/lab" --set "$bad=$bad" --act "$bad"
try txt sweep "$work/lab/error.lua" --seed=1..2 -o "$work/failing $name"
try txt sweep --part=all "$work/failing $name"
try csv inspect "$work/lab.jsonl" "$bad" -o %
# A trace that nobody has run: its nodes are called as they like.
python3 -c '
import json, sys
bad = json.dumps(open(sys.argv[1], newline="").read())
sys.stdout.write(sys.stdin.read().replace("\"alice\"", bad))
' "$work/bad" < "$work/lab.jsonl" > "$work/forged.jsonl"
for file in call.pcap lab.jsonl forged.jsonl; do
	at=$work/$file
	try txt show "$at"
	try txt show --ladder "$at"
	try txt show "$at" 1
	try txt show --calls "$at"
	try txt explain "$at" 2
	try txt diff "$at" "$work/call.pcap"
	for form in txt json csv html svg; do
		try "$form" inspect "$at" -o %
	done
	for form in txt md html svg gv; do
		try "$form" export "$at" --messages -o %
	done
	for form in json mmd puml; do
		try "$form" export "$at" -o %
	done
done
try jsonl export "$work/call.pcap" -o %
try txt parse "$work/call.sip"
ok "the lab was run" test -s "$work/lab.jsonl"
python3 "$work/look.py" "$work/bad" "$out"/* > "$work/faults" 2> "$work/forms"
if [ -s "$work/faults" ]; then
	cp "$work/faults" "$work/.output"
	bad "nothing but texts" "$(wc -l < "$work/faults") faults"
else
	good
fi
for form in txt csv json html md gift svg gv mmd puml jsonl; do
	ok "there was $form" grep -q " $form=[1-9]" "$work/forms"
done
says "a date that is none is late" "counts as late" cat "$out/1.txt"

# A folder whose name goes on as a command: the plan's lines are what they are.
mkdir "$work/cwd"
folder="$work/cwd/a b
touch owned; \$(touch owned) 'x"
ok "a sweep" "$RUNG" sweep topologies/direct-call.gv --seed=1..2 -o "$folder"
for plan in parallel slurm; do
	"$RUNG" sweep --plan="$plan" -o "$folder" > "$work/plan" 2>&1
	says "$plan: as one line" " sweep --part=" cat "$work/plan"
	(cd "$work/cwd" && PATH=$(dirname "$rung"):$PATH SLURM_ARRAY_TASK_ID=1 sh "$work/plan") > /dev/null 2>&1
	fails "$plan: runs nothing else" 1 test -e "$work/cwd/owned"
done
finish
