/* The engine opened, its branches, running them, acting in them. */
#include "engine/engine_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "lesson/answer_spelling.h"
#include "trace/reader.h"

/* ---- opening ---- */

static int
open_inputs(struct engine *e, const struct engine_inputs *in, struct diag *d)
{
	LOCAL_BUF number = BUF_INIT;
	int err = spelling_student(str_of(in->student), &number, d);

	e->student = mem_strdup(buf_cstr(&number));
	if (e->student == NULL)
		err = ERR_NOMEM;
	if (err == 0)
		err = engine_keep_texts(e, in->texts, in->ntexts);
	if (err == 0 && in->lab != NULL) {
		e->lab = mem_strdup(in->lab);
		err = e->lab != NULL ? 0 : ERR_NOMEM;
	}
	e->shown = in->trace != NULL;
	if (err == 0 && in->session != NULL)
		e->s = in->session;
	else if (err == 0 && in->ntexts > 0)
		err = engine_begin(e, &in->options, d);
	else if (err == 0)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("no text was given, so there is nothing to open"));
	e->owned = in->session == NULL;
	return err;
}

int
engine_open(struct engine **ep, const struct engine_inputs *in, struct diag *d)
{
	struct engine *e = mem_zalloc(1, sizeof(*e));
	struct engine_inputs viewed = *in;
	struct session *s = NULL;
	int err = e != NULL ? 0 : ERR_NOMEM;

	*ep = NULL;
	if (e == NULL && in->trace != NULL)
		trace_destroy(in->trace);
	else if (in->trace != NULL)
		err = session_view(&s, in->trace, _("the run's trace"), d);
	if (s != NULL)
		viewed.session = s;
	if (err == 0)
		err = open_inputs(e, &viewed, d);
	if (s != NULL && e->s == NULL)
		session_destroy(s);
	else if (s != NULL)
		e->owned = true;
	if (err == 0) {
		*ep = e;
		return 0;
	}
	engine_close(e);
	return diag_fail(d, err);
}

int
engine_grow(struct engine *e, struct str lines, struct diag *d)
{
	return session_grow(e->s, lines, d);
}

/* Frees what was made of traces that may go. */
static void
engine_forget(struct engine *e)
{
	for (size_t i = 0; i < e->ncaches; i++) {
		checkpoints_destroy(e->caches[i].checkpoints);
		calls_destroy(e->caches[i].calls);
		outcomes_destroy(e->caches[i].ends);
		fault_preview_destroy(e->caches[i].preview);
	}
	mem_free(e->caches);
	e->caches = NULL;
	e->ncaches = 0;
}

static void
engine_free_cuts(struct engine *e)
{
	for (size_t i = 0; i < e->ncuts; i++)
		trace_destroy(e->cuts[i].seen);
	mem_free(e->cuts);
	e->cuts = NULL;
	e->ncuts = 0;
}

/* Those of traces that are no branch's any more are kept for who still looks at
 * them, and found no more. */
static void
engine_leave_cuts(struct engine *e)
{
	for (size_t i = 0; i < e->ncuts; i++) {
		size_t b = 0;

		while (b < session_branches(e->s) &&
		       session_trace(e->s, b) != e->cuts[i].of)
			b++;
		if (b == session_branches(e->s))
			e->cuts[i].of = NULL;
	}
}

void
engine_close(struct engine *e)
{
	if (e == NULL)
		return;
	engine_forget(e);
	engine_free_cuts(e);
	engine_free_made(e);
	lesson_destroy(e->lesson);
	if (e->owned)
		session_destroy(e->s);
	for (size_t i = 0; i < e->ntexts; i++) {
		mem_free(e->texts[i].path);
		buf_free(&e->texts[i].text);
	}
	mem_free(e->texts);
	mem_free(e->lab);
	mem_free(e->student);
	mem_free(e);
}

/* ---- branches ---- */

static struct engine_cut *
engine_find_cut(const struct engine *e, const struct trace *of)
{
	for (size_t i = 0; i < e->ncuts; i++)
		if (e->cuts[i].of == of)
			return &e->cuts[i];
	return NULL;
}

/* What may be seen of T, a branch's. */
static const struct trace *
engine_seen(const struct engine *e, const struct trace *t)
{
	const struct engine_cut *cut =
	    e->before > 0 ? engine_find_cut(e, t) : NULL;

	return cut != NULL ? cut->seen : t;
}

static int
engine_cut(struct engine *e, size_t branch, struct diag *d)
{
	struct engine_cut cut = { .of = session_trace(e->s, branch) };
	const struct engine_cut *there = engine_find_cut(e, cut.of);
	int err;

	if (there != NULL)
		return trace_cut_later(there->seen, cut.of, e->before, d);
	if (trace_count(cut.of) < e->before)
		return 0;
	err = trace_cut(&cut.seen, cut.of, e->before, d);
	if (err == 0)
		err = ARRAY_RESIZE(&e->cuts, e->ncuts + 1);
	if (err == 0)
		e->cuts[e->ncuts++] = cut;
	else
		trace_destroy(cut.seen);
	return diag_fail(d, err);
}

int
engine_hold(struct engine *e, uint64_t before, struct diag *d)
{
	int err = 0;

	if (before > 0 && before != e->cut_before)
		engine_forget(e);
	if (before > 0 && before < e->cut_before)
		engine_free_cuts(e);
	e->before = before;
	e->cut_before = before > 0 ? before : e->cut_before;
	for (size_t i = 0; before > 0 && err == 0 && i < session_branches(e->s);
	     i++)
		err = engine_cut(e, i, d);
	return err;
}

const struct trace *
engine_trace(
    const struct engine *e, size_t branch, uint64_t seq, struct diag *d)
{
	const struct trace *t;

	if (branch >= session_branches(e->s)) {
		session_no_branch(e->s, branch, d);
		return NULL;
	}
	t = engine_seen(e, session_trace(e->s, branch));
	if (seq <= trace_count(t))
		return t;
	session_no_record(t, seq, d);
	return NULL;
}

bool
engine_branch(const struct engine *e, size_t i, struct engine_branch *b)
{
	if (i >= session_branches(e->s))
		return false;
	b->name = session_name(e->s, i);
	b->trace = engine_seen(e, session_trace(e->s, i));
	b->records = trace_count(b->trace);
	b->has_parent = session_parent(e->s, i, &b->parent, &b->after);
	b->may_act = session_can_act(e->s);
	return true;
}

int
engine_rename(struct engine *e, size_t branch, const char *name, struct diag *d)
{
	int err;

	if (name != NULL)
		return session_rename(e->s, branch, name, d);
	engine_forget(e);
	err = session_delete(e->s, branch, d);
	engine_leave_cuts(e);
	return err;
}

/* ---- running ---- */

static int
advance_act(struct engine *e, struct engine_progress *p, struct diag *d)
{
	int err = session_act_step(e->s, &p->done, &p->branch, d);
	uint64_t now, all;

	session_act_progress(e->s, &now, &all);
	p->percent = all > 0 ? (unsigned)(now * 100 / all) : 100;
	/* A branch may have got another trace. */
	if (p->done) {
		engine_forget(e);
		engine_leave_cuts(e);
	}
	if (p->done && err == 0 && e->before > 0)
		err = engine_cut(e, p->branch, d);
	return err;
}

static int
engine_advance_branch(
    struct engine *e, size_t branch, struct engine_progress *p, struct diag *d)
{
	int err;

	if (engine_trace(e, branch, 0, d) == NULL)
		return d->err;
	p->branch = branch;
	err = session_advance(e->s, branch, &p->done, d);
	if (err == 0 && e->before > 0)
		err = engine_cut(e, branch, d);
	session_tell_change(e->s, branch, d);
	return err;
}

int
engine_advance(struct engine *e, size_t branch, unsigned budget,
    struct engine_progress *p, struct diag *d)
{
	int err = 0;

	*p = (struct engine_progress){ .percent = 100 };
	for (unsigned i = 0;
	     err == 0 && !p->done && (budget == 0 || i < budget); i++)
		err = branch == ENGINE_ACT
			  ? advance_act(e, p, d)
			  : engine_advance_branch(e, branch, p, d);
	return err;
}

const struct diag *
engine_doubt(const struct engine *e, size_t branch, size_t i)
{
	return branch < session_branches(e->s) ? session_remark(e->s, branch, i)
					       : NULL;
}

int
engine_act(struct engine *e, size_t from, uint64_t after, const struct act *act,
    struct diag *d)
{
	const struct trace *t = engine_trace(e, from, after, NULL);

	if (act == NULL) {
		session_act_cancel(e->s);
		return 0;
	}
	if (t != NULL && act->at_ns != 0 && after > 0 &&
	    act->at_ns < trace_time_of(t, after))
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("t is %lld ns, but record %llu is later, at %lld ns"),
		    (long long)act->at_ns, (unsigned long long)after,
		    (long long)trace_time_of(t, after));
	for (size_t i = 0; t != NULL && i < act->nargs; i++) {
		struct diag why = DIAG_INIT;

		if (session_check_arg(e->s, from, act->on, act->verb,
			act->args[i].key, act->args[i].value,
			&why) == ERR_SYNTAX)
			return diag_pass(d, ERR_SYNTAX, NULL, 0, &why);
	}
	return session_act_begin(e->s, from, after, act, d);
}

size_t
engine_verbs(struct engine *e, size_t branch, uint64_t after, const char *on,
    struct act_verb *list, size_t max, struct diag *d)
{
	return engine_trace(e, branch, after, d) != NULL
		   ? session_verbs(e->s, branch, after, on, list, max, d)
		   : 0;
}

int
engine_check(struct engine *e, size_t branch, const char *on, const char *verb,
    const struct act_arg *arg, struct diag *d)
{
	return engine_trace(e, branch, 0, d) != NULL
		   ? session_check_arg(
			 e->s, branch, on, verb, arg->key, arg->value, d)
		   : d->err;
}
