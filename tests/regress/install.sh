# make install builds nothing anew whatever PREFIX says, installs documents whole
# and under their terms, and make uninstall takes away what it brought.
. tests/fixtures/check.sh
unset RUNG_SHARE
build=$(dirname "$RUNG")
if sanitized; then
	skip "what is installed is the same for every build"
	finish
fi

# The program as it is built is what is installed: make is told so (-o), since
# another make may be at work on it.
make_here() {
	make -s -o all -o "$RUNG" B="$build" DESTDIR="$work/root" "$@"
}

says "a PREFIX is no flag of the compiler" "same" sh -c '
	a=$(make -pn help PREFIX=/a 2> /dev/null | sed -n "s/^CPPFLAGS [:+]*= //p")
	b=$(make -pn help PREFIX=/b 2> /dev/null | sed -n "s/^CPPFLAGS [:+]*= //p")
	[ -n "$a" ] && [ "$a" = "$b" ] && echo same'
mkdir -p "$work/root/opt/share/doc/rung" "$work/root/opt/share/rung/labs/own"
echo mine > "$work/root/opt/share/rung/labs/own/lab.lua"
ok "install" make_here install PREFIX=/opt
to=$work/root/opt
ok "the program" test -x "$to/bin/rung"
has_symbols() {
	readelf -S "$1" | grep -qF .symtab
}
ok "what is built has its symbols" has_symbols "$RUNG"
fails "what is installed has none" 1 has_symbols "$to/bin/rung"
readelf -n "$RUNG" > "$work/notes"
readelf -n "$to/bin/rung" > "$work/notes-installed"
ok "its notes are kept" cmp "$work/notes" "$work/notes-installed"
says "it finds its labs from anywhere" "two-proxies" \
	sh -c 'cd / && "$1" labs' - "$to/bin/rung"
says "and runs one" "INVITE" sh -c 'cd / && "$1" run two-proxies' - "$to/bin/rung"
says "a topology of its own" "INVITE" sh -c 'cd / && "$1" run star.gv' - "$to/bin/rung"

# ---- what is for teachers ----
fails "no answers among the labs" 1 sh -c \
	'cd "$1" && find share/rung/labs -name "answers*.md" | grep .' - "$to"
says "the right answers" "model solution" sh -c \
	'cat "$1"/share/rung/teachers/labs/direct-call/answers.md |
		tr A-Z a-z' - "$to"
says "in both languages" "Model solution" \
	cat "$to/share/rung/teachers/labs/direct-call/answers.zh.md"
says "which a teacher asks for" "c)" \
	sh -c 'cd / && "$1" check --teacher direct-call' - "$to/bin/rung"

# As the package for students has it, without the one for teachers.
cp assets/deb/for-students "$to/share/rung/for-students"
says "with what is for teachers" "c)" \
	sh -c 'cd / && "$1" check --teacher direct-call' - "$to/bin/rung"
mv "$to/share/rung/teachers" "$work/teachers"
for teachers in "check --teacher direct-call" \
	"worksheet first-call --teacher -o $work/key.md"; do
	# shellcheck disable=SC2086  # words
	fails "for students: $teachers" 2 "$to/bin/rung" $teachers
	says "what is missing" "the package rung-teacher" cat "$work/.output"
done
mv "$work/teachers" "$to/share/rung/teachers"
rm "$to/share/rung/for-students"

# ---- the documents ----
doc=$to/share/doc/rung
for file in README.md LICENSE docs/LICENSES.md docs/roles/proxy.md \
	assets/handset/NOTICES assets/handset/licences/LGPL-2.1.txt; do
	ok "installed: $file" cmp "$file" "$doc/$file"
done
(cd "$doc" && grep -Hro --include='*.md' '](\([^)#]*\)' .) |
	sed -e 's,:](, ,' -e '/ https*:/d' | sort -u > "$work/links"
while read -r file link; do
	[ -z "$link" ] || ok "$file leads to $link" \
		test -e "$doc/${file%/*}/$link"
done < "$work/links"
says "the licence" "GNU GENERAL PUBLIC LICENSE" cat LICENSE
for library in $(sed -n '/^LIBS/,/[^\\]$/p; /^LATE/,/[^\\]$/p' Makefile |
	tr -d '\\' | tr ' ' '\n' | sed -n 's/^\(lib\)*\([a-z]*\).*/\2/p' | sort -u); do
	case $library in LIBS | LATE | '') continue ;; ncursesw) library=ncurses ;; esac
	says "LICENSES.md knows $library" "$library" \
		sh -c 'tr A-Z a-z < docs/LICENSES.md'
done

# ---- what man and the shells read ----
for page in rung $("$RUNG" help | sed -n '/^  rung/d;s/^  \([a-z][a-z-]*\).*/rung-\1/p'); do
	ok "for man: $page" test -s "$to/share/man/man1/$page.1"
	ok "in Chinese: $page" test -s "$to/share/man/zh_CN/man1/$page.1"
done
for page in topology scenario trace; do
	says "for man: rung-$page" ".SH NAME" cat "$to/share/man/man5/rung-$page.5"
done
says "for bash" "complete -F" cat "$to/share/bash-completion/completions/rung"
says "for zsh" "#compdef rung" cat "$to/share/zsh/site-functions/_rung"

# ---- and away ----
ok "uninstall" make_here uninstall PREFIX=/opt
says "nothing is left but what was not ours" "share/rung/labs/own/lab.lua" \
	sh -c 'cd "$1" && find . -type f' - "$to"
fails "indeed nothing" 1 sh -c 'cd "$1" && find . -type f | grep -v labs/own' - "$to"
ok "once more" make_here uninstall PREFIX=/opt

# ---- folders: those that install made go, those that were there stay ----
# All files have been seen above: here one of each kind is enough.
make_at() {
	make_at=$1 make_to=$work/$2
	shift 2
	make -s -o all -o "$RUNG" B="$build" PREFIX="$make_to" \
		SHARED=labs/direct-call/lab.lua \
		TEACHERS=labs/direct-call/answers.md \
		DOCUMENTS=docs/LICENSES.md "$make_at" "$@"
}
mkdir -p "$work/had/bin"
ok "into a folder that is not there" make_at install new/prefix
ok "into one that is" make_at install had
ok "installed once more" make_at install new/prefix
ok "whole, without STRIP" make_at install whole STRIP=
ok "it has its symbols" has_symbols "$work/whole/bin/rung"
ok "and is gone" make_at uninstall whole
ok "another strip" make_at install other STRIP=true
ok "is the one that was asked for" has_symbols "$work/other/bin/rung"
ok "and goes, too" make_at uninstall other
echo mine > "$work/had/share/mine"
ok "away" make_at uninstall new/prefix
ok "and from there" make_at uninstall had
fails "no folder is left of the new one" 1 test -e "$work/new"
says "the folders that were there stay" "=./bin ./share ./share/mine =" \
	sh -c 'cd "$1" && echo "=$(find . -mindepth 1 | sort | tr "\n" " ")="' - "$work/had"
finish
