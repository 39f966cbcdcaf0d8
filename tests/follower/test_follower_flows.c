/*
 * What the follower says of each message of a flow, as text: one flow of each
 * kind message by message (golden/follower-flows.txt, held against the ladders
 * of the RFCs by eye), and transactions and dialogs of the others
 * (golden/follower-short.txt).
 */
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "follower_walk.h"

/* ---- message by message ---- */

/* What S is: "INVITE", "180 INVITE". */
static void
put_what(const struct followed_message *s, struct buf *out)
{
	LOCAL_BUF what = BUF_INIT;

	if (!s->msg->request)
		buf_printf(&what, "%u ", s->msg->status);
	buf_str(&what, s->msg->request ? s->msg->method_name : s->cseq.method);
	buf_printf(out, " %-14s", buf_cstr(&what));
}

/* The words of EVENTS, or "-". */
static void
put_events(unsigned events, struct buf *out)
{
	const char *between = " ";

	for (unsigned i = 0; i < FOLLOWER_EVENT_COUNT; i++)
		if ((events >> i & 1) != 0) {
			buf_printf(
			    out, "%s%s", between, follower_event_words[i]);
			between = ",";
		}
	if (events == 0)
		buf_puts(out, " -");
}

/*
 *	1.020 bob      > proxy1   180 INVITE    dialog-made #5 d0 wr02cqum/rf91
 *
 * Time, the node that sends or gets it, the other one, what it has done, its
 * transaction, its dialog and the tags of that, its node's first.
 */
static void
put_message(
    const struct follower_walk *w, const struct followed_message *s, void *arg)
{
	bool sent = trace_kind_of(w->t, s->seq) == TRACE_SEND;
	struct str node = trace_name(w->t, s->node);
	struct str other = trace_name(w->t, s->other);
	struct buf *out = arg;

	/* That it comes says little where it does nothing. */
	if (!sent && s->events == 0)
		return;
	buf_printf(out, "%7.3f %-8.*s %c %-8.*s", (double)s->time / 1e9,
	    STR_ARG(node), sent ? '>' : '<', STR_ARG(other));
	put_what(s, out);
	put_events(s->events, out);
	if (s->tx != NULL)
		buf_printf(out, " #%u", s->tx->id);
	if (s->dialog != NULL)
		buf_printf(out, " d%u", s->dialog->id);
	if (s->dialog != NULL && (s->events & FOLLOWER_DIALOG_MADE) != 0)
		buf_printf(out, " %.*s/%.*s",
		    STR_ARG(follower_own_tag(w, s, true)),
		    STR_ARG(follower_own_tag(w, s, false)));
	buf_putc(out, '\n');
}

static void
put_flow(const char *file, struct buf *out)
{
	const struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(file, &o);
	struct follower_walk w;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	buf_printf(out, "%s\n", file);
	CU_ASSERT_EQUAL_FATAL(follower_walk(&w, t, put_message, out), 0);
	buf_putc(out, '\n');
	follower_walk_free(&w);
	trace_destroy(t);
}

static void
flows_are_followed(void)
{
	static const char *const files[] = { "labs/rfc3665-3.8",
		"labs/rfc5407-3.1.4", "labs/rfc5407-3.2.1", "labs/rfc5359-2.1",
		"labs/rfc3856-8", "labs/rfc3515-4.1", "labs/forking",
		"labs/sequential-forking", "labs/loop-and-spiral",
		"labs/lost-messages" };
	LOCAL_BUF out = BUF_INIT;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		put_flow(files[i], &out);
	CU_ASSERT_EQUAL(out.err, 0);
	CU_ASSERT_TRUE(golden_same("follower-flows.txt", buf_view(&out)));
}

/* ---- in short ---- */

/* WORDS go into OUT, behind what its last line has, or on one of their own. */
static void
put_words(struct buf *out, size_t *at, const struct buf *words)
{
	if (*at > 8 && *at + 2 + words->n > 80) {
		buf_putc(out, '\n');
		*at = 0;
	}
	if (*at == 0) {
		buf_puts(out, "  ");
		*at = 1;
	}
	buf_printf(out, " %.*s", (int)words->n, buf_cstr(words));
	*at += 1 + words->n;
}

/* "alice>proxy1:INVITE=407A": who to whom, the end that its client sees, an ACK
 * for that, a CANCEL, and how often it or its end was sent again. */
static void
put_tx(struct buf *out, size_t *at, const struct trace *t,
    const struct followed_tx *tx)
{
	struct str from = trace_name(t, tx->client);
	struct str to = trace_name(t, tx->server);
	LOCAL_BUF words = BUF_INIT;

	buf_printf(&words, "%.*s>%.*s:%.*s=%u%s%s", STR_ARG(from), STR_ARG(to),
	    STR_ARG(tx->method_name), tx->came_status,
	    tx->ack_came != 0 ? "A" : "", tx->cancel != 0 ? "C" : "");
	if (tx->repeats.n > 0)
		buf_printf(&words, "*%u", tx->repeats.n + 1);
	if (tx->finals.n > 0)
		buf_printf(&words, "/%u", tx->finals.n + 1);
	put_words(out, at, &words);
}

/* "alice~uac:2xx=2:confirmed:ended": of whom, what it is, how many 2xx. */
static void
put_dialog(struct buf *out, size_t *at, const struct follower_walk *w,
    const struct followed_dialog *d)
{
	const struct follower_times *times = &w->times[d->id];
	struct str node = trace_name(w->t, d->node);
	LOCAL_BUF words = BUF_INIT;

	buf_printf(&words, "%.*s~%s", STR_ARG(node), d->uac ? "uac" : "uas");
	if (!d->invite)
		buf_puts(&words, ":event");
	if (d->noks > 0)
		buf_printf(&words, ":2xx=%u", d->noks);
	if (times->acked != FOLLOWER_NEVER)
		buf_puts(&words, ":acked");
	if (times->ended != FOLLOWER_NEVER)
		buf_puts(&words, ":ended");
	put_words(out, at, &words);
}

static void
put_short(const char *file, struct buf *out)
{
	const struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(file, &o);
	const struct followed_dialog *d;
	const struct followed_tx *tx;
	struct follower_walk w;
	size_t at = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(follower_walk(&w, t, NULL, NULL), 0);
	buf_printf(out, "%s\n", file);
	for (tx = follower_first_tx(w.f); tx != NULL; tx = tx->next)
		put_tx(out, &at, t, tx);
	if (at > 0)
		buf_putc(out, '\n');
	at = 0;
	for (d = follower_first_dialog(w.f); d != NULL; d = d->next)
		put_dialog(out, &at, &w, d);
	if (at > 0)
		buf_putc(out, '\n');
	follower_walk_free(&w);
	trace_destroy(t);
}

static void
others_stay(void)
{
	char *names[LABS_MAX];
	size_t n = labs_list(names, false);
	LOCAL_BUF out = BUF_INIT;

	for (size_t i = 0; i < n; i++)
		if (strncmp(names[i], "labs/rfc", 8) == 0)
			put_short(names[i], &out);
	labs_free(names, n);
	CU_ASSERT_EQUAL(out.err, 0);
	CU_ASSERT_TRUE(golden_same("follower-short.txt", buf_view(&out)));
}

CHECK_MAIN("follower flows",
    { "one flow of each kind, message by message", flows_are_followed },
    { "the flows of RFCs, in short", others_stay })
