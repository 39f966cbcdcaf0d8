#!/bin/sh
# The engine and all that it is linked with call nothing that opens a file, begins
# a process, asks a terminal, writes, waits, reads a clock or draws a number of
# the machine's own: so it runs where none of that is, in a page.  The linker
# says what is taken of the layers below, one function at a time.
. tests/fixtures/check.sh

build=$(dirname "$RUNG")
if sanitized || ! command -v ld > /dev/null || ! command -v nm > /dev/null ||
	[ ! -e "$build/librung.a" ]; then
	skip "the plain build, its archive, ld and nm"
	finish
	exit
fi

# shellcheck disable=SC2046  # a list of words
ld -r --gc-sections -o "$work/engine.o" \
	$(nm --defined-only "$build"/src/interface/engine/*.o |
		awk '$2 == "T" { print "-u " $3 }') \
	"$build/librung.a" || exit 1

# What is left out is named as well; what is called stands in a relocation.
nm -u "$work/engine.o" | awk '{ print $2 }' > "$work/undefined"
objdump -r "$work/engine.o" | awk '$2 ~ /^R_/ { sub(/[-+]0x.*/, "", $3); print $3 }' |
	sort -u | grep -xFf "$work/undefined" | sed 's/64$//; s/^__//; s/_chk$//' \
	> "$work/calls"
# One of each kind that must be seen: else nothing was looked at.
says "memory is asked for" "realloc" grep -x realloc "$work/calls"
says "scripts run" lua_load grep -x lua_load "$work/calls"

barred() { # WHAT FUNCTION…
	what=$1
	shift
	for f in "$@"; do
		if grep -qx "$f" "$work/calls"; then
			bad "no $what" "$f is called"
		else
			good
		fi
	done
}
barred "file is opened" open openat creat fopen fdopen freopen opendir scandir \
	tmpfile mkstemp mkostemp mkdtemp memfd_create stat lstat fstat access \
	realpath readlink rename unlink mkdir rmdir link linkat
barred "file is read or written" read pread write pwrite writev fread fwrite \
	fputs puts putchar printf fprintf vprintf stdin stdout stderr perror
barred "process is begun" fork vfork execve execv execvp execvpe posix_spawn \
	posix_spawnp popen system waitpid kill raise pthread_create
barred "terminal is asked" isatty tcgetattr tcsetattr ioctl
barred "network is used" socket connect bind send sendto recv getaddrinfo
barred "clock is read" time clock clock_gettime gettimeofday localtime \
	localtime_r nanosleep sleep usleep poll select alarm setitimer
barred "number is drawn of the machine's own" random rand getrandom srandom \
	arc4random getpid

finish
