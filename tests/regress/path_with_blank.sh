# In "My Documents/rung" the compiler took the path's second half for a file, and
# make install for another folder; where nothing can be written make said ten times
# that it could make no folder.
. tests/fixtures/check.sh
if sanitized; then
	skip "make is the same for every build"
	finish
	exit
fi
program=$(readlink -f "$RUNG") here=$(pwd)
tree="$work/My Documents/rung"
mkdir -p "$tree/build"
cp -R .ci Makefile README.md README.zh.md CONTRIBUTING.md LICENSE assets docs examples labs \
	src templates topologies "$tree"
mkdir "$tree/tests"
cp tests/*.mk tests/*.awk tests/flags*.sh "$tree/tests"
cp "$program" "$tree/build/rung"
cd "$tree" || exit 1

# What make gives a compiler is given to this one, which takes the time of none.
cat > "$work/cc" << 'END'
#!/bin/sh
case " $* " in *" -c "*) ;; *) exec gcc "$@" ;; esac
for option; do
	case $option in
	-ffile-prefix-map=*) echo "$option" ;;
	-*) ;;
	Documents*) echo "a file: $option" ;;
	esac
done >> "$CC_SAID"
exec gcc "$@"
END
chmod +x "$work/cc"
made() {
	CC_SAID=$work/said timeout "$patience" make -s CC="$work/cc" "$@"
}
ok "a source is compiled" made build/src/interface/cli/main.o
ok "its object is there" test -s build/src/interface/cli/main.o
says "the folder is left out whole" "-ffile-prefix-map=$tree=." cat "$work/said"
fails "no half of it is a file" 1 grep "a file:" "$work/said"
ok "make demo's commands" make -o build/rung B=build demo-run
says "its ladder" "<svg" cat build/demo/ladder.svg
ok "make install" make -s -o all -o build/rung DESTDIR=build/root PREFIX=/usr install
ok "pages for man lie in it" test -s build/root/usr/share/man/man1/rung.1
ok "and nowhere else" test ! -e "$work/My"

# ---- rung with labs below it ----
unset RUNG_SHARE
says "labs" "two-proxies" sh -c 'cd / && "$1" labs' - "$tree/build/root/usr/bin/rung"
says "a lab by its path" "INVITE" build/rung run "$tree/labs/two-proxies"
says "a network" "<svg" build/rung export --what=topology -f svg "$tree/labs/direct-call"
ok "a copy" build/rung copy direct-call "a copy"
says "what is checked" "direct-call: 0/" build/rung check "a copy"
ok "a handset" build/rung run -q "$tree/labs/handset-call" -o "a trace.jsonl"

# ---- a tree that is only read ----
says "nothing can be written" "make B=FOLDER builds in another folder" \
	make -s B=/proc/none /proc/none/rung
cd "$here" || exit 1
finish
