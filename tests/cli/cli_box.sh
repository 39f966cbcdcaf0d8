# Programs of students in their box, `rung check --processes`: what a hostile one
# sees, changes, starts and leaves behind (tests/cli/hostile.py), as whoever runs the
# tests and, where that is root, as a user without rights, too; a class in which four
# of eight are hostile; and what the box needs of the machine.
. tests/fixtures/check.sh
python=$(command -v python3) || {
	skip "python3 is missing"
	finish
}
rung=$(realpath "$RUNG")
chmod 755 "$work"
mark=$$.$(date +%s)
sleep=${mark#*.}$$

# A lab with one task, which asks little of a program.
cp -r labs/python-redirect "$work/lab"
cat > "$work/lab/check.lua" <<- 'LUA'
	lesson { minutes = 5, level = 1 }
	task { agent = {
		{ "301", function(t) return t:first "status=301 src=server" end },
		program = "redirect.py", node = "server", points = 6,
	} }
LUA

# A hand-in of STUDENT's with the program FILE.
hand_in() { # STUDENT FILE FOLDER
	rm -rf "$work/copy"
	"$rung" copy "$work/lab" "$work/copy" --student="$1" > "$work/.none" 2>&1 &&
		cp "$2" "$work/copy/redirect.py" &&
		"$rung" hand-in "$work/copy" --lab="$work/lab" -o "$3/$1.rung" > "$work/.none" 2>&1
}

# The hostile program, which knows whom to do what to.
make_hostile() { # FOLDER
	cat > "$1/given" <<- EOT
		GIVEN = {"home": "$1/home", "classmate": "$1/class/2.rung", "mark": "$mark", "keys": "$PWD/labs/python-redirect/answers.md", "secret": "$mark.secret", "port": $port, "victim": $victim, "socket": "$1/socket", "sleep": "$sleep"}
	EOT
	sed -e "/^GIVEN = /{
		r $1/given
		d
	}" tests/cli/hostile.py > "$1/hostile.py"
}

# What a hostile program does finds listening, lying or running.
prepare() { # FOLDER
	mkdir -p "$1/home/.ssh" "$1/class"
	for i in 1 2 3; do
		hand_in $i "$work/right.py" "$1/class"
	done
	cp "$1/class/2.rung" "$1/class/2.rung.spare"
	cp "$1/class/2.rung" "$1/class/2.rung.other"
	chmod -R a+rwX "$1" "$work"
	sleep 6000 &
	victim=$!
	"$python" - "$1/socket" "$1/port" <<- 'PY' &
		import os, select, socket, sys
		tcp = socket.create_server(("127.0.0.1", 0))
		own, abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
		own.bind(sys.argv[1])
		os.chmod(sys.argv[1], 0o777)
		abstract.bind("\0" + sys.argv[1])
		own.listen(), abstract.listen()
		with open(sys.argv[2] + ".new", "w") as f:
		    print(tcp.getsockname()[1], file=f)
		os.rename(sys.argv[2] + ".new", sys.argv[2])
		while True:
		    for s in select.select([tcp, own, abstract], [], [])[0]:
		        s.accept()[0].close()
	PY
	server=$!
	while [ ! -s "$1/port" ]; do sleep 0.1; done
	port=$(cat "$1/port")
	make_hostile "$1"
}

clean_up() {
	kill "$victim" "$server" 2> "$work/.none"
	wait "$victim" "$server" 2> "$work/.none"
	left=$(pgrep -fx "sleep $sleep")
	[ -z "$left" ] || kill -9 $left
	rm -rf /tmp/*-"$mark"* "$(dirname "$(dirname "$(realpath "$python")")")"/lib/rung-"$mark" /rung-"$mark"
}

awk '$0 == "```python redirect.py" { on = 1; next } /^```$/ { on = 0 } on' \
	labs/python-redirect/answers.md > "$work/right.py"

# What the hostile program has done, by the report in $work/out.json.
done_of() {
	sed -n 's/.*tried 68, done: \([^;]*\);.*/ \1 /p' "$work/out.json" | head -n 1
}

# Judges the hostile program, in FOLDER, with OPTION, as WHO.
judge_hostile() { # FOLDER OPTION WHO…
	judge_folder=$1 judge_option=$2
	shift 2
	rm -rf "$work/copy" "$work/out.json"
	"$rung" copy "$work/lab" "$work/copy" --student=9 > "$work/.none" 2>&1
	cp "$judge_folder/hostile.py" "$work/copy/redirect.py"
	chmod -R a+rwX "$work/copy"
	SECRET=$mark.secret TMPDIR=$work timeout "$patience" "$@" "$rung" check \
		"$judge_option" "$work/copy" --lab="$work/lab" -o "$work/out.json"
}

# Nothing outside is seen, changed or left, and nothing runs on, whoever judges.
boxed() { # NAME WHO…
	boxed_name=$1
	shift
	mkdir "$work/$boxed_name"
	prepare "$work/$boxed_name"
	(cd "$work/$boxed_name" && ls -lR class home && cat class/*) > "$work/before"
	judge_hostile "$work/$boxed_name" --processes "$@" > "$work/.output" 2>&1
	# A busy machine has not made 64 processes in 5 s.
	! grep -q "within 5 s" "$work/out.json" ||
		judge_hostile "$work/$boxed_name" --processes "$@" > "$work/.output" 2>&1
	# Processes that end with the box, and files in its own /tmp, are no harm.
	gives "$boxed_name: what is done" "" sh -c \
		"printf '%s' '$(done_of)' | tr ' ' '\n' | grep -v '^su\.' | tr '\n' ' ' | sed 's/^ *//'"
	gives "$boxed_name: all was tried" "tried 68, done: " sh -c \
		"grep -o 'tried 68, done: ' '$work/out.json' | head -n 1 | grep . || cat '$work/.output' '$work/out.json'"
	(cd "$work/$boxed_name" && ls -lR class home && cat class/*) > "$work/after"
	same "$boxed_name: hand-ins and home" "$work/before" "$work/after"
	gives "$boxed_name: nothing runs on" "" pgrep -fx "sleep $sleep"
	ok "$boxed_name: the victim lives" kill -0 "$victim"
	gives "$boxed_name: nothing is left" "" find /tmp "$work" / -maxdepth 1 -name "*$mark*"
	clean_up
}

here=$(id -u)
# What is refused is the work, which is not there, and not the box.
can_box() { # WHO…
	"$@" "$rung" check --processes labs/nowhere > "$work/.said" 2>&1
	grep -q "is neither a folder" "$work/.said"
}
if can_box env; then
	boxed here env
else
	skip "$(sed -n "s/.*can't make one: \(.*\) is missing.*/\1/p" "$work/.said") is missing"
fi
# root judges by other ways than a user does: as one, in a container that has taken
# its rights, in one that has no other user, and in one that refuses a new /proc.
echo 'mount -t tmpfs none /proc/sys && exec "$@"' > "$work/masked"
if [ "$here" = 0 ] && [ -x /usr/bin/python3 ]; then
	PATH=/usr/bin:$PATH
	python=/usr/bin/python3
	user="setpriv --reuid=12345 --regid=12345 --clear-groups"
	for who in "user $user" \
		"few-rights setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin" \
		"few-users $user unshare -Ur" \
		"no-proc $user unshare -Urm sh $work/masked"; do
		# shellcheck disable=SC2086
		if can_box ${who#* }; then
			# shellcheck disable=SC2086
			boxed $who
		else
			skip "a box for ${who%% *} is missing"
		fi
	done
fi

# Without a box the same deeds succeed, as far as they do no harm here; but all that
# it has started ends with it there, too.
mkdir "$work/open"
prepare "$work/open"
sed -i -e '/^done = try_all()/i\
HARM = "mounts chroot interpreter root disk files name rights forks memory folder lease syncs".split()\
DEEDS = {c: {n: d for n, d in of.items() if n not in HARM} for c, of in DEEDS.items()}' \
	-e 's/str(sum(map(len, DEEDS.values())))/"68"/' "$work/open/hostile.py"
judge_hostile "$work/open" --processes=trusted env > "$work/.output" 2>&1
done=$(done_of)
for deed in se.home se.classmate se.stat se.link se.processes se.environment ch.classmate ch.mode \
	ch.times ch.removes ch.moves ch.links ch.priority ch.lock st.requests st.inotify st.pipe st.memfd st.shared st.connects st.datagram st.abstract st.socket st.kill \
	su.setsid su.twice su.ignores; do
	ok "without a box: $deed" test "${done#* "$deed" }" != "$done"
done
gives "without a box nothing runs on either" "" pgrep -fx "sleep $sleep"
clean_up

# Judges the program FILE alone; what is said stands in $work/.output.
judge() { # FILE OPTION…
	judge_as env "$@"
}
judge_as() { # WHO FILE OPTION…
	judge_who=$1 judge_file=$2
	shift 2
	rm -rf "$work/copy"
	"$rung" copy "$work/lab" "$work/copy" --student=9 > "$work/.none" 2>&1
	cp "$judge_file" "$work/copy/redirect.py"
	chmod -R a+rX "$work/copy" "$work/lab"
	# shellcheck disable=SC2086
	timeout "$patience" $judge_who "$rung" check "$@" "$work/copy" --lab="$work/lab" --width=300
}

# A class of eight, four of whom are hostile: each honest one has his points.
if can_box env; then
	mkdir "$work/eight"
	prepare "$work/eight"
	rm "$work/eight/class"/2.rung.*
	hand_in 4 "$work/right.py" "$work/eight/class"
	hand_in 5 "$work/eight/hostile.py" "$work/eight/class"
	cat > "$work/steals.py" <<- PY
		import glob, json, sys
		def walk(v):
		    if isinstance(v, dict) and v.get("file") == "redirect.py":
		        yield v["text"]
		    for w in v.values() if isinstance(v, dict) else v if isinstance(v, list) else []:
		        yield from walk(w)
		for path in sorted(glob.glob("$work/eight/class/[1-4].rung")):
		    with open(path) as f:
		        exec(list(walk(json.loads(f.readline())))[-1])
	PY
	cat > "$work/bomb.py" <<- PY
		import os, time
		while True:
		    try:
		        os.fork() or time.sleep(60)
		    except OSError:
		        time.sleep(1)
	PY
	cat > "$work/kills.py" <<- PY
		import os, sys
		sys.stdin.readline()
		for p in [-1, os.getppid(), 1, $$]:
		    try:
		        os.kill(p, 9)
		    except OSError:
		        pass
	PY
	hand_in 6 "$work/steals.py" "$work/eight/class"
	hand_in 7 "$work/bomb.py" "$work/eight/class"
	hand_in 8 "$work/kills.py" "$work/eight/class"
	gives "eight have handed in" "8" sh -c "ls '$work/eight/class' | wc -l"
	ok "a class is judged" "$rung" check --class="$work/eight/class" --processes \
		--lab="$work/lab" -o "$work/eight.csv"
	for i in 1 2 3 4; do
		ok "student $i has his points" grep -q "^\"$i\",.*,6,6," "$work/eight.csv"
	done
	for i in 5 6 7 8; do
		ok "student $i has none" grep -q "^\"$i\",.*,0,6," "$work/eight.csv"
	done
	gives "nothing of the class runs on" "" pgrep -fx "sleep $sleep"
	clean_up
	says "without a box a hand-in is stolen" "GOOD" judge "$work/steals.py" --processes=trusted
fi

# A virtual environment enters the box, without the labs that happen to lie in it.
if can_box env &&
	"$python" -m venv --without-pip "$work/home of one/venv" 2> "$work/.none"; then
	venv="$work/home of one/venv"
	mkdir "$venv/labs"
	touch "$venv/labs/secret"
	{
		echo "import os, sys"
		echo "if sys.prefix != '$venv' or os.path.exists('$venv/labs/secret'): sys.exit(1)"
		cat "$work/right.py"
	} > "$work/venv.py"
	before=$PATH
	PATH=$venv/bin:$PATH
	RUNG_SHARE=$venv
	export RUNG_SHARE
	ok "labs lie there outside" python3 -c "import os; assert os.path.exists('$venv/labs/secret')"
	says "a virtual environment" "GOOD" judge "$work/venv.py" --processes
	unset RUNG_SHARE
	# What is judged, by what, and the report may lie in it: named as it is, by a
	# link, by another way, in the libraries, from the folder itself.
	{
		echo "import glob, os, sys"
		echo "ends = ('.rung', 'answers.md', 'check.lua', 'list.csv', 'marks.csv')"
		echo "all = [p for top in {sys.prefix, '$venv'} for p in glob.glob(top + '/**/*', recursive=True)]"
		echo "if not any(p.endswith(ends) and os.path.getsize(p) > 0 for p in all): sys.exit(1)"
		cat "$work/right.py"
	} > "$work/thief.py"
	mv "$work/lab" "$venv/lab" && ln -s "$venv/lab" "$work/lab"
	ln -s "$venv" "$work/way"
	for place in class lib/class; do
		mkdir -p "$venv/$place"
		hand_in 1 "$work/right.py" "$venv/$place"
		hand_in 2 "$work/thief.py" "$venv/$place"
		printf 'number,name\n1,One\n2,Two\n' > "$venv/list.csv"
		for way in "$venv" "$work/way" "$venv/bin/.." .; do
			from=/
			[ "$way" != . ] || from=$venv
			(cd "$from" && TMPDIR=$work "$rung" check --class="$way/$place" --processes --lab="$way/lab" \
				--roster="$way/list.csv" -o "$way/marks.csv") > "$work/.output" 2>&1
			ok "$place by $way: an honest program" grep -q '^"1",.*,6,6,' "$venv/marks.csv"
			ok "$place by $way: a thief" grep -q '^"2",.*,0,6,' "$venv/marks.csv"
		done
	done
	rm "$work/lab" && mv "$venv/lab" "$work/lab"
	PATH=$before
fi
# What a program may do to whoever judges it: it has none of the points, that is said,
# and nothing of it runs on.  One that has right answers besides has them.
awkward() { # NAME SAYS
	cat > "$work/$1.py"
	echo "mark = '$mark'" >> "$work/$1.py"
	awkward_says=$2
	says "a program that $1" "$awkward_says" judge "$work/$1.py" --processes
	gives "… writes nothing to the terminal" 0 grep -c "$(printf '\033')" "$work/.output"
}
if can_box env; then
	awkward stops "python3 has not answered within 5 s" <<- 'PY'
		import os, signal
		os.kill(os.getpid(), signal.SIGSTOP)
	PY
	awkward closes "python3 has ended without an answer" <<- 'PY'
		import os, time
		for fd in range(3): os.close(fd)
		time.sleep(1000)
	PY
	awkward floods "python3 has not answered within 5 s" <<- 'PY'
		import os
		while True: os.write(2, b"y" * 65536)
	PY
	awkward endless "python3 writes a line without an end" <<- 'PY'
		import os
		while True: os.write(1, b"y" * 65536)
	PY
	awkward colours "python3 has ended" <<- 'PY'
		import os, sys
		os.write(2, b"\x1b]0;owned\x07\x1b[2J\xff\xfe\0\n")
		sys.exit("\x1b[31mred")
	PY
	awkward answers "python3 has ended without an answer" <<- 'PY'
		import os
		for how in (os.O_WRONLY, os.O_RDONLY | os.O_NONBLOCK):
		    for fd in range(3):
		        try:
		            os.write(os.open(f"/proc/self/fd/{fd}", how), b'{"verdict":"GOOD"}\n')
		        except OSError:
		            pass
	PY
	awkward leaves "python3 has ended without an answer" <<- PY
		import os, subprocess
		subprocess.Popen(["sleep", "$sleep"], start_new_session=True)
	PY
	gives "nothing of them runs on" "" pgrep -fx "sleep $sleep"
	{ printf 'import os, threading\ndef flood():\n    while True: os.write(2, b"y" * 65536)\nthreading.Thread(target=flood, daemon=True).start()\n'; cat "$work/right.py"; } |
		awkward besides GOOD
fi

# An interpreter whose files the box does not have says nothing of a work.
mkdir -p "$work/wrap/bin" "$work/elsewhere"
ln -s "$(realpath "$python")" "$work/elsewhere/real"
printf '#!/bin/sh\nexec "%s/elsewhere/real" "$@"\n' "$work" > "$work/wrap/bin/python3"
chmod 755 "$work/wrap/bin/python3"
if can_box env; then
	before=$PATH
	PATH=$work/wrap/bin:$PATH
	judge "$work/right.py" --processes > "$work/.said" 2>&1
	says "a wrapped interpreter" "not judged: the box lacks a file that python3 needs" cat "$work/.said"
	says "… which file" "$work/elsewhere/real" cat "$work/.said"
	says "… nor has it fewer points" "RECEIVED  -/6" cat "$work/.said"
	says "… and where it is trusted" "GOOD" judge "$work/right.py" --processes=trusted
	PATH=$before
	# Only before its first answer.
	{ cat "$work/right.py"; echo 'sys.exit(127)'; } | sed 's/^for line in sys.stdin:/&\
    if line.find("\\"n\\":2") > 0 or line.find("\\"n\\": 2") > 0: sys.exit(127)/' > "$work/later.py"
	judge "$work/later.py" --processes > "$work/.said" 2>&1
	fails "later that is the program's" 1 grep -q "the box lacks" "$work/.said"
fi

# Who the program is, is the same by all ways, and its home may be written to.
cat - "$work/right.py" > "$work/who.py" <<- 'PY'
	import getpass, grp, os, pwd, tempfile
	me, names = pwd.getpwuid(os.getuid()), [os.environ[n] for n in ("USER", "LOGNAME")]
	assert [getpass.getuser(), me.pw_name] == names and grp.getgrgid(os.getgid()).gr_name
	assert me.pw_dir == os.path.expanduser("~") and me.pw_gid == os.getgid()
	tempfile.TemporaryFile(dir=me.pw_dir).close()
PY
if can_box env; then
	says "who the program is" "GOOD" judge "$work/who.py" --processes
	[ -z "${user:-}" ] || says "… for a user without rights" "GOOD" \
		judge_as "$user" "$work/who.py" --processes
fi

# Where there is no such program, that says nothing of the work.
sed -i.before 's/process="python3 /process="no-python3 /' "$work/lab"/*.gv
says "no such program" "not judged: no-python3 can't be started" judge "$work/right.py" --processes=trusted
mv "$work/lab/python-redirect.gv.before" "$work/lab/python-redirect.gv"

# Much on standard error stops nobody, in a box or without.
sed 's/^for line in sys.stdin:/&\
    sys.stderr.write(("y" * 99 + "\\n") * 3000)/' "$work/right.py" > "$work/noisy.py"
says "300 KB on standard error" "GOOD" judge "$work/noisy.py" --processes=trusted

# All answers of a work are waited for so long; then it is not judged, and never BAD.
sed 's/^for line in sys.stdin:/import time\
&\
    time.sleep(0.3)/' "$work/right.py" > "$work/slow.py"
says "a slow program" "GOOD" judge "$work/slow.py" --processes=trusted
judge "$work/slow.py" --processes=trusted --limit=wall=1s > "$work/.said" 2>&1
says "one that is too slow" "RECEIVED  -/6" cat "$work/.said"
says "… and why" "not judged: this work's programs had 1 s" cat "$work/.said"
fails "no time" 2 judge "$work/slow.py" --processes --limit=wall=0

# What a program causes is computed in the same time, and judging again would not help.
sed 's/^    print(json.dumps(answer(json.loads(line)))/    print(json.dumps(answer(json.loads(line)) +\
        [{"do": "call", "uri": "sip:alice@192.0.2.1"}] * 300)/' "$work/right.py" > "$work/greedy.py"
sed -i "1i print('once', file=open('$work/greedy.begun', 'a'))" "$work/greedy.py"
"$rung" copy labs/python-redirect "$work/greedy" --student=1 > "$work/.none" 2>&1
cp "$work/greedy.py" "$work/greedy/redirect.py"
mkdir "$work/greed"
"$rung" hand-in "$work/greedy" -o "$work/greed/1.rung" > "$work/.none" 2>&1
timeout "$patience" "$rung" check "$work/greedy" --processes=trusted --limit=wall=3s -o "$work/greedy.json"
ok "300 calls for each event" grep -q "programs had 3 s, .* and computed what they caused" "$work/greedy.json"
ok "… in a class" timeout "$patience" "$rung" check --class="$work/greed" --processes=trusted \
	--limit=wall=20s -o "$work/greedy.csv"
ok "… once" [ "$(grep -c . "$work/greedy.begun")" = 2 ]
ok "… and told" grep -q "not judged: this work's programs had 20 s" "$work/greedy.csv"

# A class that is interrupted keeps what was judged.
mkdir "$work/broken"
sed "s|^for line in sys.stdin:|import time\\
open('$work/begun', 'w').close()\\
&\\
    time.sleep(4)|" "$work/right.py" > "$work/waits.py"
hand_in 1 "$work/right.py" "$work/broken"
hand_in 2 "$work/waits.py" "$work/broken"
# One after the other.
taskset -c 0 "$rung" check --class="$work/broken" --processes=trusted --lab="$work/lab" \
	-o "$work/broken.csv" 2> "$work/.said" &
judge=$!
while [ ! -e "$work/begun" ] && kill -0 $judge; do sleep 0.1; done
kill -TERM $judge
wait $judge
says "an interrupted class" "broken.csv has what was judged; not judged: 1" cat "$work/.said"
ok "it has the first" grep -q '^"1",.*,6,6,' "$work/broken.csv"
ok "and says why not the second" grep -q '^"2",.*not judged: rung was interrupted before' "$work/broken.csv"

# One that was too slow beside others is judged once more, alone.
mkdir "$work/class"
sed "s/^for line in sys.stdin:/import os, time\\
slow = not os.path.exists('$(echo "$work" | sed 's|/|\\/|g')\/once')\\
open('$(echo "$work" | sed 's|/|\\/|g')\/once', 'w').close()\\
&\\
    time.sleep(4.5 if slow else 0)/" "$work/right.py" > "$work/once.py"
hand_in 1 "$work/once.py" "$work/class"
sed "s/sleep(0.3)/sleep(1)/" "$work/slow.py" > "$work/slower.py"
hand_in 2 "$work/slower.py" "$work/class"
ok "a class of slow ones" "$rung" check --class="$work/class" --processes=trusted \
	--limit=wall=4s --lab="$work/lab" -o "$work/slow.csv"
ok "the second time counts" grep -q "^\"1\",.*,6,6," "$work/slow.csv"
ok "who is too slow each time is not judged" grep -q "^\"2\",.*task 1: not judged" "$work/slow.csv"

# A machine that refuses close_range, as an old kernel and some containers do.
cat > "$work/refuses.py" <<- 'PY'
	import ctypes, os, platform, struct, sys
	code = b"".join(struct.pack("HBBI", *i) for i in [
	    (0x20, 0, 0, 0), (0x15, 0, 1, 436), (0x06, 0, 0, 0x50000 | 38), (0x06, 0, 0, 0x7fff0000)])
	held = ctypes.create_string_buffer(code)
	program = struct.pack("HxxxxxxP", 4, ctypes.addressof(held))
	libc = ctypes.CDLL(None)
	if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.c_char_p(program), 0, 0):
	    sys.exit("no filter")
	os.execv(sys.argv[1], sys.argv[1:])
PY
if "$python" "$work/refuses.py" /bin/true 2> "$work/.none" &&
	can_box env; then
	judge "$work/right.py" > "$work/.none" 2>&1
	says "without close_range" "GOOD" "$python" "$work/refuses.py" "$rung" check --processes \
		"$work/copy" --lab="$work/lab"
fi

# A machine that can make no box: what it lacks is said, and nothing runs.
if unshare -Ur true 2> "$work/.none"; then
	cat > "$work/lacking" <<- EOT
		echo 0 > /proc/sys/user/max_user_namespaces
		exec "$rung" check "\$@" "$work/copy" --lab="$work/lab"
	EOT
	touch "$work/asked"
	echo "import os; os.unlink('$work/asked')" > "$work/asks.py"
	judge "$work/asks.py" > "$work/.none" 2>&1
	fails "no box" 2 unshare -Ur sh "$work/lacking" --processes
	says "what is missing" "namespaces for users" unshare -Ur sh "$work/lacking" --processes
	ok "nothing has run" test -e "$work/asked"
	fails "it runs where it is trusted" 1 unshare -Ur sh "$work/lacking" --processes=trusted
	ok "… with all rights" test ! -e "$work/asked"
else
	skip "unshare -Ur is missing"
fi
finish
