#!/bin/sh
# The source archive of make release and make bundle, on standard output.
#
#	sh assets/release/source.sh VERSION > rung-VERSION.tar.gz
#	sh assets/release/source.sh --date     the time of all its files, in seconds
#
# It contains the files that git knows.  In an unpacked source archive, which is no
# repository, it contains all files except those that were built.  Both have the same
# bytes: names in order, one owner, and the commit's time, which the unpacked files keep.
set -eu
LC_ALL=C
export LC_ALL

is_repository() {
	[ -e .git ] && git rev-parse HEAD > /dev/null 2>&1
}

list_files() {
	if is_repository; then
		git ls-files
	else
		find . -path './build*' -type d -prune -o -type f ! -name '*.o' ! -name core -print |
			sed 's,^\./,,'
	fi | sort | while read -r file; do
		# A file that was deleted, but not committed so, is still in git's list.
		[ ! -e "$file" ] || echo "$file"
	done
}

if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
	SOURCE_DATE_EPOCH=$(if is_repository; then git log -1 --format=%ct; else
		stat -c %Y docs/CHANGELOG.md; fi)
fi
if [ "$1" = --date ]; then
	echo "$SOURCE_DATE_EPOCH"
	exit
fi
list_files | tar --format=gnu --no-recursion --verbatim-files-from -T - \
	--transform "s,^,rung-$1/," --mtime="@$SOURCE_DATE_EPOCH" --mode=u=rwX,go=rX \
	--owner=0 --group=0 --numeric-owner -c | gzip -9n
