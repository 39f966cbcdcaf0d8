/*
 * Topology files with random damage: rung reads them or says why not, the same
 * way each time, and never differs from Graphviz about what a file means.  The
 * damage is the same in every run of the test.
 */
#include "fixtures/check.h"
#include "text/utf8.h"

#include "base/err.h"
#include "base/mem.h"
#include "fixtures/graphviz_reader.h"
#include "topology/topology.h"

#include <string.h>

static const char *const files[] = { "direct-call", "two-proxies", "registrar",
	"lossy", "star", "twenty" };
#define NFILES (sizeof(files) / sizeof(files[0]))

/* What damage puts in. */
static const char *const words[] = { "{", "}", "[", "]", "=", ";", ",", ":",
	"+", "--", "->", "\"", "\\", "\\\"", "<", ">", "<!--", "-->", "/*",
	"*/", "//", "\n#", "\n", "\r", "\r\n", "graph", "digraph", "strict",
	"node", "edge", "subgraph", "subgraph cluster_atlanta {", "alice",
	"lan1", "role=", "ua", "proxy",
	"answer=", "domain=", "addr=", "\"192.0.2.1\"", "delay=", "20ms",
	"\"20ms\"", "1%", "label=", "-1", ".5", "5.", "@", "\x80", "\xc3\xa9",
	"\xef\xbb\xbf", "\x7f", "\x01", " ", "\t", "{a b} -- {c d}", "a -- a",
	"\"a\"+\"b\"", "<b>", "key=x" };
#define NWORDS (sizeof(words) / sizeof(words[0]))

static uint64_t
draw(uint64_t *state, uint64_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state % below;
}

/* One injury to TEXT, from SEED. */
static void
damage(struct buf *text, uint64_t *seed)
{
	struct buf out = BUF_INIT;
	size_t at = draw(seed, text->n + 1);
	size_t len = draw(seed, 30);
	size_t end = at + len < text->n ? at + len : text->n;
	uint64_t kind = draw(seed, 10);

	buf_add(&out, text->p, at);
	if (kind < 5) {
		buf_puts(&out, words[draw(seed, NWORDS)]);
		end = kind < 3 ? at : end;
	} else if (kind < 6) {
		buf_putc(&out, (char)draw(seed, 256));
		end = at < text->n ? at + 1 : at;
	} else if (kind < 8) { /* twice what stands here */
		buf_add(&out, text->p + at, end - at);
		end = at;
	} else if (kind < 9) { /* something from elsewhere */
		size_t from = draw(seed, text->n + 1);

		len = from + len < text->n ? len : text->n - from;
		buf_add(&out, text->p + from, len);
	}
	buf_add(&out, text->p + end, text->n - end);
	CU_ASSERT_EQUAL_FATAL(out.err, 0);
	buf_free(text);
	*text = out;
}

/* Reads TEXT; the code, and the sentence in OUT. */
static int
attempt(struct str text, struct buf *out)
{
	static const struct topology_setting set = {
		.text = "lan1.ip_forward=true",
	};
	struct diag d = DIAG_INIT;
	struct topology *t;
	int err = topology_read(&t, text, "f.gv", &set, text.n % 8 == 0, &d);

	CU_ASSERT_EQUAL(err, d.err);
	CU_ASSERT_EQUAL(err == 0, t != NULL);
	if (err != 0)
		diag_write(&d, out);
	else
		CU_ASSERT_TRUE(t->nnodes > 0 && t->nodes[0].name[0] != '\0');
	for (size_t i = 0; err == 0 && i < t->nnodes; i++)
		CU_ASSERT_TRUE(
		    t->nodes[i].line > 0 && t->nodes[i].addr.len > 0);
	for (size_t i = 0; err == 0 && i < t->nedges; i++)
		CU_ASSERT_TRUE(
		    t->edges[i].line > 0 && t->edges[i].a != t->edges[i].b);
	topology_drop(t);
	return err;
}

static void
judge_compare_runs(struct str text)
{
	LOCAL_BUF first = BUF_INIT, second = BUF_INIT, why = BUF_INIT;
	struct diag d = DIAG_INIT;
	int err = attempt(text, &first);
	bool bad = attempt(text, &second) != err ||
		   strcmp(buf_cstr(&first), buf_cstr(&second)) != 0;

	second_differs(text, &d, &why);
	bad = bad || why.n > 0 || (err != 0 && first.n < 10);
	if (bad)
		printf("  %s\n  %s\n  %s\n--\n%.*s\n--\n", buf_cstr(&first),
		    buf_cstr(&second), buf_cstr(&why), STR_ARG(text));
	CU_ASSERT_FALSE(bad);
}

/* Of each file; so many more with RUNG_FUZZ_SECONDS. */
static int
rounds(void)
{
	return getenv("RUNG_FUZZ_SECONDS") != NULL ? 5000 : 500;
}

static void
damaged(void)
{
	for (size_t f = 0; f < NFILES; f++) {
		struct buf whole = BUF_INIT;
		char path[256];
		uint64_t seed = 0x9e3779b97f4a7c15 + f;

		snprintf(path, sizeof(path), "topologies/%s.gv", files[f]);
		CU_ASSERT_EQUAL_FATAL(buf_read_file(&whole, path, 1 << 20), 0);
		for (int i = 0; i < rounds(); i++) {
			struct buf text = BUF_INIT;
			uint64_t n = 1 + draw(&seed, 4);

			buf_add(&text, whole.p, whole.n);
			while (n-- > 0)
				damage(&text, &seed);
			judge_compare_runs(buf_view(&text));
			buf_free(&text);
		}
		buf_free(&whole);
	}
}

/* Every beginning of a file. */
static void
cut_short(void)
{
	LOCAL_BUF whole = BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(
	    buf_read_file(&whole, "topologies/two-proxies.gv", 1 << 20), 0);
	for (size_t n = 0; n <= whole.n; n++)
		judge_compare_runs(str_slice(buf_view(&whole), 0, n));
}

/* Files made of the language's words in any order. */
static void
salad(void)
{
	uint64_t seed = 88172645463325252;

	for (int i = 0; i < rounds() * 10; i++) {
		struct buf text = BUF_INIT;
		uint64_t n = draw(&seed, 30);

		buf_puts(&text, "graph {");
		while (n-- > 0) {
			buf_puts(&text, words[draw(&seed, NWORDS)]);
			if (draw(&seed, 3) != 0)
				buf_putc(&text, ' ');
		}
		buf_puts(&text, "}");
		judge_compare_runs(buf_view(&text));
		buf_free(&text);
	}
}

/* A topology in a random selection of memory failures. */
static void
no_memory(void)
{
	LOCAL_BUF whole = BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(
	    buf_read_file(&whole, "topologies/twenty.gv", 1 << 20), 0);
	for (unsigned long n = 1; n < 300; n += 7) {
		struct diag d = DIAG_INIT;
		struct topology *t;
		int err;

		mem_fail_from(n);
		err = topology_read(&t, buf_view(&whole), "f.gv", NULL, 0, &d);
		mem_fail_from(0);
		CU_ASSERT_TRUE(err == 0 || err == ERR_NOMEM);
		topology_drop(t);
	}
}

CHECK_MAIN("fuzz_topology", { "damaged", damaged }, { "cut short", cut_short },
    { "salad", salad }, { "no memory", no_memory })
