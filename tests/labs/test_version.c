/*
 * The version rises when a lab's bytes change: what was made by one version is
 * told from what is made by the next, and a hand-in, a figure or a session says
 * by which.  tests/released has the version that was given out last, and what
 * the trace of each lab was then; `make released` writes it.  Until the version
 * has risen above that one, every lab must give the same bytes; once it has, as
 * many may change as will.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"

#include <inttypes.h>
#include <stdlib.h>

#define RELEASED "tests/released"
/* Of those that differ, named. */
#define NAMED 8

struct released {
	struct buf text;
	struct str version;
	struct str labs; /* lines "HASH NAME" */
};

/* Comments, "rung 0.1.0", and a line for each lab. */
static bool
read_released(struct released *r)
{
	struct str rest, line;

	*r = (struct released){ .text = BUF_INIT };
	if (buf_read_file(&r->text, RELEASED, 1 << 20) != 0)
		return false;
	for (rest = buf_view(&r->text); str_starts(rest, "#");)
		(void)str_cut(rest, '\n', &rest);
	line = str_cut(rest, '\n', &r->labs);
	if (!str_starts(line, "rung "))
		return false;
	r->version = str_slice(line, 5, line.n);
	return true;
}

/* The next line of *REST; false at the end. */
static bool
next_lab(struct str *rest, uint64_t *hash, struct str *name)
{
	struct str line = str_cut(*rest, '\n', rest);

	if (line.n < 18 || sscanf(line.p, "%16" SCNx64 " ", hash) != 1)
		return false;
	*name = str_slice(line, 17, line.n);
	return true;
}

/* "0.10.0" is above "0.9.3". */
static int
compare_versions(struct str a, struct str b)
{
	while (a.n > 0 || b.n > 0) {
		uint64_t x = 0, y = 0;
		int wrong = str_u64(str_cut(a, '.', &a), &x) |
			    str_u64(str_cut(b, '.', &b), &y);

		if (wrong != 0 || x != y)
			return wrong != 0 || x < y ? -1 : 1;
	}
	return 0;
}

static void
orders_versions(void)
{
	static const char *const up[] = { "0.1.0", "0.1.1", "0.2.0", "0.9.3",
		"0.10.0", "1.0.0" };

	for (size_t i = 0; i < 6; i++)
		for (size_t k = 0; k < 6; k++) {
			int order =
			    compare_versions(str_of(up[i]), str_of(up[k]));

			CU_ASSERT_EQUAL(order, (i > k) - (i < k));
		}
}

/* What the trace of the lab NAME would be called by VERSION; 0: there is no
 * such lab. */
static uint64_t
find_hash(struct str name, struct str version)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t;
	char file[256];
	uint64_t hash = 0;

	snprintf(file, sizeof(file), "%.*s", STR_ARG(name));
	if (access(file, F_OK) != 0)
		return 0;
	t = lab_trace(file, &o);
	if (t != NULL)
		hash = trace_hash_by(t, version);
	trace_destroy(t);
	return hash;
}

/* Names, in CHANGED, the labs of R that a rung of version NOW must not give
 * otherwise than R has them, and does; how many. */
static size_t
find_changed(const struct released *r, struct str now, struct buf *changed)
{
	struct str rest = r->labs, name;
	uint64_t hash;
	size_t n = 0;

	/* Above what was given out all may change. */
	if (compare_versions(now, r->version) > 0)
		return 0;
	while (next_lab(&rest, &hash, &name))
		if (find_hash(name, r->version) != hash && ++n <= NAMED)
			buf_printf(changed, "    %.*s\n", STR_ARG(name));
	return n;
}

static void
say_rise(const struct released *r, const struct buf *changed, size_t n)
{
	printf("  %zu labs give other bytes than with rung %.*s, which was "
	       "given out:\n%s"
	       "  If they are meant to, let VERSION in the Makefile rise to "
	       "the next minor one;\n"
	       "  make golden draws what says it.  If not, the change is "
	       "wrong.\n",
	    n, STR_ARG(r->version), buf_cstr(changed));
}

static void
rises_with_labs(void)
{
	LOCAL_BUF changed = BUF_INIT;
	struct released r;
	size_t n;

	CU_ASSERT_FATAL(read_released(&r));
	CU_ASSERT_TRUE(compare_versions(STR(RUNG_VERSION), r.version) >= 0);
	CU_ASSERT_TRUE(str_count(r.labs, '\n') >= 50);
	n = find_changed(&r, STR(RUNG_VERSION), &changed);
	if (n > 0)
		say_rise(&r, &changed, n);
	CU_ASSERT_EQUAL(n, 0);
	buf_free(&r.text);
}

/* Of one lab that is as it was, one that has changed and one that is gone. */
static void
finds_what_changed(void)
{
	uint64_t hash = find_hash(STR("labs/direct-call"), STR("0.1.0"));
	struct buf changed = BUF_INIT, labs = BUF_INIT;
	struct released r = { .version = STR("0.1.0") };

	buf_printf(&labs,
	    "%016" PRIx64 " labs/direct-call\n%016" PRIx64 " labs/busy\n"
	    "%016" PRIx64 " labs/none\n",
	    hash, hash, hash);
	r.labs = buf_view(&labs);
	CU_ASSERT_EQUAL(find_changed(&r, STR("0.1.0"), &changed), 2);
	CU_ASSERT_STRING_EQUAL(
	    buf_cstr(&changed), "    labs/busy\n    labs/none\n");
	CU_ASSERT_EQUAL(find_changed(&r, STR("0.2.0"), &changed), 0);
	buf_free(&changed);
	buf_free(&labs);
}

static const char head[] =
    "# What was given out last, and the hash of each lab's trace with it\n"
    "# (trace_hash), as its figures say it.  make released writes this;\n"
    "# tests/labs/test_version.c holds the labs to it.\n";

/* RELEASE=1: writes what the labs are now. */
static void
write_released(void)
{
	char *names[LABS_MAX];
	size_t n = labs_list(names, false);
	LOCAL_BUF out = BUF_INIT;

	buf_printf(&out, "%srung %s\n", head, RUNG_VERSION);
	for (size_t i = 0; i < n; i++)
		buf_printf(&out, "%016" PRIx64 " %s\n",
		    find_hash(str_of(names[i]), STR(RUNG_VERSION)), names[i]);
	CU_ASSERT_EQUAL(buf_write_file(&out, RELEASED), 0);
	labs_free(names, n);
}

static void
holds_labs(void)
{
	if (getenv("RELEASE") != NULL)
		write_released();
	rises_with_labs();
}

CHECK_MAIN("version", { "versions in order", orders_versions },
    { "what has changed", finds_what_changed },
    { "no other bytes by the same version", holds_labs })
