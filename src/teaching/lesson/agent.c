/*
 * What a student's program is put through: requests that are wrong, and every
 * fault that a search knows.
 */
#include "lesson/agent.h"

#include "base/err.h"
#include "jobs/program.h"
#include "search/search_report.h"
#include "text/utf8.h"
#include "trace/align.h"
#include "words/diff_text.h"

/* ---- malformed requests ---- */

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
agent_task_put_send(const struct agent_trial *tr, const struct sample *s,
    enum msg_mutation what, const char *mark, struct buf *out)
{
	LOCAL_BUF bytes = BUF_INIT;
	int err = msg_mutate(buf_view(&s->bytes), what, mark, &bytes);

	buf_puts(out, "node(");
	put_lua(out, s->from);
	buf_puts(out, "):send { raw = ");
	put_lua(out, buf_view(&bytes));
	buf_puts(out, ", to = ");
	put_lua(out, str_of(tr->a->node));
	buf_puts(out, " }\n");
	return err;
}

/* The script that sends WHAT, and after it the good one, in place of IN's. */
static int
agent_task_put_script(const struct agent_trial *tr, const struct sample *s,
    enum msg_mutation what, struct inputs *in)
{
	struct buf b = BUF_INIT;
	int err;

	buf_printf(&b, "lab { topology = ");
	put_lua(&b, str_of(in->topology_file));
	buf_printf(&b, ", duration = \"%ds\" }\nscript(function()\nsleep(%d)\n",
	    END_S, WRONG_S);
	err = agent_task_put_send(tr, s, what, WRONG_MARK, &b);
	buf_printf(&b, "sleep(%d)\n", GOOD_S - WRONG_S);
	if (err == 0)
		err = agent_task_put_send(
		    tr, s, MSG_MUTATION_NONE, GOOD_MARK, &b);
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
	LOCAL_BUF scratch = BUF_INIT;
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
agent_task_is_refused(const struct agent_refusal *r, const struct deeds *n)
{
	return n->wrong >= r->from && n->wrong <= r->to && !n->forwarded &&
	       !n->failed && n->good != 0 && n->good < 500;
}

/* The error was told of the run without faults, or there is none. */
static bool
agent_task_is_told(const struct agent_trial *tr, const struct deeds *n)
{
	const struct attempt *base = &tr->s.base;
	LOCAL_BUF first = BUF_INIT;
	bool same = n->error.n == 0;

	for (size_t i = 0; !same && i < base->ndoubts; i++) {
		buf_clear(&first);
		diag_write(&base->doubts[i], &first);
		same = str_eq(buf_view(&first), buf_view(&n->error));
	}
	return same;
}

/* One line for R: the request's fault, and the program's reaction. */
static void
say_refusal(struct agent_trial *tr, const struct agent_refusal *r,
    const struct deeds *n)
{
	struct judging *j = tr->j;
	const char *what = msg_mutation_text(r->what);
	LOCAL_BUF wanted = BUF_INIT;

	put_wanted(r, &wanted);
	if (agent_task_is_refused(r, n))
		judge_say(j, "  ✓ %s: %s", what, buf_cstr(&wanted));
	else if (n->failed)
		judge_say(j, "  ✗ %s: %s%s%s", what,
		    _("the program has failed"),
		    agent_task_is_told(tr, n) ? "" : ": ",
		    agent_task_is_told(tr, n) ? "" : buf_cstr(&n->error));
	else if (n->forwarded)
		judge_say(j, "  ✗ %s: %s", what, _("it was forwarded"));
	else if (n->wrong == 0 && r->from != 0)
		judge_say(j, _("  ✗ %s: no answer, but %s is right"), what,
		    buf_cstr(&wanted));
	else if (n->wrong < r->from || n->wrong > r->to)
		judge_say(j, _("  ✗ %s: %u, but %s is right"), what, n->wrong,
		    buf_cstr(&wanted));
	else
		judge_say(j, "  ✗ %s: %s", what,
		    _("the valid request after it is not answered"));
}

/* What the program of OF does with R, into N, which is freed in any case. */
static int
try_refusal(const struct agent_trial *tr, const struct inputs *of,
    const struct sample *s, const struct agent_refusal *r, struct deeds *n,
    struct diag *d)
{
	LOCAL_TRACE struct trace *t = NULL;
	struct inputs in;
	int err = inputs_copy(&in, of, UINT64_MAX, INT64_MAX);

	if (err == 0)
		err = agent_task_put_script(tr, s, r->what, &in);
	if (err == 0)
		err = agent_run(&in, RECORDS_MAX, &t, &n->error, d);
	if (err == 0)
		note_deeds(tr, s, t, n);
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
		*right += agent_task_is_refused(r, &n);
	}
	/* Only until something is gained is there anything to be known. */
	if (err == 0 && agent_task_is_refused(r, &n) && *gained == 0) {
		err = try_refusal(tr, &tr->lab, s, r, &lab, d);
		*gained += err == 0 && !agent_task_is_refused(r, &lab);
	}
	buf_free(&n.error);
	buf_free(&lab.error);
	return err;
}

/*
 * The program gets malformed requests, each in a run of its own, and then a
 * good one. A wrong one is rejected or passed over and goes no further, and the
 * next request is served.
 */
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

/* ---- every fault of a search ---- */

/* Of the two ladders side by side. */
#define LADDER_LINES 24
#define LADDER_WIDTH 72

/* Something is left broken, or what succeeded without faults does not. */
static bool
agent_task_is_broken(const struct search_case *c)
{
	return c->done && ((c->v.outcome == OUTCOME_BROKEN &&
			       c->v.invariant != INVARIANT_CLAUSE) ||
			      c->v.outcome == OUTCOME_GIVEN_UP ||
			      c->v.outcome == OUTCOME_FAILED);
}

static bool
is_same_break(const struct verdict *a, const struct verdict *b)
{
	return a->outcome == b->outcome && a->invariant == b->invariant &&
	       a->goal == b->goal;
}

/* How many cases of S with the class of case I stand before it. */
static size_t
agent_task_rank_of(const struct search *s, size_t i)
{
	size_t rank = 0;

	for (size_t k = 0; k < i; k++)
		rank += s->cases[k].class == s->cases[i].class;
	return rank;
}

static uint64_t
apart(int64_t a, int64_t b)
{
	return (uint64_t)(a > b ? a - b : b - a);
}

/* When the fault of C, a case of S, begins. */
static int64_t
begins_at(const struct search *s, const struct search_case *c)
{
	return c->fault.at_ns != 0
		   ? c->fault.at_ns
		   : trace_time_of(s->base.trace, c->fault.after);
}

/* A link is down from a time on: which record came before it says little. */
static bool
is_of_class(const struct search_case *a, const struct search_case *b)
{
	if (fault_rows[a->fault.kind].on != FAULT_ON_LINK)
		return a->class == b->class;
	return a->fault.kind == b->fault.kind && a->fault.on == b->fault.on;
}

/* The fault on rung's own node that is to it what that of case I is to the
 * student's: of the same class the nearest, by what they last and when, then by
 * their places.  SIZE_MAX: there is none. */
static size_t
find_counterpart(const struct agent_trial *tr, size_t i)
{
	const struct search_case *c = &tr->s.cases[i];
	size_t best = SIZE_MAX, rank = agent_task_rank_of(&tr->s, i), at = 0;
	uint64_t least = UINT64_MAX;

	for (size_t k = 0; tr->has_own && k < tr->own.ncases; k++) {
		const struct search_case *o = &tr->own.cases[k];
		uint64_t far;

		if (!is_of_class(o, c))
			continue;
		far = apart(o->fault.by_ns, c->fault.by_ns) +
		      apart(begins_at(&tr->own, o), begins_at(&tr->s, c)) +
		      apart((int64_t)at++, (int64_t)rank);
		if (far < least) {
			least = far;
			best = k;
		}
	}
	return best;
}

/* Case I is broken, and rung's own node is not, or otherwise. */
static bool
is_students_break(const struct agent_trial *tr, size_t i)
{
	const struct search_case *c = &tr->s.cases[i], *o;
	size_t k;

	if (!agent_task_is_broken(c))
		return false;
	k = find_counterpart(tr, i);
	o = k != SIZE_MAX ? &tr->own.cases[k] : NULL;
	return o == NULL || !agent_task_is_broken(o) ||
	       !is_same_break(&o->v, &c->v);
}

/* ---- invariants broken without faults ---- */

static bool
has_finding(const struct findings *f, const struct finding *like)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].what == like->what &&
		    f->list[i].goal == like->goal)
			return true;
	return false;
}

static void
put_invariant(const struct agent_trial *tr, enum invariant what, unsigned goal,
    struct buf *out)
{
	const struct invariant_row *row = &invariant_rows[what];
	const char *text =
	    goal == 0 ? NULL : lesson_goal_text(tr->j->lesson, goal - 1);

	buf_puts(out, text != NULL ? text : i18n_text(row->text));
	if (row->rfc != 0)
		buf_printf(out, _(" (RFC %u %s)"), row->rfc, row->section);
}

/* Without faults it sends far more than rung's own node does: says so. */
static bool
say_storm(struct agent_trial *tr)
{
	LOCAL_BUF b = BUF_INIT;

	if (!tr->has_own ||
	    !traffic_is_storm(&tr->s.usual.traffic, &tr->own.usual.traffic))
		return false;
	put_invariant(tr, INVARIANT_STORM, 0, &b);
	judge_say(tr->j, _("  ✗ without any fault: %s"), buf_cstr(&b));
	return true;
}

/* The run without faults breaks what rung's own does not: says the first. */
static bool
say_broken_before(struct agent_trial *tr)
{
	const struct findings *f = &tr->s.usual.findings;
	LOCAL_BUF b = BUF_INIT;
	size_t i = 0;

	/* What inspect says of each message is not part of the task. */
	while (i < f->n &&
	       (f->list[i].what == INVARIANT_CLAUSE ||
		   (tr->has_own &&
		       has_finding(&tr->own.usual.findings, &f->list[i]))))
		i++;
	if (i == f->n)
		return false;
	put_invariant(tr, f->list[i].what, f->list[i].goal, &b);
	judge_say(tr->j, _("  ✗ without any fault: %s"), buf_cstr(&b));
	return true;
}

/* ---- the example ---- */

/* The broken case with the fewest messages. */
static size_t
find_example(const struct agent_trial *tr)
{
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < tr->s.ncases; i++)
		if (is_students_break(tr, i) &&
		    (best == SIZE_MAX || tr->s.cases[i].v.messages <
					     tr->s.cases[best].v.messages))
			best = i;
	return best;
}

static void
say_lines(struct judging *j, struct str text)
{
	struct str line;

	for (int i = 0; text.n > 0 && i < LADDER_LINES; i++) {
		line = str_cut(text, '\n', &text);
		judge_say(j, "%.*s", STR_ARG(line));
	}
	if (text.n > 0)
		judge_say(j, "⋮");
}

/* The ladders of A and of B, rung's own, side by side. */
static int
say_ladders(struct agent_trial *tr, const struct trace *a,
    const struct trace *b, struct diag *d)
{
	struct align_options o = ALIGN_OPTIONS;
	const struct diff_text_options form = { .width = LADDER_WIDTH,
		.name_a = tr->a->program,
		.name_b = _("rung's own node") };
	struct align *al = NULL;
	LOCAL_BUF text = BUF_INIT;
	int err;

	o.fields = false;
	err = align_create(&al, a, b, &o, d);
	if (err == 0)
		err = diff_text_write(al, &form, &text);
	if (err == 0)
		say_lines(tr->j, buf_view(&text));
	align_destroy(al);
	return err;
}

static int
show_ladders(struct agent_trial *tr, size_t example, struct diag *d)
{
	struct attempt a, b = { .trace = NULL };
	size_t like = find_counterpart(tr, example);
	int err = search_attempt(&tr->s, example, &a, d);

	if (err == 0 && like != SIZE_MAX)
		err = search_attempt(&tr->own, like, &b, d);
	if (err == 0 && tr->has_own)
		err = say_ladders(tr, a.trace,
		    b.trace != NULL ? b.trace : tr->own.base.trace, d);
	attempt_free(&a);
	attempt_free(&b);
	return err;
}

static int
say_example(struct agent_trial *tr, size_t example, struct diag *d)
{
	const struct search_case *c = &tr->s.cases[example];
	const char *work = tr->j->lesson->copy;
	LOCAL_BUF b = BUF_INIT;
	int err = 0;

	buf_puts(&b, "  ");
	if (c->v.outcome == OUTCOME_BROKEN)
		put_invariant(tr, c->v.invariant, c->v.goal, &b);
	else
		buf_puts(&b, outcome_text(c->v.outcome));
	buf_puts(&b, "\n    rung play ");
	shell_put_word(&b, work != NULL ? work : "WORK");
	err = search_put_acts(&tr->s, example, " --act ", &b, d);
	judge_say(tr->j, "%s", buf_cstr(&b));
	return err == 0 ? show_ladders(tr, example, d) : err;
}

/* ---- the kinds ---- */

static bool
say_kind(struct agent_trial *tr, unsigned kind)
{
	const char *word = fault_rows[kind].word;
	unsigned n = 0, broken = 0, alike = 0;

	for (size_t i = 0; i < tr->s.ncases; i++) {
		const struct search_case *c = &tr->s.cases[i];

		if (c->fault.kind != kind || !c->done)
			continue;
		n++;
		broken += is_students_break(tr, i);
		alike += agent_task_is_broken(c) && !is_students_break(tr, i);
	}
	if (n == 0)
		judge_say(tr->j, _("  ✗ %s: no such fault was tried"), word);
	else if (broken == 0)
		judge_say(
		    tr->j, _("  ✓ %s: %u faults survived"), word, n - alike);
	else
		judge_say(tr->j,
		    _("  ✗ %s: %u of %u faults leave something broken"), word,
		    broken, n);
	if (alike > 0)
		judge_say(tr->j,
		    _("    %u of them also break rung's own node, and do not "
		      "count"),
		    alike);
	return broken == 0 && n > 0;
}

/* Its cases are to be known; those are run that are asked for. */
static int
agent_task_begin_own(struct agent_trial *tr, struct diag *d)
{
	struct search_options o = tr->s.o;
	int err;

	if ((tr->a->nlike == 0 && tr->in.processes == NULL) || tr->has_own)
		return 0;
	o.runs = 1;
	err = search_begin(&tr->own, &tr->like, &o, d);
	tr->has_own = err == 0;
	return err;
}

/* Rung's own node is asked where the student's leaves something broken, of
 * these faults alone. */
static int
ask_own(struct agent_trial *tr, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < tr->s.ncases; i++) {
		struct search_case *c;
		size_t k;

		if (!agent_task_is_broken(&tr->s.cases[i]))
			continue;
		err = agent_task_begin_own(tr, d);
		if (err == 0 && tr->has_own && tr->own.ncases == 0)
			err = search_go(&tr->own, d);
		k = err == 0 ? find_counterpart(tr, i) : SIZE_MAX;
		if (k == SIZE_MAX)
			continue;
		c = &tr->own.cases[k];
		if (!c->done)
			err = search_judge_case(&tr->own, k, &c->v);
		c->done = err == 0;
	}
	return err;
}

/*
 * The program runs under every fault of a search. A broken invariant costs no
 * points if rung's own node in the program's place breaks it as well, under the
 * same kind of fault on the same kind of message.
 */
int
agent_judge_survives(
    struct agent_trial *tr, unsigned *right, unsigned *of, struct diag *d)
{
	size_t example;
	int err = 0;

	for (unsigned k = 0; k < FAULT_KIND_COUNT; k++)
		*of += tr->a->kinds >> k & 1;
	err = agent_task_begin_own(tr, d);
	if (err != 0 || say_broken_before(tr) || say_storm(tr))
		return err;
	/* What floods with faults is told by what rung's own node sends. */
	if (tr->has_own)
		tr->s.usual.traffic = tr->own.usual.traffic;
	err = search_go(&tr->s, d);
	if (err == 0)
		err = ask_own(tr, d);
	if (err == 0 && tr->s.cut) {
		judge_say(tr->j, "  ✗ %s", _("far too many messages"));
		return 0;
	}
	for (unsigned k = 0; err == 0 && k < FAULT_KIND_COUNT; k++)
		if (tr->a->kinds >> k & 1)
			*right += say_kind(tr, k);
	example = err == 0 ? find_example(tr) : SIZE_MAX;
	return example != SIZE_MAX ? say_example(tr, example, d) : err;
}
