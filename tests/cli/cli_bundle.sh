# make bundle's archive: unpacked anywhere it needs nothing of the machine, has all
# that rung loads or starts, says whose it is and carries no answers.  Where it has
# not been made this is skipped; tests/bare.sh runs it on Debians that
# have nothing else (BUNDLE: what was unpacked; WANTED, WANTED_PICTURE: the sums of a
# trace and of a picture with letters of all kinds, of the program as it was built).
. tests/fixtures/check.sh
here=$(pwd)
: "${BUNDLE:=$(ls -d "$(dirname "$RUNG")"/bundle/rung-*-"$(uname -m)" 2> /dev/null)}"
if sanitized || [ ! -x "$BUNDLE/bin/rung" ]; then
	skip "there is no bundle (make bundle)"
	finish
fi
BUNDLE=$(cd "$BUNDLE" && pwd)
lib=$BUNDLE/lib/rung doc=$BUNDLE/share/doc/rung
: "${WANTED:=$("$RUNG" run -q labs/two-proxies -o - | sha256sum)}"
picture="export -m two-proxies --size=a4 --page=3"
# shellcheck disable=SC2086  # a list of words
: "${WANTED_PICTURE:=$("$RUNG" $picture -f png -o - | sha256sum)}"
mkdir -p "$work/a folder/bin" "$work/home"
ln -s "$BUNDLE" "$work/a folder/rung"
ln -s "../rung/bin/rung" "$work/a folder/bin/rung"
cd "$work/home" || exit 1

# As whoever has unpacked it types it: of what the tests have set it knows nothing.
bundle() {
	env -i HOME="$work/home" PATH=/usr/bin:/bin TERM=xterm \
		"$work/a folder/bin/rung" "$@"
}
kind() { # FILE
	head -c 4 "$1" | tr -cd '[:print:]'
}

# ---- all is inside ----
bundle --version > "$work/.output"
ok "the version" grep -q '^rung [0-9]' "$work/.output"
fails "all that is loaded is found" 1 grep "not found" "$work/.output"
for file in "$lib/rung" "$lib/dot" "$lib"/*.so.* "$lib"/graphviz/*.so.* "$lib"/gconv/*.so; do
	"$lib/ld.so" --library-path "$lib" --list "$file" |
		grep -vF -e "=> $lib/" -e linux-vdso -e "$lib/ld.so" -e "statically linked"
done > "$work/.output" 2>&1
empty "no library comes from elsewhere"

# ---- it works ----
gives "a lab's trace is the same" "$WANTED" \
	sh -c '"$@" | sha256sum' - "$work/a folder/bin/rung" run -q two-proxies -o -
ok "a handset" bundle run -q handset-call -o handset.jsonl
says "its processor" "instructions" bundle show handset.jsonl --at=1s
for file in machine.svg machine.png machine.pdf; do
	ok "$file" bundle export two-proxies --machine=ICT -o $file
done
ok "a network" bundle export --what=network two-proxies -o network.svg
ok "a figure" bundle export two-proxies -o ladder.svg
gives "SVG" "<?xm<?xm<?xm" sh -c 'for f; do head -c 4 "$f"; done' - \
	machine.svg network.svg ladder.svg
gives "PNG" "PNG" kind machine.png
gives "PDF" "%PDF" kind machine.pdf
# shellcheck disable=SC2086
{
	ok "a page with letters of all kinds" bundle $picture -o page.svg
	says "italic, too" "font-style:italic" cat page.svg
	ok "as PNG" bundle $picture -o page.png
}
gives "drawn by the same fonts" "$WANTED_PICTURE" sh -c 'sha256sum < "$1"' - page.png
ok "paper in Chinese" bundle --lang=zh worksheet first-call -o paper.pdf
if command -v pdffonts > "$work/.output"; then
	says "with letters" "WenQuanYi" pdffonts paper.pdf
fi
ok "a page" bundle export two-proxies -f html -o page.html
if [ -e "$BUNDLE/share/rung/page/engine.lzma" ]; then
	ok "a page that runs labs" bundle page -o labs.html
fi
ok "a capture" bundle show "$doc/examples/calls.pcap"
ok "a copy" bundle copy direct-call mine --student=2023001
fails "nothing is answered" 1 bundle check mine
ok "a hand-in" bundle hand-in mine
says "commands name what can be typed" "$BUNDLE/bin/rung sweep --part" \
	bundle sweep two-proxies --seed=1..2 -o plan --plan
printf '\321\247\272\305,\320\325\303\373\n2023001,\262\342\312\324\n' > roster.csv
mkdir class
mv mine direct-call-2023001.rung class
says "GB 18030" "2023001 测试" \
	bundle --lang=zh check --class class --lab direct-call --roster=roster.csv
timeout "$patience" "$work/a folder/bin/rung" serve --tls --address=:0 > "$work/class" 2>&1 &
class=$!
until grep -q Certificate "$work/class" || ! kill -0 $class; do sleep 0.1; done
kill $class
says "a class over TLS" "Certificate" cat "$work/class"
# The machine knows no such terminal.
screen() {
	while sleep 0.1; do printf q || break; done |
		TERM=tmux-256color TERMINFO_DIRS=/none timeout "$patience" \
			script -qec "'$work/a folder/bin/rung' play --student=1 two-proxies" /dev/null
}
if has_terminal; then
	says "a screen" "two proxies" screen
fi

# ---- whose it is, and for whom ----
says "for students" "the package rung-teacher" bundle check --teacher direct-call
find "$BUNDLE/share/rung/labs" -name 'answers*.md' > "$work/.output"
empty "no answers"
says "the licence" "GNU GENERAL PUBLIC LICENSE" cat "$doc/LICENSE"
says "sources" "glibc 2." cat "$doc/SOURCES"
# Some names end in t64 from Debian 13 on.
for package in libunicorn2 libc6 fonts-dejavu-core fonts-dejavu-extra graphviz librsvg2-2; do
	ok "the terms of $package" \
		sh -c 'cat "$1" 2> /dev/null || cat "$1t64"' - "$doc/libraries/$package"
done
ok "the texts that these name" test -s "$doc/libraries/GPL-2"
archive=$(ls "$BUNDLE".tar.gz 2> /dev/null)
[ -z "$archive" ] || ok "at most 40 MB" \
	test "$(($(wc -c < "$archive") / 1000000))" -le 40
teachers=$(ls "$BUNDLE"/../rung-*-teacher.tar.gz 2> /dev/null)
if [ -n "$teachers" ]; then
	tar -C "$work" -xzf "$teachers"
	ok "answers, for teachers alone" \
		test -s "$work/${BUNDLE##*/}/share/rung/teachers/labs/busy/answers.md"
fi
cd "$here" || exit 1
finish
