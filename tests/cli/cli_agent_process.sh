# A program of a student's in Python, judged as one in Lua is: only where processes may
# run, in a folder, a hand-in and a class; what goes wrong has its file and line.
. tests/fixtures/check.sh
if ! command -v python3 > /dev/null; then
	skip "there is no Python"
	finish
	exit
fi

rung=$(readlink -f "$RUNG")
labs=$PWD/labs
cd "$work" || exit

# The block "python FILE" of a lab's model solution.
model() { # LAB FILE
	awk -v head="\`\`\`python $2" '$0 == head { on = 1; next } /^```$/ { on = 0 } on' \
		"$labs/$1/answers.md"
}
# What is said of it, once for each program.
judged() {
	cksum box/"$file" > sum
	cmp -s sum sum.before || "$rung" check --processes box > said 2>&1
	mv sum sum.before
	cat said
}
lab() { # LAB FILE
	lab=$1 file=$2
	rm -rf box
	"$rung" copy "$lab" box > copied 2>&1
}
# The model, but for what SED changes.
without() { # SED
	model "$lab" "$file" | sed "$1" > box/"$file"
	ok "“$1” changes it" sh -c '! cmp -s "$1" "$2"' - box/"$file" whole.py
}

lab python-redirect redirect.py
says "the program as the lab has it is none" "3   MISSING   0/6" judged
cp box/redirect.py own.py
echo "# Mine." >> box/redirect.py
says "nor is it with a remark" "3   BAD       0/6" judged
says "… and is told why" "the lab's own program meets as much" judged
model "$lab" "$file" > whole.py
cp whole.py box/redirect.py
says "a process is not run unasked" "3   TAKEN     -/6" "$rung" check box
says "… in one sentence" "redirect.py is not run: it may do all that you may." "$rung" check box
says "the model is worth all" "3   GOOD      6/6" judged
ok "the same twice" sh -c '"$1" check --processes box 2>&1 | cmp - said' - "$rung"
says "in Chinese" "没有运行 redirect.py" "$rung" --lang=zh check box
mkdir class
ok "handed in" "$rung" hand-in box --student=7 -o class/box.rung
rm -r box
says "a hand-in is not run unasked" "3   TAKEN     -/6" "$rung" check class/box.rung
says "… but where that is wanted" "3   GOOD      6/6" "$rung" check --processes class/box.rung
"$rung" check --class=class -o class.csv > /dev/null 2>&1
ok "nor is a class" sh -c '! grep -q ",6\(,\|$\)" class.csv'
"$rung" check --class=class --processes -o class.csv > /dev/null 2>&1
ok "… but where that is wanted" grep -q ',6\(,\|$\)' class.csv

# Mistakes that come up.
lab python-redirect redirect.py
without 's/ or uri\[2\] != domain//'
says "a redirect server of all domains" "✗ the Request-URI is of another domain: 300, where 404 is right" judged
without 's/300 if len(contacts) > 1 else //'
says "302 with two Contacts" "✗ Bob has two phones: 300, with both Contacts" judged
without 's/"sips?:"/"sip:"/'
says "no sips" "✗ the Request-URI is a SIPS URI: 416, where 3xx is right" judged
without 's/return 301, /return 302, /'
says "who has moved for good" "✗ Dave has moved for good: 301 with his new one" judged

lab python-registrar registrar.py
model "$lab" "$file" > whole.py
cp whole.py box/registrar.py
says "the model of a registrar" "3   GOOD      8/8" judged
without 's/ and mine\[uri\]\[2\] >= cseq/ and False/'
says "a registrar that looks at no CSeq" "✗ overtaken: 1 of 12 faults leave something broken" judged
says "… by its goal" "A binding that was shortened must not become longer again" judged
without 's/first(event, "Expires", USUAL)/USUAL/'
says "one that reads no field Expires" "✗ A time in the field Expires counts" judged
without 's/len(contacts) > 1 or //'
says "one that takes * beside another Contact" "✗ another Contact stands beside *: 200, where 400 is right" judged
without 's/event\["headers"\].get("Contact", \[\])/event["headers"]["Contact"]/'
line=$(grep -n '\["headers"\]\["Contact"\]' box/registrar.py | cut -d: -f1)
judged > /dev/null
says "one that fails where there is no Contact" "registrar.py:$line: KeyError: 'Contact'" \
	sh -c 'tr -s "\n " "  " < said'
says "… has what it earned" "✓ Bob's Contact is in the 200" judged

# Programs that are hostile.
echo 'while True: pass' > box/registrar.py
says "one that never answers" "python3 has not answered within 5 s" judged
says "… is started three times" "3   BAD       0/8" judged
echo 'import os; os.system("sleep 61 &"); print("[]" * 200000)' > box/registrar.py
says "one that says no JSON" "3   BAD       0/8" judged
gives "… and leaves nothing behind" 0 sh -c 'ps -eo args | grep -c "[s]leep 61"; true'
gives "nor folders" 0 sh -c 'ls -d "${TMPDIR:-/tmp}"/rung-program-* 2> /dev/null | wc -l'
finish
