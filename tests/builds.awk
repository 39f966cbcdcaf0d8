# Which tests run in a build, where there are several: of the sources on the
# second input those for the build that WANT names, "plain" or "sanitized", as
# tests/order says, which is the first input.  WANT "" wants all.
#
#	ls tests/*/test_*.c | awk -v want=plain -f tests/builds.awk tests/order -
#
# A program is best run under the sanitizers, a script, which starts hundreds of
# processes, in the plain build, and so are cases of folders that have scripts: so
# it is where tests/order says nothing else.
NR == FNR {
	for (i = 3; i <= NF && !/^#/; i++)
		if ($i ~ /^(plain|sanitized|both)$/)
			runs_in[$2] = $i
	next
}

{
	build = $1 in runs_in ? runs_in[$1] : \
		$1 ~ /\.sh$|^tests\/(cli|regress)\/.*\.case$/ ? "plain" : "sanitized"
	if (want == "" || build == want || build == "both")
		print
}
