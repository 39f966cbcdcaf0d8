/* Finds the lab as a student of another version of rung had it; see
 * grade/other_version.h. */
#include "grade/other_version.h"

#include "base/err.h"
#include "grade/rerun.h"
#include "grade/variant.h"
#include "runs/rerun.h"

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
run_inputs(const struct work *w, struct inputs *in, struct trace **t)
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
	LOCAL_TRACE struct trace *t = NULL;
	int err = run_inputs(w, in, &t);

	if (err == 0 && t != NULL && (!sure || is_lab_of(t, w))) {
		set_lab(m, &t);
		*found = true;
	}
	return err;
}

/* The work's inputs, or one of its runs without acts and arrivals, give the
 * very bytes. */
static int
find_same_bytes(struct mark *m, const struct work *w, bool *found)
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
find_setting(const struct inputs *in, struct str name)
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
			setting = find_setting(in, name);
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

/* The lab of today with the values of one of the work's runs. */
static int
try_values(
    struct mark *m, const struct work *w, const struct inputs *in, bool *found)
{
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct variant v;
	int err = 0;

	if (take_values(&v, in, m->lesson, &err)) {
		*found = true;
		if (!variant_is_of(&m->variant, v.has_seed, v.seed, v.settings,
			v.nsettings))
			err = rerun_file(w->lab, &v, &t, NULL, &d);
		if (t != NULL)
			set_lab(m, &t);
	}
	variant_free(&v);
	return err == ERR_NOMEM ? err : 0;
}

static int
find_alike(struct mark *m, const struct work *w)
{
	bool found = false;
	int err = 0;

	if (w->lab_inputs != NULL)
		err = try_inputs(m, w, w->lab_inputs, false, &found);
	/* The values without a number are the lab's own. */
	for (size_t i = 0;
	     err == 0 && !found && m->variant.has_seed && i < w->nruns; i++)
		if (w->runs[i].inputs != NULL)
			err = try_values(m, w, w->runs[i].inputs, &found);
	return err;
}

int
other_version_find_lab(struct mark *m, const struct work *w)
{
	bool found = false;
	int err;

	if (is_lab_of(m->trace, w))
		return 0;
	err = find_same_bytes(m, w, &found);
	if (err != 0 || found)
		return err;
	m->uncertain = true;
	return find_alike(m, w);
}

int
other_version_say(const struct mark *m, const struct work *w,
    const struct lesson_task *t, struct lesson_result *r)
{
	if (!m->uncertain || !t->by_run ||
	    (r->verdict != LESSON_BAD && r->verdict != LESSON_PART))
		return 0;
	if (r->why.n > 0)
		buf_putc(&r->why, '\n');
	buf_printf(&r->why,
	    _("in rung %s the run of this lab was different, and this answer "
	      "may have been right"),
	    w->version);
	return r->why.err;
}
