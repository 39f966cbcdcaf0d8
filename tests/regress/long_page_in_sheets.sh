# A long ladder in the page is cut into sheets, of which the browser draws those that are near:
# all rows are there once, a step changes the rows it concerns and no others, the browser's
# own search and paper have all of it, and a page that was saved as it stood goes on.
. tests/fixtures/check.sh
. tests/fixtures/browser.sh
has_browser || finish

mkdir "$work/long"
cp topologies/two-proxies.gv "$work/long"
cat > "$work/long/lab.lua" << 'LAB'
lab { title = "600 messages", topology = "two-proxies.gv", duration = "3600s" }
local alice, bob = node "alice", node "bob"
script(function()
	wait(bob, "registered")
	for i = 1, 30 do
		local call = alice:invite "sip:bob@biloxi.example.com"
		wait(call, "confirmed")
		sleep "1s"
		call:bye()
		wait(call, "terminated")
	end
end)
LAB
"$RUNG" run -q "$work/long" -o "$work/long.jsonl"
"$RUNG" export "$work/long.jsonl" -o "$work/page.html"
n=$("$RUNG" export -f json "$work/long.jsonl" | grep -o '"item":"' | grep -c '')

rows='document.querySelectorAll("#p-picture g[id^=r]")'
once='(() => { const all = Array.from(document.querySelectorAll("[id]"), (e) => e.id); return new Set(all).size === all.length; })()'
# How many elements of the picture change meanwhile.
changes() {
	echo "do window.seen = new Set(); window.watch = new MutationObserver((l) => l.forEach((m) => seen.add(m.target))); watch.observe(document.getElementById('p-picture'), { attributes: true, subtree: true })"
	echo "key $1"
	echo 'do new Promise((r) => setTimeout(r, 50))'
	echo 'is seen.size > 0 && seen.size < 12 ? "few" : seen.size'
	echo 'do watch.disconnect()'
}
bright='Array.from(document.querySelectorAll(".p-bright")).filter((e) => e.getAttribute("height") > 0).map((e) => e.getBoundingClientRect()).filter((b) => b.top > 0 && b.bottom < innerHeight).length'
veiled='Array.from(document.querySelectorAll(".p-future")).filter((e) => e.getAttribute("height") > 0).length'
{
	echo 'wait document.readyState === "complete"'
	echo 'is document.querySelectorAll(".p-sheets > div").length > 5'
	echo "is $rows.length"
	echo "is $once"
	echo "is ${rows}[0].checkVisibility({ contentVisibilityAuto: true })"
	echo "is ${rows}[$rows.length - 1].checkVisibility({ contentVisibilityAuto: true })"
	changes ArrowRight
	changes ArrowRight
	changes ArrowLeft
	echo 'is document.querySelectorAll(".p-is-now").length'
	echo "is $bright"
	echo "is $veiled === document.querySelectorAll('.p-sheets > div').length"
	echo 'key End'
	echo "is $bright"
	echo "is $veiled"
	echo 'is document.querySelectorAll(".p-is-future").length'
	echo "wait ${rows}[$rows.length - 1].checkVisibility({ contentVisibilityAuto: true })"
	echo 'key Home'
	echo "is document.querySelectorAll('.p-is-future').length === $rows.length"
	echo 'is window.find(Array.from(document.querySelectorAll(".times text")).pop().textContent)'
	echo 'key ArrowRight'
	echo 'do window.dispatchEvent(new Event("beforeprint"))'
	echo "is document.querySelectorAll('#p-pages g > path, #p-pages g g > path').length >= $rows.length"
	echo 'is document.querySelectorAll("#p-messages details").length > 590'
	echo 'do window.dispatchEvent(new Event("afterprint"))'
	echo 'do window.html = "<!DOCTYPE html>" + document.documentElement.outerHTML'
	echo 'do new Promise((r) => { const a = document.createElement("a"); a.href = URL.createObjectURL(new Blob([html])); a.download = "saved.html"; a.click(); setTimeout(r, 100); })'
	echo 'saved saved.html'
} > "$work/steps"
DOWNLOADS=$work browse "file://$work/page.html" < "$work/steps" > "$work/said"
gives "in sheets" "true
$n
true
true
false
few
few
few
1
1
true
1
1
0
true
true
true
true" cat "$work/said"

browse "file://$work/saved.html" << S > "$work/said"
wait document.readyState === "complete"
is $rows.length
is $once
key ArrowRight
is document.body.dataset.step
is document.querySelectorAll(".p-is-now").length
is $bright
is document.getElementById("p-message-body").textContent.length > 100
S
gives "saved" "$n
true
2
1
1
true" cat "$work/said"
finish
