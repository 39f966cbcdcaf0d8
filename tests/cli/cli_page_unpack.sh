# What a page has packed, of few labs and of many, is what its scripts unpack; a byte that was
# changed is noticed.  An archiver packs less text by less memory, which the page must know.
. tests/fixtures/check.sh

engine=$PWD/build/page
[ -f "$engine/unpacker.js" ] || { skip "make page was not called"; finish; exit; }
command -v 7zz > /dev/null || { skip "there is no 7zz"; finish; exit; }
command -v node > /dev/null || { skip "there is no node"; finish; exit; }

n=0
while read -r labs; do
	n=$((n + 1))
	# shellcheck disable=SC2086
	ok "a page of: $labs" "$RUNG" page $labs --engine="$engine" -o "$work/$n.html"
done <<'L'
direct-call
direct-call handout-requests overloaded
busy cancel conference crash dtmf enum forking handset-call history ims-call registration
L
node tests/page/unpack.js "$engine/unpacker.js" "$work"/*.html "$engine/../rung.html" > "$work/said" 2>&1
gives "what is unpacked" "texts right noticed
prose right noticed
texts right noticed
prose right noticed
texts right noticed
prose right noticed
texts right noticed
prose right noticed" sed 's/^[^ ]* //' "$work/said"
finish
