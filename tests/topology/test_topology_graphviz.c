/* Topology files: what rung reads means the same to Graphviz, and what
 * Graphviz refuses rung refuses. */
#include "fixtures/check.h"

#include "fixtures/graphviz_reader.h"

#include <glob.h>

/* Reads TEXT both ways and says how they differ. */
static int
read_both(const char *name, struct str text)
{
	struct diag d = DIAG_INIT;
	LOCAL_BUF why = BUF_INIT;
	int err = second_differs(text, &d, &why);

	if (why.n > 0)
		printf("  BAD  %s: %s (%s)\n", name, buf_cstr(&why), d.text);
	CU_ASSERT_EQUAL(why.n, 0);
	return err;
}

/* Every file that PATTERN names is read, and read alike. */
static void
expect_good(const char *pattern, size_t least)
{
	glob_t found;

	CU_ASSERT_EQUAL_FATAL(glob(pattern, 0, NULL, &found), 0);
	CU_ASSERT_TRUE(found.gl_pathc >= least);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct buf b = BUF_INIT;
		int err = buf_read_file(&b, found.gl_pathv[i], 1 << 20);

		CU_ASSERT_EQUAL_FATAL(err, 0);
		err = read_both(found.gl_pathv[i], buf_view(&b));
		if (err != 0)
			printf("  BAD  %s is refused\n", found.gl_pathv[i]);
		CU_ASSERT_EQUAL(err, 0);
		buf_free(&b);
	}
	globfree(&found);
}

static void
shipped(void)
{
	expect_good("topologies/*.gv", 6);
	expect_good("labs/*/*.gv", 10);
}

/* The language in its odder forms: what the fuzzer begins with. */
static void
tricky(void)
{
	expect_good("tests/fuzz/corpus/topology/*.gv", 12);
}

/* Mistakes to both. */
static void
mistakes(void)
{
	static const char *const texts[] = {
		"graph { a;; b }",
		"graph { ; }",
		"graph { a [x] }",
		"graph { a [label=] }",
		"graph { a -- }",
		"graph { -- a }",
		"graph { a b, }",
		"graph { , a }",
		"graph { a: }",
		"graph { a:b:c:d }",
		"graph { node a }",
		"graph { subgraph s; }",
		"graph { subgraph { a } b = }",
		"graph { a [label=b,, color=c] }",
		"graph { a [,] }",
		"graph { \"a\" + b }",
		"graph { a + \"b\" }",
		"graph { \"a\" + }",
		"graph graph { a }",
		"graph a b { a }",
		"strict { a }",
		"strict strict graph { a }",
		"graph { a }}",
		"graph { {a }",
		"graph { a ] }",
		"graph { a [label=b }",
		"graph { = a }",
		"graph { a = node }",
		"graph { edge = a }",
		"graph { a -- node }",
		"graph { a - b }",
		"graph { a -- -- b }",
		"graph { a -> b }",
		"graph { a \\ b }",
		"graph { a . b }",
		"graph { a - }",
		"graph { node [color=b] -- c }",
		"graph { a [label=b] [color=c] -- d }",
		"graph { a } b",
		"graph { a } graph { b }",
		"graph",
		"graph {",
		"graph { a",
		"{ a }",
		"",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		int err = read_both(texts[i], str_of(texts[i]));

		if (err == 0)
			printf("  BAD  %s is read\n", texts[i]);
		CU_ASSERT_NOT_EQUAL(err, 0);
	}
}

/* What Graphviz has its own way with, and rung refuses: docs/TOPOLOGY.md. */
static void
refused(void)
{
	static const char *const texts[] = {
		"digraph { a -> b }",
		"graph { a -- b [delay=20ms] }",
		"graph { a [color=#ff0000\n] }",
		"graph { a#b\n }",
		"graph { \"a b\" }",
		"graph { <a> }",
		"graph { a [label=<<!-- x -->>] }",
		"graph { a\r}",
		"graph { \xef\xbb\xbf a }",
		"graph { a [label=\"\xff\"] }",
		"graph { a [colour=red] }",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		CU_ASSERT_NOT_EQUAL(read_both(texts[i], str_of(texts[i])), 0);
}

CHECK_MAIN("topology_graphviz", { "shipped", shipped }, { "tricky", tricky },
    { "mistakes", mistakes }, { "refused", refused })
