# rung page of a package or a bundle had no engine where make page was not made
# before, and who had made them was told nothing.  Half of an engine is none.
. tests/fixtures/check.sh
unset RUNG_SHARE
if sanitized; then
	skip "what is installed is the same for every build"
	finish
	exit
fi
make_here() {
	make -s -o all -o "$RUNG" B="$(dirname "$RUNG")" PAGE="$work/page" \
		DESTDIR="$work/root" PREFIX=/usr SHARED=labs/direct-call/lab.lua \
		TEACHERS=labs/direct-call/answers.md DOCUMENTS=LICENSE "$@"
}
said() { # what make deb and make bundle say at their end
	printf 'include Makefile\nsaid:; @$(SAY_ENGINE)\n' | make_here -f - said
}
page() {
	(cd "$work" && "$work/root/usr/bin/rung" page -o page.html)
}

mkdir "$work/page"
says "no engine" "rung page can't be used from it: its engine is missing" said
echo engine > "$work/page/engine.lzma"
says "half an engine" "its engine is missing" said
ok "install" make_here install
ok "none of it is installed" test ! -e "$work/root/usr/share/rung/page"
fails "rung page" 2 page
says "what is missing" "make page builds the engine for a browser" page
echo worker > "$work/page/worker.js"
said > "$work/.output"
empty "with both nothing is said"
ok "install both" make_here install
ok "rung page has it" page
says "in the page" 'id="a-worker"' cat "$work/page.html"
for target in deb bundle; do
	says "make $target says it" '$(SAY_ENGINE)' \
		sed -n "/^$target: /,/^\$/p" assets/packaging.mk
done
finish
