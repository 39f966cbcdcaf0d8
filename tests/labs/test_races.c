/*
 * The races of RFC 5407 against their labs (labs/rfc5407-*): all messages of a
 * run in the order of the RFC's figure, which of them cross, which are lost,
 * and the states through which the dialogs go at either side, with the timer
 * that ends the last of them.  The RFC calls none Preparative, confirmed
 * Established, terminated Morgue.
 *
 * In 3.2.1 either side has a BYE of its own and one of the other's; the figure
 * draws Timer K at Alice's and Timer J at Bob's.  A dialog is kept for both
 * BYEs here, and so until Timer J.
 */
#include "trace/align.h"

#include "fixtures/check.h"
#include "fixtures/labs.h"

#define DELAY (INT64_C(100) * 1000000) /* of the only link */

/*
 * Each line is a message: > from Alice, < from Bob, its method or its status
 * and the method of its CSeq, `again` for a repetition, `lost`, and `crosses`
 * where it is sent before the one above it has arrived.
 */
static const struct race {
	const char *section;
	const char *lines;
	const char *alice, *bob; /* the states of their dialogs */
} races[] = {
	{ "3.1.1",
	    "> INVITE\n"
	    "< 180 INVITE lost\n"
	    "< 200 INVITE\n"
	    "> INVITE again crosses\n"
	    "> ACK\n",
	    "moratorium confirmed ", "early moratorium confirmed " },
	{ "3.1.2",
	    "> INVITE\n"
	    "< 180 INVITE\n"
	    "> CANCEL\n"
	    "< 200 INVITE crosses\n"
	    "< 200 CANCEL\n"
	    "> ACK crosses\n"
	    "> BYE\n"
	    "< 200 BYE\n",
	    "early moratorium confirmed mortal terminated by Timer K ",
	    "early moratorium confirmed mortal terminated by Timer J " },
	{ "3.1.3",
	    "> INVITE\n"
	    "< 180 INVITE\n"
	    "< 200 INVITE\n"
	    "> BYE crosses\n"
	    "> ACK\n"
	    "< 200 BYE crosses\n",
	    "early mortal terminated by Timer K ",
	    "early moratorium mortal terminated by Timer J " },
	{ "3.1.4",
	    "> INVITE\n"
	    "< 180 INVITE\n"
	    "< 200 INVITE\n"
	    "> ACK lost\n"
	    "> INVITE\n"
	    "< 200 INVITE again crosses\n"
	    "< 200 INVITE\n"
	    "> ACK again crosses\n"
	    "> ACK\n",
	    "early moratorium confirmed ", "early moratorium confirmed " },
	{ "3.1.5",
	    "> INVITE\n"
	    "< 180 INVITE\n"
	    "< 200 INVITE\n"
	    "> ACK lost\n"
	    "> INVITE\n"
	    "< 200 INVITE again crosses\n"
	    "< 491 INVITE\n"
	    "> ACK again crosses\n"
	    "> ACK\n",
	    "early moratorium confirmed ", "early moratorium confirmed " },
	{ "3.1.6",
	    "> INVITE\n"
	    "< 180 INVITE\n"
	    "< 200 INVITE\n"
	    "> ACK lost\n"
	    "> BYE\n"
	    "< 200 INVITE again crosses\n"
	    "< 200 BYE\n"
	    "> ACK again crosses\n",
	    "early moratorium confirmed mortal terminated by Timer K ",
	    "early moratorium mortal terminated by Timer J " },
	{ "3.2.1",
	    "> INVITE\n"
	    "< 180 INVITE\n"
	    "< 200 INVITE\n"
	    "> ACK\n"
	    "> BYE\n"
	    "< BYE crosses\n"
	    "< 200 BYE\n"
	    "> 200 BYE crosses\n",
	    "early moratorium confirmed mortal terminated by Timer J ",
	    "early moratorium confirmed mortal terminated by Timer J " },
	{ "3.2.2",
	    "> INVITE\n"
	    "< 180 INVITE\n"
	    "< 200 INVITE\n"
	    "> ACK\n"
	    "> BYE\n"
	    "< INVITE crosses\n"
	    "< 200 BYE\n"
	    "> 481 INVITE crosses\n"
	    "< ACK\n",
	    "early moratorium confirmed mortal terminated by Timer K ",
	    "early moratorium confirmed mortal terminated by Timer J " },
	{ "3.2.3",
	    "> INVITE\n"
	    "< 180 INVITE\n"
	    "< 200 INVITE\n"
	    "> ACK\n"
	    "< INVITE\n"
	    "> 200 INVITE\n"
	    "< BYE crosses\n"
	    "< ACK\n"
	    "> 200 BYE crosses\n",
	    "early moratorium confirmed mortal terminated by Timer J ",
	    "early moratorium confirmed mortal terminated by Timer K " },
	{ "3.2.4",
	    "> INVITE\n"
	    "< 180 INVITE\n"
	    "< 200 INVITE\n"
	    "> ACK\n"
	    "< BYE crosses\n"
	    "> 200 BYE\n",
	    "early moratorium confirmed mortal terminated by Timer J ",
	    "early moratorium mortal terminated by Timer K " },
	{ "3.3.1",
	    "> INVITE\n"
	    "< 180 INVITE\n"
	    "< 200 INVITE\n"
	    "> ACK\n"
	    "> INVITE\n"
	    "< INVITE crosses\n"
	    "< 491 INVITE\n"
	    "> 491 INVITE crosses\n"
	    "> ACK\n"
	    "< ACK crosses\n"
	    "< INVITE\n"
	    "> 200 INVITE\n"
	    "< ACK\n"
	    "> INVITE\n"
	    "< 200 INVITE\n"
	    "> ACK\n",
	    "early moratorium confirmed ", "early moratorium confirmed " },
	{ "3.3.2",
	    "> INVITE\n"
	    "< 180 INVITE\n"
	    "< 200 INVITE\n"
	    "> ACK\n"
	    "> UPDATE\n"
	    "< INVITE crosses\n"
	    "< 491 UPDATE\n"
	    "> 491 INVITE crosses\n"
	    "< ACK\n"
	    "< INVITE\n"
	    "> 200 INVITE\n"
	    "< ACK\n"
	    "> UPDATE\n"
	    "< 200 UPDATE\n",
	    "early moratorium confirmed ", "early moratorium confirmed " },
	{ "3.3.3",
	    "> INVITE\n"
	    "< 180 INVITE\n"
	    "< 200 INVITE\n"
	    "> ACK\n"
	    "> BYE\n"
	    "< REFER crosses\n"
	    "< 200 BYE\n"
	    "> 481 REFER crosses\n",
	    "early moratorium confirmed mortal terminated by Timer K ",
	    "early moratorium confirmed mortal terminated by Timer J " },
};

/* ---- what was seen ---- */

static void
put_message(const struct align_message *before, const struct align_message *m,
    struct buf *out)
{
	bool meets = before != NULL && !str_eq(before->from_name, m->from_name);

	buf_puts(out, str_is(m->from_name, "alice") ? "> " : "< ");
	if (m->status != 0)
		buf_printf(out, "%u ", m->status);
	buf_str(out, m->cseq_method);
	if (m->retx > 0)
		buf_puts(out, " again");
	if (m->fate == ALIGN_FATE_LOST)
		buf_puts(out, " lost");
	else if (meets && before->fate != ALIGN_FATE_LOST &&
		 m->t < before->t + DELAY)
		buf_puts(out, " crosses");
	buf_putc(out, '\n');
}

static void
put_messages(const struct trace *t, struct buf *out)
{
	struct align *align;

	CU_ASSERT_EQUAL_FATAL(align_create(&align, t, t, NULL, NULL), 0);
	for (size_t i = 0; i < align->a.n; i++)
		put_message(i > 0 ? &align->a.messages[i - 1] : NULL,
		    &align->a.messages[i], out);
	align_destroy(align);
}

/* The timer by which REC, the end of a dialog, comes about. */
static void
put_timer(const struct trace *t, const struct trace_rec *rec, struct buf *out)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec cause;

	trace_get(t, rec->cause, &cause);
	buf_puts(out, "by ");
	buf_str(out, trace_str(&cause, "event", &scratch));
	buf_putc(out, ' ');
}

/* The states that NODE's dialogs have come to, in order. */
static void
put_states(const struct trace *t, const char *node, struct buf *out)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		trace_get(t, seq, &rec);
		if (rec.kind != TRACE_DIALOG || !str_is(rec.node, node))
			continue;
		buf_str(out, trace_str(&rec, "to", &scratch));
		buf_putc(out, ' ');
		if (str_is(trace_str(&rec, "to", &scratch), "terminated"))
			put_timer(t, &rec, out);
	}
}

static void
compare(const char *section, const char *what, const char *want,
    const struct buf *seen)
{
	bool same = str_is(buf_view(seen), want);

	CU_ASSERT(same);
	if (!same)
		printf("%s, %s: it is now\n%.*s\n", section, what, (int)seen->n,
		    seen->p);
}

static void
as_the_figures_say(void)
{
	for (size_t i = 0; i < sizeof(races) / sizeof(races[0]); i++) {
		struct lab_options o = LAB_OPTIONS;
		struct buf out[3] = { BUF_INIT, BUF_INIT, BUF_INIT };
		struct trace *t;
		char lab[64];

		snprintf(lab, sizeof(lab), "labs/rfc5407-%s", races[i].section);
		t = lab_trace(lab, &o);
		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		put_messages(t, &out[0]);
		put_states(t, "alice", &out[1]);
		put_states(t, "bob", &out[2]);
		compare(races[i].section, "messages", races[i].lines, &out[0]);
		compare(races[i].section, "alice", races[i].alice, &out[1]);
		compare(races[i].section, "bob", races[i].bob, &out[2]);
		for (size_t k = 0; k < 3; k++)
			buf_free(&out[k]);
		trace_destroy(t);
	}
}

CHECK_MAIN("races", { "as the figures say", as_the_figures_say }, )
