/*
 * Repeated runs: the runs named by answers, those of a variant, and the lab as
 * a student of another version had it.
 */
#include "grade/rerun.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "grade/mark.h"
#include "grade/other_rung.h"
#include "grade/variant.h"
#include "runs/inputs_named.h"
#include "runs/rerun.h"

/* Makes runs again as a variant has them. */

/* FILE (a lab's folder, a script, a topology) as V has it, into IN, which is to
 * be freed in any case; V may be NULL.  0 or D's error. */
static int
rerun_read(struct inputs *in, const char *file, const struct variant *v,
    struct diag *d)
{
	struct inputs_options o = { .has_seed = false };
	int err = inputs_read(in, file, d);

	if (v != NULL)
		o = (struct inputs_options){ .has_seed = v->has_seed,
			.seed = v->seed,
			.settings = v->settings,
			.nsettings = v->nsettings };
	return err == 0 ? inputs_take_options(in, &o, d) : err;
}

int
rerun_file(const char *file, const struct variant *v, struct trace **t,
    struct buf *said, struct diag *d)
{
	struct inputs in;
	int err = rerun_read(&in, file, v, d);

	*t = NULL;
	if (err == 0)
		err = rerun_inputs(&in, t, said, d);
	inputs_free(&in);
	return err;
}

int
rerun_try_varied(const struct lesson *l, const char *lab, struct diag *d)
{
	int err = 0;

	for (int last = 0; err == 0 && last < 2 && lesson_varied(l, 0) != NULL;
	     last++) {
		struct variant v;
		struct inputs in = { .seed = 0 };
		struct rerun r = RERUN_INIT;

		err = variant_make_end(&v, l, last != 0, d);
		if (err == 0)
			err = rerun_read(&in, lab, &v, d);
		if (err == 0)
			err = rerun_begin(&r, &in, d);
		rerun_free(&r);
		inputs_free(&in);
		variant_free(&v);
	}
	return err;
}

/*
 * Makes the runs that answers name: "rung run busy --set bob.busy=false".
 */

static void
free_named(struct named_runs *r, size_t i)
{
	mem_free(r->list[i].command);
	trace_destroy(r->list[i].trace);
}

void
named_run_leave(struct named_runs *r)
{
	if (r->making == NULL)
		return;
	rerun_free(&r->now);
	inputs_free(&r->in);
	mem_free(r->making);
	r->making = NULL;
}

void
named_runs_free(struct named_runs *r)
{
	named_run_leave(r);
	for (size_t i = 0; i < r->n; i++)
		free_named(r, i);
	*r = (struct named_runs){ .n = 0 };
}

/* The inputs of the run that COMMAND names. */
static int
read_inputs(struct inputs *in, struct str command, struct diag *d)
{
	LOCAL_BUF lab = BUF_INIT, path = BUF_INIT;
	struct variant v;
	int err = variant_read(&v, command, &lab);

	*in = (struct inputs){ .detail = TRACE_PROTOCOL };
	if (err == ERR_SYNTAX || err == ERR_RANGE)
		diag_set(d, err, NULL, 0,
		    _("“%.*s” is no run; write a lab's name, with --set or "
		      "--seed= where it is needed"),
		    (int)(command.n < 80 ? command.n : 80), command.p);
	if (err == 0)
		err = work_find_named(buf_cstr(&lab), &path, d);
	if (err == 0)
		err = rerun_read(in, buf_cstr(&path), &v, d);
	variant_free(&v);
	return diag_fail(d, err);
}

/* What was made, or why nothing was, is there from now on. */
static void
keep_run(struct named_runs *r, int err, const struct diag *why)
{
	size_t last = NAMED_RUNS_MAX - 1;

	if (r->n == NAMED_RUNS_MAX) {
		free_named(r, 0);
		memmove(r->list, r->list + 1, last * sizeof(r->list[0]));
		r->n = last;
	}
	r->list[r->n++] = (struct named_run){ r->making,
		err == 0 ? r->now.trace : NULL, *why };
	r->making = NULL;
	if (err == 0)
		r->now.trace = NULL;
	rerun_free(&r->now);
	inputs_free(&r->in);
}

static size_t
rerun_find_run(const struct named_runs *r, struct str command)
{
	size_t i = 0;

	while (i < r->n && !str_is(command, r->list[i].command))
		i++;
	return i;
}

bool
named_run_goes_on(struct named_runs *r, struct str command)
{
	struct diag why = DIAG_INIT;
	int err;

	if (rerun_find_run(r, command) < r->n)
		return false;
	if (r->making != NULL && str_is(command, r->making)) {
		err = rerun_step(&r->now, &why);
	} else {
		named_run_leave(r);
		r->making = mem_dup(command.p, command.n);
		if (r->making == NULL)
			return false;
		r->now = RERUN_INIT;
		err = read_inputs(&r->in, command, &why);
		if (err == 0)
			err = rerun_begin(&r->now, &r->in, &why);
	}
	/* There may be memory for it another time. */
	if (err == ERR_NOMEM)
		named_run_leave(r);
	else if (err != 0 || r->now.run == NULL)
		keep_run(r, err, &why);
	return r->making != NULL;
}

const struct trace *
named_runs_find(struct str command, struct diag *d, void *arg)
{
	struct named_runs *r = arg;
	size_t i;

	while (named_run_goes_on(r, command))
		;
	i = rerun_find_run(r, command);
	if (i == r->n)
		diag_fail(d, ERR_NOMEM);
	else if (r->list[i].trace == NULL)
		*d = r->list[i].why;
	return i < r->n ? r->list[i].trace : NULL;
}

/* Finds the lab as a student of another version of rung had it. */

/* T has the bytes of the trace that W's student had of the lab. */
static bool
is_lab_of(const struct trace *t, const struct work *w)
{
	return w->lab_hash != 0 &&
	       trace_hash_by(t, str_of(w->version)) == w->lab_hash;
}

/* M's lab is T from now on; *T is NULL then. */
static void
set_lab(struct mark *m, struct trace **t)
{
	if (m->here != NULL)
		trace_destroy(m->trace);
	else
		m->here = m->trace;
	m->trace = *t;
	*t = NULL;
}

/* The run that IN says, as one of W's lab: a copy has the name of its folder.
 * *T is NULL where it can't be made.  0 or ERR_NOMEM. */
static int
rerun_run_inputs(const struct work *w, struct inputs *in, struct trace **t)
{
	struct diag d = DIAG_INIT;
	char *name = in->lab;
	int err;

	in->lab = w->name;
	err = rerun_inputs(in, t, NULL, &d);
	in->lab = name;
	return err == ERR_NOMEM ? err : 0;
}

/* Tries IN as the lab; with SURE its bytes must equal W's hash. */
static int
try_inputs(struct mark *m, const struct work *w, struct inputs *in, bool sure,
    bool *found)
{
	struct trace *t = NULL;
	int err = rerun_run_inputs(w, in, &t);

	if (err == 0 && t != NULL && (!sure || is_lab_of(t, w))) {
		set_lab(m, &t);
		*found = true;
	}
	trace_destroy(t);
	return err;
}

/* The work's inputs, or one of its runs without acts and arrivals, give the
 * very bytes. */
static int
rerun_find_same(struct mark *m, const struct work *w, bool *found)
{
	int err = 0;

	if (w->lab_hash == 0)
		return 0;
	if (w->lab_inputs != NULL)
		err = try_inputs(m, w, w->lab_inputs, true, found);
	for (size_t i = 0; err == 0 && !*found && i < w->nruns; i++) {
		struct inputs *in = w->runs[i].inputs;

		if (in != NULL && in->nacts == 0 && !inputs_have_arrivals(in))
			err = try_inputs(m, w, in, true, found);
	}
	return err;
}

/* ---- by the values alone ---- */

/* The last of IN's settings of "node.attr", which ends at '=' in RANGE; NULL.
 */
static const char *
rerun_find_setting(const struct inputs *in, struct str name)
{
	for (size_t i = in->nsettings; i-- > 0;) {
		struct str rest, set = str_of(in->settings[i].text);

		if (str_eq(str_cut(set, '=', &rest), name))
			return in->settings[i].text;
	}
	return NULL;
}

/* What IN has of that which L varies, into V; false where something is not
 * there, or memory lacks (*ERR). */
static bool
take_values(struct variant *v, const struct inputs *in, const struct lesson *l,
    int *err)
{
	const char *range, *setting;
	struct str names;

	*v = VARIANT_INIT;
	v->has_seed = in->has_seed;
	v->seed = in->seed;
	for (size_t i = 0; (range = lesson_varied(l, i)) != NULL; i++) {
		struct str rest, name;

		names = str_cut(str_of(range), '=', &rest);
		while ((name = str_trim(str_cut(names, '+', &names))).n > 0) {
			if (str_is(name, "seed"))
				continue;
			setting = rerun_find_setting(in, name);
			if (setting == NULL)
				return false;
			*err = variant_add_setting(
			    v, str_of(setting), lesson_file(l));
			if (*err != 0)
				return false;
		}
	}
	return v->has_seed;
}

static bool
is_same_variant(const struct variant *a, const struct variant *b)
{
	bool same = a->has_seed == b->has_seed && a->seed == b->seed &&
		    a->nsettings == b->nsettings;

	for (size_t i = 0; same && i < a->nsettings; i++)
		same = strcmp(a->settings[i].text, b->settings[i].text) == 0;
	return same;
}

/* The lab of today with the values of one of the work's runs. */
static int
rerun_try_values(
    struct mark *m, const struct work *w, const struct inputs *in, bool *found)
{
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct variant v;
	int err = 0;

	if (take_values(&v, in, m->lesson, &err)) {
		*found = true;
		if (!is_same_variant(&v, &m->variant))
			err = rerun_file(w->lab, &v, &t, NULL, &d);
		if (t != NULL)
			set_lab(m, &t);
	}
	variant_free(&v);
	return err == ERR_NOMEM ? err : 0;
}

static int
rerun_find_alike(struct mark *m, const struct work *w)
{
	bool found = false;
	int err = 0;

	if (w->lab_inputs != NULL)
		err = try_inputs(m, w, w->lab_inputs, false, &found);
	/* The values without a number are the lab's own. */
	for (size_t i = 0;
	     err == 0 && !found && m->variant.has_seed && i < w->nruns; i++)
		if (w->runs[i].inputs != NULL)
			err = rerun_try_values(m, w, w->runs[i].inputs, &found);
	return err;
}

int
other_rung_find_lab(struct mark *m, const struct work *w)
{
	bool found = false;
	int err;

	if (is_lab_of(m->trace, w))
		return 0;
	err = rerun_find_same(m, w, &found);
	if (err != 0 || found)
		return err;
	m->uncertain = true;
	return rerun_find_alike(m, w);
}

int
other_rung_say(const struct mark *m, const struct work *w,
    const struct lesson_task *t, struct lesson_result *r)
{
	if (!m->uncertain || !t->by_run ||
	    (r->verdict != LESSON_BAD && r->verdict != LESSON_PART))
		return 0;
	if (r->why.n > 0)
		buf_putc(&r->why, '\n');
	buf_printf(&r->why,
	    _("the lab's run was another in rung %s, by which this may have "
	      "been right"),
	    w->version);
	return r->why.err;
}
