/*
 * A locator that takes its time (node/locate.h).  Of every lab and topology:
 * where the answers come later at the same instant, the same messages go the
 * same ways at the same times; where they take long, each step is still one of
 * its machine's table; and a call that is taken back while nobody knows where
 * its INVITE goes ends without a message.
 */
#include "node/node.h"
#include "node/world.h"
#include "runs/run_in.h"

#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "fixtures/late_locator.h"
#include "fixtures/steps.h"

#include <stdlib.h>

/* ---- runs ---- */

static bool
run_file(const char *file, struct buf *out)
{
	struct diag d = DIAG_INIT;
	struct inputs in;
	struct run *r = NULL;
	bool done = false;
	int err = inputs_read(&in, file, &d);

	buf_clear(out);
	if (err == 0)
		err = run_create(&r, &in, lab_sink, out, &d);
	if (err == 0)
		r->world->locator = &late_locator;
	while (err == 0 && !done)
		err = run_advance(r, 0, &done, &d);
	run_destroy(r);
	inputs_free(&in);
	late_free();
	if (err != 0)
		printf("  %s: %s\n", file, d.text);
	return err == 0;
}

static struct trace *
late_trace(const char *file)
{
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	if (run_file(file, &out))
		trace_load_buf(&t, &out, file, &d);
	buf_free(&out);
	return t;
}

/* ---- the same messages ---- */

static int
compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Time, ends and first line of each message that is sent, sorted: what happens
 * at one instant may change places. */
static size_t
sends_of(const struct trace *t, char **lines, size_t most)
{
	struct buf scratch = BUF_INIT;
	struct trace_send what;
	struct trace_rec rec;
	size_t n = 0;

	for (uint64_t seq = 1; seq <= trace_count(t) && n < most; seq++) {
		trace_get(t, seq, &rec);
		if (rec.kind != TRACE_SEND ||
		    trace_get_send(&rec, &what, &scratch) != 0)
			continue;
		lines[n] = mem_zalloc(1, 200);
		snprintf(lines[n++], 200, "%lld %.*s %.*s %.*s %u %.*s",
		    (long long)rec.t, STR_ARG(rec.node), STR_ARG(what.src),
		    STR_ARG(what.dst), what.status, STR_ARG(what.method));
	}
	qsort(lines, n, sizeof(lines[0]), compare_lines);
	buf_free(&scratch);
	return n;
}

#define SENDS_MOST 20000

/* Labs in which two things happen at the same instant, and it counts which of
 * them is the first. */
static const struct {
	const char *lab, *reason;
} same_instant[] = {
	{ "labs/hear-loss", "the link draws which of the two is lost" },
	{ "labs/jitter-buffer", "the link draws how long each is late" },
	{ "labs/link-capacity", "the link's queue has one before the other" },
	{ "labs/after-491", "an INVITE arrives as bob sends one" },
	{ "labs/gb28181-no-answer", "a BYE arrives as platform sends one" },
};

/* What nodes ask a name server is not for another locator. */
static bool
has_names(const struct trace *t)
{
	struct trace_rec rec;
	struct buf scratch = BUF_INIT;
	bool found = false;

	for (uint64_t seq = 1; !found && seq <= trace_count(t); seq++) {
		trace_get(t, seq, &rec);
		found = rec.kind == TRACE_SEND &&
			trace_proto_find(trace_str(&rec, "proto", &scratch)) ==
			    TRACE_PROTO_DNS;
	}
	buf_free(&scratch);
	return found;
}

static bool
is_compared(const char *file, const struct trace *t)
{
	for (size_t i = 0; i < sizeof(same_instant) / sizeof(same_instant[0]);
	     i++)
		if (strcmp(same_instant[i].lab, file) == 0)
			return false;
	return !has_names(t);
}

static void
says_the_same(const char *file)
{
	char **a = mem_zalloc(SENDS_MOST, sizeof(*a));
	char **b = mem_zalloc(SENDS_MOST, sizeof(*b));
	struct trace *ta = lab_trace(file, &LAB_OPTIONS),
		     *tb = late_trace(file);
	size_t na = sends_of(ta, a, SENDS_MOST),
	       nb = sends_of(tb, b, SENDS_MOST);
	size_t bad = 0;

	if (!is_compared(file, ta))
		na = nb = 0;
	for (size_t i = 0; i < na && i < nb; i++)
		if (strcmp(a[i], b[i]) != 0 && bad++ == 0)
			printf("  at once: %s\n  later:   %s\n", a[i], b[i]);
	CU_ASSERT_EQUAL(na, nb);
	CU_ASSERT_EQUAL(bad, 0);
	for (size_t i = 0; i < SENDS_MOST; i++) {
		mem_free(a[i]);
		mem_free(b[i]);
	}
	mem_free(a);
	mem_free(b);
	trace_destroy(ta);
	trace_destroy(tb);
}

static void
same_messages(void)
{
	late_delay = 0;
	labs_each_nth(says_the_same, true, LABS_SOME);
	CU_ASSERT_TRUE(late_asked > 300 / LABS_SOME);
}

/* ---- long searches ---- */

static void
takes_known_steps(const char *file)
{
	struct buf out = BUF_INIT;
	struct steps s;
	struct str rest;

	steps_begin(&s);
	if (run_file(file, &out)) {
		rest = buf_view(&out);
		while (rest.n > 0)
			steps_line(&s, str_cut(rest, '\n', &rest));
	}
	CU_ASSERT_EQUAL(s.bad, 0);
	steps_end(&s);
	buf_free(&out);
}

static void
known_steps(void)
{
	static const int64_t delays[] = { 70 * SIM_MS, 3 * SIM_S };

	for (size_t i = 0; i < 2; i++) {
		late_delay = delays[i];
		labs_each_nth(takes_known_steps, true, LABS_SOME);
	}
	CU_ASSERT_TRUE(late_forgotten > 0);
}

/* ---- taken back in between ---- */

/* A topology with a script beside it, in a folder that is removed again. */
static bool
run_script(const char *script, struct buf *out)
{
	char dir[] = "/tmp/rung-later-XXXXXX", file[64];
	bool good = mkdtemp(dir) != NULL;
	FILE *f;

	snprintf(file, sizeof(file), "%s/lab.lua", dir);
	f = good ? fopen(file, "w") : NULL;
	good = f != NULL && fputs(script, f) >= 0;
	good &= f != NULL && fclose(f) == 0;
	good = good && run_file(file, out);
	unlink(file);
	rmdir(dir);
	return good;
}

static void
hung_up_before_it_is_known(void)
{
	struct buf out = BUF_INIT;

	late_delay = 2 * SIM_S;
	late_forgotten = 0;
	CU_ASSERT_TRUE(
	    run_script("lab { title = 'Later', topology = 'direct-call.gv' }\n"
		       "script(function()\n"
		       "  local call = node 'alice':invite 'bob'\n"
		       "  sleep '1s'\n"
		       "  call:cancel()\n"
		       "  sleep '5s'\n"
		       "end)\n",
		&out));
	CU_ASSERT_EQUAL(late_forgotten, 1);
	CU_ASSERT_TRUE(str_find(buf_view(&out), "\"kind\":\"send\"") < 0);
	CU_ASSERT_TRUE(str_find(buf_view(&out),
			   "\"from\":\"idle\",\"state\":\"terminated\"") >= 0);
	buf_free(&out);
}

CHECK_MAIN("locate_later",
    { "hung_up_before_it_is_known", hung_up_before_it_is_known },
    { "same_messages", same_messages }, { "known_steps", known_steps })
