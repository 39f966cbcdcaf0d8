# A finished clone was compiled again in full, and nothing said why: a flag, a folder
# of headers or the compiler was another one.  Now make names it.
. tests/fixtures/check.sh
if sanitized; then
	skip "the plain build"
	finish
	exit
fi

# What is said where the flags OLD become NEW, one line each.
change() { # WHAT OLD NEW SAID
	printf '%b' "$2" > "$work/flags"
	printf '%b' "$3" | sh tests/flags.sh "$work/flags" > "$work/said"
	if [ "$(cat "$work/said")" = "${4:+  flags: $4; all is built again}" ] &&
		[ "$(printf '%b' "$3")" = "$(cat "$work/flags")" ]; then
		good
	else
		bad "$1" "$(cat "$work/said")"
	fi
}
rest='\ngcc 12.2.0\n'
change "nothing" "gcc -O2$rest" "gcc -O2$rest" ""
change "the compiler" "gcc -O2$rest" "clang -O2$rest" "CC was gcc, is clang"
change "its version" "gcc -O2$rest" "gcc -O2\ngcc 13.1.0\n" \
	"the compiler was gcc 12.2.0, is gcc 13.1.0"
change "a flag" "gcc -O2 -g0$rest" "gcc -O1 -g0$rest" "-O2 is gone, -O1 is new"
change "a folder" "gcc -O2 -isystem /a -isystem /b$rest" "gcc -O2 -isystem /b -isystem /c$rest" \
	"header folder /a is gone, header folder /c is new"
change "an order" "gcc -O2 -g0$rest" "gcc -g0 -O2$rest" "the order of the flags"
change "much" "gcc -a -b -c$rest" "cc -d -e -f$rest" \
	"CC was gcc, is cc, -a is gone, -b is gone, -c is gone, and 3 more"
change "a file without a version" "gcc -O2\n" "gcc -O2$rest" \
	"the compiler was unknown, is gcc 12.2.0"

# The Makefile's own, in a folder of its own; the last line is what it says.
flags() { # WORDS
	env -u MAKEFLAGS -u MAKELEVEL make -s B="$work/b" "$@" "$work/b/flags" > "$work/said" 2>&1
}
is_said() { # WHAT TEXT
	if [ "$(cat "$work/said")" = "$2" ]; then good; else bad "$1" "$(cat "$work/said")"; fi
}
mkdir "$work/bin"
cat > "$work/bin/gcc-of-two" << 'S'
#!/bin/sh
case $1 in --version) cat "${0%/*}/version" ;; *) exec gcc "$@" ;; esac
S
chmod +x "$work/bin/gcc-of-two"
echo "gcc 1" > "$work/bin/version"
flags CC="$work/bin/gcc-of-two"
is_said "the first time" ""
touch -d "2001-01-01" "$work/b/flags"
flags CC="$work/bin/gcc-of-two"
is_said "the same again" ""
ok "the file is left alone" test "$work/bin/version" -nt "$work/b/flags"
echo "gcc 2" > "$work/bin/version"
flags CC="$work/bin/gcc-of-two"
is_said "another version" "  flags: the compiler was gcc 1, is gcc 2; all is built again"
ok "all is older" test "$work/b/flags" -nt "$work/bin/version"
flags CC="$work/bin/gcc-of-two" CPPFLAGS=-DNONE
ok "a flag of the Makefile" grep -q '^  flags: .*; all is built again$' "$work/said"
finish
