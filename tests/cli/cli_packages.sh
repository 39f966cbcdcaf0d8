# make deb's packages: students get no answers and keep what checks their work,
# teachers the rest; lintian has nothing to say; installed, a lab runs, man and bash
# know the commands, and so do the examples of their help.  Where they have not been
# made this is skipped; tests/bare.sh runs it on Debians where they were
# installed (DEBS: the folder with them; INSTALLED: /usr).
. tests/fixtures/check.sh
: "${DEBS:=$(dirname "$RUNG")/deb}"
DEBS=$(cd "$DEBS" 2> /dev/null && pwd)
if sanitized || ! ls "$DEBS"/rung_*.deb > "$work/.output" 2>&1; then
	skip "there are no packages (make deb)"
	finish
fi
here=$(pwd)
deb=$(ls "$DEBS"/rung_*.deb) teacher=$(ls "$DEBS"/rung-teacher_*.deb)

# ---- who gets what ----
dpkg-deb -c "$deb" | sed 's/.* \.\///; s/ ->.*//' > "$work/students"
dpkg-deb -c "$teacher" | sed 's/.* \.\///; /^$/d' > "$work/teachers"
grep 'answers.*\.md$' "$work/students" | grep -v '/templates/' > "$work/.output"
empty "students get no answers"
labs=$(grep -c '/labs/[^/]*/lab.lua$' "$work/students")
ok "labs" test "$labs" -gt 180
gives "each with its tasks" "$labs" grep -c '/labs/[^/]*/check.lua$' "$work/students"
gives "and its answers for teachers" "$((labs * 2))" \
	grep -c '/teachers/labs/[^/]*/answers.*\.md$' "$work/teachers"
says "it is for students" "usr/share/rung/for-students" cat "$work/students"
grep -v -e '/$' -e '/teachers/' -e '/doc/' -e '/lintian/' "$work/teachers" > "$work/.output"
empty "teachers get nothing twice"
for word in "libosip2" "libncursesw6"; do
	says "it needs $word" "$word" dpkg-deb -f "$deb" Depends
done
for word in libunicorn librsvg2 libcapstone libpcap libminizip libmicrohttpd libqrencode \
	libgnutls graphviz; do
	says "it recommends $word" "$word" dpkg-deb -f "$deb" Recommends
done
gives "both have one version" "$(dpkg-deb -f "$deb" Version)" dpkg-deb -f "$teacher" Version
says "which names the release" "-1~" dpkg-deb -f "$deb" Version
if command -v lintian > "$work/.output"; then
	ok "lintian" lintian --allow-root --fail-on error,warning "$deb" "$teacher"
else
	skip "lintian is missing"
fi

# ---- installed ----
if [ -z "${INSTALLED:-}" ]; then
	dpkg-deb -x "$deb" "$work/root"
	INSTALLED=$work/root/usr
fi
program=$INSTALLED/bin/rung
mkdir "$work/bin" "$work/home"
ln -s "$program" "$work/bin/rung"
printf '#!/bin/sh\n' > "$work/bin/aplay"
chmod +x "$work/bin/aplay"
PATH=$work/bin:$PATH HOME=$work/home
export PATH HOME
cd "$work/home" || exit 1
says "a lab" "INVITE" rung run two-proxies
says "--teacher" "the package rung-teacher" rung check --teacher direct-call
if command -v man > "$work/.output"; then
	says "man" "SYNOPSIS" sh -c 'man -M "$1" rung-run | cat' - "$INSTALLED/share/man"
	says "in Chinese" "rung-run" man -L zh_CN -M "$INSTALLED/share/man" -w rung-run
else
	skip "man is missing"
fi
for page in rung $(rung help | sed -n '/^  rung/d;s/^  \([a-z][a-z-]*\).*/rung-\1/p'); do
	grep -qx "usr/share/man/man1/$page.1.gz" "$work/students" || echo "$page"
done > "$work/.output"
empty "each command has its page"
says "zsh finds its own" "usr/share/zsh/vendor-completions/_rung" cat "$work/students"
if command -v bash > "$work/.output"; then
	says "completion" "two-proxies" bash -c '. "$1"
		COMP_WORDS=(rung run two-prox) COMP_CWORD=2; _rung rung
		echo "${COMPREPLY[*]}"' - "$INSTALLED/share/bash-completion/completions/rung"
fi

# ---- the examples of the help, in a folder of one's own ----
# So long does a class last.
export moment=1 patience
cp "$here/examples/calls.pcap" big.pcap
cp "$here/examples/class.csv" "$here/examples/requests.jsonl" .
cp "$here/assets/invite.sip" message.sip
echo 85 02 c2 82 60 06 00 10 00 > iam.hex
for command in $(rung help | sed -n '/^  rung/d;s/^  \([a-z][a-z-]*\).*/\1/p'); do
	rung help "$command" | sed -n '/^Examples:/,$s/^  \(rung .*\)/\1/p' |
		sed 's/   *.*//; s/\(--seed=1\.\.[0-9]*\)0 /\1 /' > "$work/examples"
	while read -r example; do
		case $example in
		"rung serve --address"*) example='timeout -k $patience $moment rung serve --address=:0' ;;
		esac
		sh -c "$example" > "$work/.output" 2>&1 < /dev/null
		status=$?
		case "$example " in
		*--teacher*) want=2 ;;
		"rung page "*) want=2
			[ ! -e "$INSTALLED/share/rung/page/engine.lzma" ] || want=0 ;;
		timeout*) want=124 ;;
		"rung play "*--say*) want=0 ;;
		"rung play "* | "rung two-proxies "* | "rung play ") want=2 ;;
		"rung diff "*"-o "* | "rung check "* | "rung search "* | "rung doctor ") want=1 ;;
		*) want=0 ;;
		esac
		if [ $status = 0 ] || [ $status = $want ]; then good; else
			bad "$example" "status $status"; fi
	done < "$work/examples"
done
cd "$here" || exit 1
finish
