# rung page --scorm: what is in the package, and its page in a headless Chromium within a learning
# platform that holds it to SCORM 1.2 (tests/page/lms.js).  A few labs are tried, each day others
# (DAY=20261129 those of that day); LABS=all: each.  Where make page was not called, or there is no
# Chromium or node, nothing is opened.
. tests/fixtures/check.sh

command -v python3 > /dev/null || { skip "there is no python3"; finish; exit; }

# ---- what is in it; any two files are an engine here ----

mkdir "$work/engine" "$work/set"
echo wasm > "$work/engine/engine.lzma"
echo script > "$work/engine/worker.js"
# package FOLDER…: of these labs, unpacked.
package() {
	rm -rf "$work/x" "$work/x.zip"
	"$RUNG" page "$@" --scorm --engine="${engine:-$work/engine}" -o "$work/x.zip" &&
		python3 -m zipfile -e "$work/x.zip" "$work/x"
}
hostile='a <i>&amp; "b#'
"$RUNG" new lab "$work/own" 2> "$work/new" || cat "$work/new"
cp -r "$work/own" "$work/set/$hostile"
ok "a package" package busy "$work/set/$hostile"
gives "its files" "imsmanifest.xml index.html" sh -c "ls '$work/x' | paste -sd ' '"
ok "a page" "$RUNG" page busy "$work/set/$hostile" --engine="$work/engine" -o "$work/page.html"
ok "as it is" cmp "$work/page.html" "$work/x/index.html"
cp "$work/x.zip" "$work/before.zip"
package busy "$work/set/$hostile"
ok "the same bytes" cmp "$work/before.zip" "$work/x.zip"
# What says of the manifest that is read as a platform reads it.
cat > "$work/manifest.py" << 'S'
import sys, urllib.parse, xml.etree.ElementTree as xml
cp, adl = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}", "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
m = xml.parse(sys.argv[1]).getroot()
assert m.tag == cp + "manifest", m.tag
print(m.findtext(f"{cp}metadata/{cp}schema"), m.findtext(f"{cp}metadata/{cp}schemaversion"))
all = m.find(cp + "organizations")
one = all.find(cp + "organization")
assert all.get("default") == one.get("identifier")
resources = {r.get("identifier"): r for r in m.iter(cp + "resource")}
seen = set()
for i in one.iter(cp + "item"):
    r = resources[i.get("identifierref")]
    assert i.get("identifier") not in seen
    seen.add(i.get("identifier"))
    assert (r.get("type"), r.get(adl + "scormtype")) == ("webcontent", "sco")
    assert [f.get("href") for f in r.iter(cp + "file")] == [r.get("href")]
    print(r.get("href") + "#lab=" + urllib.parse.unquote(i.get("parameters").removeprefix("#lab=")), i.findtext(cp + "title"))
S
cat > "$work/want" << S
ADL SCORM 1.2
index.html#lab=busy Bob is busy
index.html#lab=$hostile $(sed -n 's/.*title = "\([^"]*\)".*/\1/p' "$work/own/lab.lua")
S
python3 "$work/manifest.py" "$work/x/imsmanifest.xml" > "$work/said" 2>&1
ok "its manifest" diff "$work/want" "$work/said"

# ---- the keys of a graded set ----

rung=$(realpath "$RUNG")
(cd "$work" && RUNG_SHARE=${RUNG_SHARE:-$OLDPWD} "$rung" new exam graded direct-call > "$work/new" 2>&1) || cat "$work/new"
package "$work/graded/teacher" 2> "$work/why" && bad "a package of the keys of a graded set"
ok "its keys are refused" grep -q 'it contains the right answers of a graded set' "$work/why"
gives "nothing is written" "" sh -c "ls '$work/x' 2> /dev/null"
ok "of its questions" package "$work/graded/students"
node tests/page/texts.js "$work/x/index.html" > "$work/texts"
# What the teacher's folder says and the students' does not, in texts of some length.
cat > "$work/keys.py" << 'S'
import json, os, re, sys
texts, teacher, students = sys.argv[1:]
def strings(folder):
    said = set()
    for at, _, files in os.walk(folder):
        for f in files:
            text = open(os.path.join(at, f), encoding="utf-8").read()
            said |= {s for s in re.findall(r'"([^"\n]{12,})"', text) if f == "check.lua"}
    return said
page = "\n".join(json.load(open(texts, encoding="utf-8"))["texts"].values())
keys, questions = strings(teacher) - strings(students) - set(os.listdir(teacher + "/labs")), strings(students)
print(len(keys) > 10, len(questions) > 5, sum(k in page for k in keys), sum(q not in page for q in questions))
S
gives "its keys are not in it" "True True 0 0" \
	python3 "$work/keys.py" "$work/texts" "$work/graded/teacher" "$work/graded/students"

# ---- in a browser ----

engine=$PWD/build/page
[ -f "$engine/engine.lzma" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

day=${DAY:-$(date +%Y%m%d)} many=4
[ "${LABS:-}" != all ] || many=1000
for lab in $(ls labs | grep -vx plans); do
	echo "$(echo "$day $lab" | cksum | cut -d ' ' -f 1) $lab"
done | sort -n | cut -d ' ' -f 2 | grep -vx direct-call | head -n $many > "$work/sample"
# shellcheck disable=SC2046
ok "a package for the browser" package direct-call "$work/graded/students" $(cat "$work/sample")
timeout "$patience" node --experimental-websocket tests/page/scorm.js "$RUNG" "$work/x" 2023007 > "$work/said" 2> /dev/null
gives "what goes wrong (DAY=$day)" "" grep -v ' ok$' "$work/said"
gives "what was tried" "$(($(wc -l < "$work/sample") + 2 + 12))" grep -c ' ok$' "$work/said"
finish
