/*
 * What the follower finds out from a run it finds out from a capture of that
 * run, too: of each lab whose messages are all in the capture, the same
 * transactions with the same ends, the same dialogs, the same agreements.
 */
#include "fixtures/check.h"
#include "fixtures/exported.h"
#include "fixtures/labs.h"
#include "follower_walk.h"
#include "msg/header_names.h"

/* Labs whose captures tell something else, and why; each row is needed. */
static const struct {
	const char *file, *why;
} reasons[] = {
	{ "labs/handout-nat",
	    "requests leave a host behind a NAT, responses come to the NAT" },
	{ "labs/alg-by-text", "the same" },
	{ "topologies/cgn.gv", "the same" },
	{ "topologies/nat.gv", "the same" },
	{ "topologies/outbound.gv", "the same" },
	{ "topologies/stun.gv", "the same" },
	{ "labs/rfc3665-3.7",
	    "bob's address changes: for a capture he is two" },
	{ "topologies/two-faces.gv",
	    "a proxy with two addresses: for a capture two, of which one "
	    "answers" },
};

#define NREASONS (sizeof(reasons) / sizeof(reasons[0]))

static bool needed[NREASONS];

struct facts {
	struct str *lines;
	size_t n;
};

static void
put_line(struct facts *f, struct str line)
{
	char *copy = mem_dup(line.p, line.n);

	CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
	f->lines = mem_realloc_array(f->lines, f->n + 1, sizeof(*f->lines));
	CU_ASSERT_PTR_NOT_NULL_FATAL(f->lines);
	f->lines[f->n++] = (struct str){ copy, line.n };
}

static int
compare_lines(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void
facts_free(struct facts *f)
{
	for (size_t i = 0; i < f->n; i++)
		mem_free((char *)f->lines[i].p);
	mem_free(f->lines);
}

/* ---- what is compared ---- */

static void
put_tx(struct facts *f, const struct trace *t, const struct followed_tx *tx)
{
	LOCAL_BUF line = BUF_INIT, text = BUF_INIT;
	struct trace_rec rec;
	struct trace_send s;

	trace_get(t, tx->request, &rec);
	CU_ASSERT_EQUAL_FATAL(trace_get_send(&rec, &s, &text), 0);
	buf_printf(&line,
	    "tx %.*s %.*s %.*s %u: %u x, %u 1xx, sent %u, came %u, %s%s%s%s%s",
	    STR_ARG(s.call_id), STR_ARG(s.branch), STR_ARG(tx->method_name),
	    tx->cseq, tx->repeats.n, tx->provisional_status, tx->status,
	    tx->came_status, tx->initial ? "initial " : "",
	    tx->ack_came != 0 ? "ACK " : "", tx->cancel != 0 ? "CANCEL " : "",
	    tx->late ? "late " : "", tx->finals.n > 0 ? "again " : "");
	put_line(f, buf_view(&line));
}

static void
put_dialog(struct facts *f, const struct follower_walk *w, struct str key,
    const struct followed_dialog *d)
{
	LOCAL_BUF line = BUF_INIT;
	struct str call, local, remote = key;
	const struct followed_session *k = follower_walk_session(w, key);

	(void)str_cut(remote, ' ', &remote);
	call = str_cut(remote, ' ', &remote);
	local = str_cut(remote, ' ', &remote);
	buf_printf(&line,
	    "dialog %.*s %.*s %.*s: %s%s%s%s%s%u 2xx, %u asked, %s, to %.*s",
	    STR_ARG(call), STR_ARG(local), STR_ARG(remote),
	    d->uac ? "uac " : "uas ", d->invite ? "INVITE " : "",
	    d->confirmed ? "confirmed " : "", d->bye != 0 ? "BYE " : "",
	    d->bye_came != 0 ? "BYE came " : "", d->noks, d->asked,
	    k != NULL && k->agreed[0] != 0 && k->agreed[1] != 0 ? "agreed"
								: "open",
	    STR_ARG(d->target));
	put_line(f, buf_view(&line));
}

static void
note_message(
    const struct follower_walk *w, const struct followed_message *s, void *arg)
{
	struct facts *f = arg;
	LOCAL_BUF line = BUF_INIT;

	buf_printf(&line, "%d %016llx", (int)trace_kind_of(w->t, s->seq),
	    (unsigned long long)str_hash(s->msg->bytes));
	put_line(f, buf_view(&line));
}

/* What T tells; all its messages into M. */
static void
read_facts(const struct trace *t, struct facts *f, struct facts *m)
{
	struct follower_walk w;
	struct followed_tx *tx;
	struct str key;
	void *d;

	CU_ASSERT_EQUAL_FATAL(follower_walk(&w, t, note_message, m), 0);
	for (tx = follower_first_tx(w.f); tx != NULL; tx = tx->next)
		put_tx(f, t, tx);
	for (size_t at = 0; map_next(w.dialogs, &at, &key, &d);)
		put_dialog(f, &w, key, d);
	follower_walk_free(&w);
	if (f->n > 0)
		qsort(f->lines, f->n, sizeof(*f->lines), compare_lines);
	if (m->n > 0)
		qsort(m->lines, m->n, sizeof(*m->lines), compare_lines);
}

/* ---- labs ---- */

static unsigned nlabs, compared;

static bool
have_same(const struct facts *a, const struct facts *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = str_eq(a->lines[i], b->lines[i]);
	return same;
}

/* Whether FILE may differ. */
static bool
has_reason(const char *file)
{
	for (size_t i = 0; i < NREASONS; i++)
		if (strcmp(reasons[i].file, file) == 0)
			return needed[i] = true;
	return false;
}

/* The lines that one of A and B has alone. */
static void
say_difference(const char *file, const struct facts *a, const struct facts *b)
{
	size_t i = 0, j = 0;

	while (i < a->n || j < b->n) {
		int order = i == a->n   ? 1
			    : j == b->n ? -1
					: str_cmp(a->lines[i], b->lines[j]);

		if (order < 0)
			printf("BAD %s: run     %.*s\n", file,
			    STR_ARG(a->lines[i]));
		else if (order > 0)
			printf("BAD %s: capture %.*s\n", file,
			    STR_ARG(b->lines[j]));
		i += order <= 0;
		j += order >= 0;
	}
}

static void
compare_lab(const char *file)
{
	const struct lab_options o = LAB_OPTIONS;
	struct facts run = { .n = 0 }, capture = { .n = 0 };
	struct facts sent = { .n = 0 }, seen = { .n = 0 };
	struct trace *t = lab_trace(file, &o), *c;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	c = export_trace(t, file);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	read_facts(t, &run, &sent);
	read_facts(c, &capture, &seen);
	nlabs++;
	if (have_same(&sent, &seen)) {
		compared++;
		if (!have_same(&run, &capture) && !has_reason(file)) {
			say_difference(file, &run, &capture);
			CU_FAIL("the capture tells something else");
		}
	}
	facts_free(&run);
	facts_free(&capture);
	facts_free(&sent);
	facts_free(&seen);
	trace_destroy(c);
	trace_destroy(t);
}

static void
captures_say_the_same(void)
{
	labs_each(compare_lab, true);
	if (getenv("FOLLOWER_COUNT") != NULL)
		printf("  %u of %u compared\n", compared, nlabs);
	/* Others lose messages, or seal them. */
	CU_ASSERT_TRUE(compared > nlabs / 2);
	for (size_t i = 0; i < NREASONS; i++)
		if (!needed[i]) {
			printf("BAD no need for %s\n", reasons[i].file);
			CU_FAIL("a reason that is not needed");
		}
}

CHECK_MAIN("follower captures",
    { "labs, as runs and as captures", captures_say_the_same })
