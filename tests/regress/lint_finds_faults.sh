# `make lint` had 39 complaints, and nobody was told: nothing ran it.  Now .ci/run
# does, and each of its parts must be able to fail: in a small project a fault is
# planted for each.
. tests/fixtures/check.sh

if sanitized || ! command -v clang-tidy > /dev/null ||
	! command -v cppcheck > /dev/null ||
	! command -v clang-format > /dev/null ||
	! command -v git > /dev/null; then
	skip "the plain build, with the tools of make lint"
	finish
	exit
fi

ok "CI runs it" grep -q 'step "lint" .* make lint ' .ci/run

mkdir -p "$work/it/src/base" "$work/it/tests" "$work/it/gen"
cp .clang-format .clang-tidy "$work/it"
cp tests/lint.sh tests/layers.sh tests/cppcheck.supp "$work/it/tests"
cd "$work/it" || exit 1
unset COMMITS LINT_SECONDS
export GIT_CONFIG_NOSYSTEM=1 HOME="$work"

lint() {
	sh tests/lint.sh . -Isrc -std=c17 -Wno-everything > "$work/said" 2>&1
}

commit() { # WHAT
	git add -A && git -c user.name=a -c user.email=a@example.com \
		commit -q -m "$1"
}

# NAME, WHAT it must say, src/base/a.c on standard input.
finds() {
	cat > src/base/a.c
	if lint; then
		bad "$1" "no complaint: $(tail -n 3 "$work/said")"
	elif grep -q "$2" "$work/said"; then
		good
	else
		bad "$1" "$(tail -n 5 "$work/said")"
	fi
}

says_last() { # NAME WORDS
	if lint && grep -qF "$2" "$work/said"; then
		good
	else
		bad "$1" "$(tail -n 5 "$work/said")"
	fi
}

echo 'base:' > src/LAYERS
cat > src/base/a.h << 'C'
#ifndef BASE_A_H
#define BASE_A_H

int a_of(int n);

#endif
C
write_right() {
	cat > src/base/a.c << 'C'
#include "base/a.h"

int
a_of(int n)
{
	return n + 1;
}
C
}

write_right
says_last "what is right" "1 of 1: clang-tidy"

finds "form" 'src/base/a.c:6.*clang-format' << 'C'
#include "base/a.h"

int
a_of(int n)
{
	return   n+1;
}
C

finds "cppcheck" 'out of bounds' << 'C'
#include "base/a.h"

int
a_of(int n)
{
	int a[2] = { 1, 2 };

	return n + a[2];
}
C

finds "clang-tidy" 'misc-redundant-expression' << 'C'
#include "base/a.h"

int
a_of(int n)
{
	return n > 1 || n > 1;
}
C

finds "layers" 'nowhere/b.h" does not exist' << 'C'
#include "base/a.h"
#include "nowhere/b.h"

int
a_of(int n)
{
	return n + 1;
}
C

finds "a process of its own" 'a.c:8: begins or ends a process past jobs/child.h' << 'C'
#include "base/a.h"

#include <unistd.h>

int
a_of(int n)
{
	return n + (int)fork();
}
C

# The same fault where only some commits are looked at: in the last one, behind
# it, without time.
git init -q .
write_right
commit "what is right"
cp src/base/a.c src/base/b.c
sed -i 's/a_of(int n)/b_of(int n)/; 1d; 2d' src/base/b.c
printf '#include "base/b.h"\n\n%s\n' "$(cat src/base/b.c)" > src/base/b.c
sed 's/A_H/B_H/; s/a_of/b_of/' src/base/a.h > src/base/b.h
sed -i 's/return n + 1;/return n > 1 || n > 1;/' src/base/b.c
commit "a fault"
COMMITS=1
export COMMITS
if lint; then
	bad "the last commit" "no complaint: $(cat "$work/said")"
else
	good
fi
LINT_SECONDS=0
export LINT_SECONDS
says_last "what there was no time for is named" \
	"no time for clang-tidy: src/base/b.c"
unset LINT_SECONDS
echo > note
commit "something else"
says_last "what is older" "0 of 0: clang-tidy, of 1 commits"
git clone -q --depth 1 "file://$work/it" "$work/shallow"
cd "$work/shallow" && mkdir -p gen && unset COMMITS
COMMITS=20
export COMMITS
says_last "a shallow clone" "0 of 0: clang-tidy, of 20 commits"
finish
