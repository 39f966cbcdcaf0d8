/*
 * A program is sent requests that are wrong, each in a run of its own, and then
 * a good one: a wrong one is refused or passed over and goes no further, and
 * whoever asks next is served.
 */
#include "lesson/agent.h"

#include "base/err.h"
#include "text/utf8.h"

#include <string.h>

#define RECORDS_MAX 20000
#define WRONG_MARK  "wrong-request"
#define GOOD_MARK   "good-request"
#define WRONG_S     1 /* when it is sent */
#define GOOD_S      9
#define END_S       18
#define SECOND_NS   INT64_C(1000000000)

/* The good request: its bytes, and who has sent it. */
struct sample {
	struct buf scratch, bytes;
	struct str from;
};

static int
find_sample(const struct agent_trial *tr, struct sample *s, struct diag *d)
{
	const struct trace *t = tr->s.base.trace;
	struct record_filter f;
	struct trace_rec rec;
	struct trace_send send;
	int err;

	f = RECORD_FILTER_ALL;
	err = record_filter_parse(&f, tr->a->good, NULL, d);
	for (uint64_t seq = 1; err == 0 && seq <= trace_count(t); seq++) {
		trace_get(t, seq, &rec);
		if (!record_filter_match(&f, t, &rec, &s->scratch) ||
		    trace_send_of(t, &rec) == 0)
			continue;
		trace_get(t, trace_send_of(t, &rec), &rec);
		buf_str(&s->bytes, trace_bytes(&rec, &s->scratch));
		err = trace_get_send(&rec, &send, &s->scratch);
		s->from = trace_name(t, trace_find_name(t, send.src));
		return err == 0 ? s->bytes.err : err;
	}
	return err;
}

/* TEXT in a script. */
static void
put_lua(struct buf *out, struct str text)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < text.n; i++)
		buf_printf(out, "\\%03u", (unsigned char)text.p[i]);
	buf_putc(out, '"');
}

static int
put_send(const struct agent_trial *tr, const struct sample *s,
    enum msg_mutation what, const char *mark, struct buf *out)
{
	struct buf bytes = BUF_INIT;
	int err = msg_mutate(buf_view(&s->bytes), what, mark, &bytes);

	buf_puts(out, "node(");
	put_lua(out, s->from);
	buf_puts(out, "):send { raw = ");
	put_lua(out, buf_view(&bytes));
	buf_puts(out, ", to = ");
	put_lua(out, str_of(tr->a->node));
	buf_puts(out, " }\n");
	buf_free(&bytes);
	return err;
}

/* The script that sends WHAT, and behind it the good one, in place of IN's. */
static int
put_script(const struct agent_trial *tr, const struct sample *s,
    enum msg_mutation what, struct inputs *in)
{
	struct buf b = BUF_INIT;
	int err;

	buf_printf(&b, "lab { topology = ");
	put_lua(&b, str_of(in->topology_file));
	buf_printf(&b, ", duration = \"%ds\" }\nscript(function()\nsleep(%d)\n",
	    END_S, WRONG_S);
	err = put_send(tr, s, what, WRONG_MARK, &b);
	buf_printf(&b, "sleep(%d)\n", GOOD_S - WRONG_S);
	if (err == 0)
		err = put_send(tr, s, MSG_MUTATION_NONE, GOOD_MARK, &b);
	buf_puts(&b, "end)\n");
	mem_free(in->script);
	in->script = buf_take(&b);
	return in->script == NULL ? ERR_NOMEM : err;
}

/* What the agent did. */
struct deeds {
	unsigned wrong, good; /* final statuses; 0: none */
	bool forwarded, failed;
	struct buf error; /* the first one of the program */
};

/* What record SEQ does comes of the wrong request. */
static bool
is_of_wrong(const struct trace *t, uint64_t seq, struct buf *scratch)
{
	struct trace_send send;
	struct trace_rec rec;
	uint64_t of;

	for (; seq != 0; seq = trace_cause_of(t, seq)) {
		if (trace_kind_of(t, seq) != TRACE_RECV)
			continue;
		trace_get(t, seq, &rec);
		of = trace_send_of(t, &rec);
		if (of == 0)
			continue;
		trace_get(t, of, &rec);
		if (trace_get_send(&rec, &send, scratch) == 0 &&
		    str_find(trace_bytes(&rec, scratch), WRONG_MARK) >= 0)
			return true;
	}
	return false;
}

static void
note_send(const struct trace *t, const struct sample *s,
    const struct trace_rec *rec, struct deeds *n, struct buf *scratch)
{
	struct trace_send send;

	if (trace_get_send(rec, &send, scratch) != 0)
		return;
	if (send.method.n > 0)
		n->forwarded |= rec->t < GOOD_S * SECOND_NS &&
				!str_is(send.method, "ACK") &&
				is_of_wrong(t, rec->seq, scratch);
	else if (send.status < 200 || !str_eq(send.dst, s->from))
		return;
	else if (str_is(send.call_id, GOOD_MARK))
		n->good = send.status;
	else
		n->wrong = send.status;
}

static void
note_deeds(const struct agent_trial *tr, const struct sample *s,
    const struct trace *t, struct deeds *n)
{
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		trace_get(t, seq, &rec);
		if (!str_is(rec.node, tr->a->node))
			continue;
		if (rec.kind == TRACE_SEND)
			note_send(t, s, &rec, n, &scratch);
		if (rec.kind == TRACE_ROUTE &&
		    str_is(trace_str(&rec, "verdict", &scratch), "failed") &&
		    is_of_wrong(t, seq, &scratch))
			n->failed = true;
	}
	buf_free(&scratch);
}

static void
put_wanted(const struct agent_refusal *r, struct buf *out)
{
	if (r->from == 0)
		buf_puts(out, _("no answer"));
	else if (r->from == r->to)
		buf_printf(out, "%u", r->from);
	else
		buf_printf(out, "%uxx", r->from / 100);
}

static bool
is_refused(const struct agent_refusal *r, const struct deeds *n)
{
	return n->wrong >= r->from && n->wrong <= r->to && !n->forwarded &&
	       !n->failed && n->good != 0 && n->good < 500;
}

/* The error was told of the run without faults, or there is none. */
static bool
is_told(const struct agent_trial *tr, const struct deeds *n)
{
	const struct attempt *base = &tr->s.base;
	struct buf first = BUF_INIT;
	bool same = n->error.n == 0;

	for (size_t i = 0; !same && i < base->ndoubts; i++) {
		buf_clear(&first);
		diag_write(&base->doubts[i], &first);
		same = str_eq(buf_view(&first), buf_view(&n->error));
	}
	buf_free(&first);
	return same;
}

/* One line for R: what is wrong with the request, and what came of it. */
static void
say_refusal(struct agent_trial *tr, const struct agent_refusal *r,
    const struct deeds *n)
{
	struct judging *j = tr->j;
	const char *what = msg_mutation_text(r->what);
	struct buf wanted = BUF_INIT;

	put_wanted(r, &wanted);
	if (is_refused(r, n))
		judge_say(j, "  ✓ %s: %s", what, buf_cstr(&wanted));
	else if (n->failed)
		judge_say(j, "  ✗ %s: %s%s%s", what,
		    _("the program has failed"), is_told(tr, n) ? "" : ": ",
		    is_told(tr, n) ? "" : buf_cstr(&n->error));
	else if (n->forwarded)
		judge_say(j, "  ✗ %s: %s", what, _("it was sent on"));
	else if (n->wrong == 0 && r->from != 0)
		judge_say(j, _("  ✗ %s: no answer, where %s is right"), what,
		    buf_cstr(&wanted));
	else if (n->wrong < r->from || n->wrong > r->to)
		judge_say(j, _("  ✗ %s: %u, where %s is right"), what, n->wrong,
		    buf_cstr(&wanted));
	else
		judge_say(j, "  ✗ %s: %s", what,
		    _("the good request behind it is not served"));
	buf_free(&wanted);
}

/* What the program of OF does with R, into N, which is freed in any case. */
static int
try_refusal(const struct agent_trial *tr, const struct inputs *of,
    const struct sample *s, const struct agent_refusal *r, struct deeds *n,
    struct diag *d)
{
	struct trace *t = NULL;
	struct inputs in;
	int err = inputs_copy(&in, of, UINT64_MAX, INT64_MAX);

	if (err == 0)
		err = put_script(tr, s, r->what, &in);
	if (err == 0)
		err = agent_run(&in, RECORDS_MAX, &t, &n->error, d);
	if (err == 0)
		note_deeds(tr, s, t, n);
	trace_destroy(t);
	inputs_free(&in);
	return err;
}

static int
judge_refusal(struct agent_trial *tr, const struct sample *s,
    const struct agent_refusal *r, unsigned *right, unsigned *gained,
    struct diag *d)
{
	struct deeds n = { .error = BUF_INIT }, lab = { .error = BUF_INIT };
	int err = try_refusal(tr, &tr->in, s, r, &n, d);

	if (err == 0) {
		say_refusal(tr, r, &n);
		*right += is_refused(r, &n);
	}
	/* Only until something is gained is there anything to be known. */
	if (err == 0 && is_refused(r, &n) && *gained == 0) {
		err = try_refusal(tr, &tr->lab, s, r, &lab, d);
		*gained += err == 0 && !is_refused(r, &lab);
	}
	buf_free(&n.error);
	buf_free(&lab.error);
	return err;
}

int
agent_judge_refuses(
    struct agent_trial *tr, unsigned *right, unsigned *gained, struct diag *d)
{
	struct sample s = { .scratch = BUF_INIT, .bytes = BUF_INIT };
	int err = find_sample(tr, &s, d);

	for (size_t i = 0; err == 0 && i < tr->a->nrefusals; i++) {
		/* Without one that is good nothing can be made wrong. */
		if (s.bytes.n == 0)
			break;
		err = judge_refusal(
		    tr, &s, &tr->a->refusals[i], right, gained, d);
	}
	if (err == 0 && s.bytes.n == 0)
		judge_say(tr->j, "  ✗ %s", _("the run has no such request"));
	buf_free(&s.scratch);
	buf_free(&s.bytes);
	return err;
}
