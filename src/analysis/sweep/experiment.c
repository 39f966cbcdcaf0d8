/* What an experiment is made of, counted and tried. */
#include "sweep/experiment.h"

#include "base/err.h"
#include "base/mem.h"
#include "jobs/program.h"
#include "role/role.h"
#include "runs/run.h"

static int
no_memory(struct diag *d)
{
	return diag_set(d, ERR_NOMEM, NULL, 0, "%s", err_text(ERR_NOMEM));
}

/* A name of A's that B has as well; empty: none. */
static struct str
shared_name(const struct sweep_param *a, const struct sweep_param *b)
{
	struct str name, other, value;

	for (size_t i = 0; sweep_param_get(a, 0, i, &name, &value); i++)
		for (size_t k = 0; sweep_param_get(b, 0, k, &other, &value);
		     k++)
			if (str_eq(name, other))
				return name;
	return STR_NULL;
}

int
experiment_add_param(struct experiment *e, const char *text, struct diag *d)
{
	struct sweep_param *p = &e->params[e->nparams];
	int err;

	if (e->nparams == SWEEP_PARAMS_MAX)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("--set may stand at most %d times"), SWEEP_PARAMS_MAX);
	err = sweep_param_read(p, text, d);
	if (err != 0) {
		sweep_param_free(p);
		return err;
	}
	e->nparams++;
	for (size_t i = 0; i + 1 < e->nparams; i++) {
		struct str name = shared_name(&e->params[i], p);

		if (name.n > 0)
			return diag_set(d, ERR_EXISTS, NULL, 0,
			    _("--set %s: %.*s is varied already"), text,
			    STR_ARG(name));
	}
	return 0;
}

void
experiment_free(struct experiment *e)
{
	for (size_t i = 0; i < e->nparams; i++)
		sweep_param_free(&e->params[i]);
	inputs_free(&e->in);
	memset(e, 0, sizeof(*e));
}

size_t
experiment_value(const struct experiment *e, size_t point, size_t i)
{
	for (size_t k = e->nparams - 1; k > i; k--)
		point /= e->params[k].n;
	return point % e->params[i].n;
}

static int
set_value(struct inputs *in, const struct sweep_param *p, size_t value)
{
	struct buf b = BUF_INIT;
	int err = 0;

	for (size_t k = 0; err == 0 && sweep_param_put(p, value, k, &b); k++)
		err = b.err != 0
			  ? b.err
			  : inputs_add_setting(in, &(struct topology_setting){
						       .text = buf_cstr(&b) });
	buf_free(&b);
	return err;
}

int
experiment_inputs(
    const struct experiment *e, size_t point, uint64_t seed, struct inputs *to)
{
	int err = inputs_copy(to, &e->in, UINT64_MAX, INT64_MAX);

	for (size_t i = 0; err == 0 && i < e->nparams; i++)
		err =
		    set_value(to, &e->params[i], experiment_value(e, point, i));
	to->has_seed = true;
	to->seed = seed;
	return err;
}

void
experiment_put_options(
    const struct experiment *e, size_t point, uint64_t seed, struct buf *out)
{
	buf_printf(out, " --seed=%llu", (unsigned long long)seed);
	for (size_t i = 0; i < e->nparams; i++) {
		const struct sweep_param *p = &e->params[i];
		size_t value = experiment_value(e, point, i);
		struct buf b = BUF_INIT;

		for (size_t k = 0; sweep_param_put(p, value, k, &b); k++) {
			buf_puts(out, " --set ");
			shell_put_word(out, buf_cstr(&b));
		}
		buf_free(&b);
	}
}

/* ---- settling ---- */

/* "2 x 7 x 100000 seeds" */
static void
put_product(const struct experiment *e, struct buf *b)
{
	unsigned long long seeds = e->seed_to - e->seed_from + 1;

	for (size_t i = 0; i < e->nparams; i++)
		buf_printf(b, "%zu × ", e->params[i].n);
	buf_printf(b, _("%llu seeds"), seeds);
}

static int
too_many(const struct experiment *e, struct diag *d)
{
	struct buf b = BUF_INIT;

	put_product(e, &b);
	diag_set(d, ERR_LIMIT, NULL, 0,
	    _("%s are too many runs: a sweep has at most %d combinations of "
	      "values and %d runs"),
	    buf_cstr(&b), SWEEP_POINTS_MAX, SWEEP_RUNS_MAX);
	buf_free(&b);
	return d->err;
}

static int
count_runs(struct experiment *e, struct diag *d)
{
	uint64_t seeds = e->seed_to - e->seed_from + 1;

	e->points = 1;
	for (size_t i = 0; i < e->nparams; i++) {
		if (e->params[i].n > SWEEP_POINTS_MAX / e->points)
			return too_many(e, d);
		e->points *= e->params[i].n;
	}
	if (seeds > SWEEP_RUNS_MAX / e->points)
		return too_many(e, d);
	e->runs = seeds * e->points;
	return 0;
}

static size_t
count_boards(const struct trace *t)
{
	const struct trace_head *head = trace_head(t);
	size_t n = 0;

	for (size_t i = 0; i < head->nnodes; i++)
		n += (role_traits(head->nodes[i].role) & TRAIT_FIRMWARE) != 0;
	return n;
}

/* That a run with the values of POINT can begin; what it found is then in
 * *IN and in E. */
static int
try_point(struct experiment *e, size_t point, struct inputs *in, struct diag *d)
{
	struct trace *t = NULL;
	struct run *r = NULL;
	int err = experiment_inputs(e, point, e->seed_from, in);

	if (err == 0)
		err = trace_begin(&t, _("the run's trace"));
	if (err != 0)
		return no_memory(d);
	err = run_create(&r, in, run_feed_trace, t, d);
	/* A script that can't go on names what the topology lacks. */
	if (err != 0 && d->err != 0)
		err = d->err;
	if (err == 0)
		e->boards = count_boards(t);
	run_destroy(r);
	trace_destroy(t);
	return err;
}

/* The topology that the script has named, its firmware and programs: what comes
 * later reads no files. */
static int
complete_inputs(struct experiment *e, struct inputs *found)
{
	int err = 0;

	if (e->in.topology == NULL && found->topology != NULL) {
		e->in.topology = mem_strdup(found->topology);
		e->in.topology_file = mem_strdup(found->topology_file);
		if (e->in.topology == NULL || e->in.topology_file == NULL)
			err = ERR_NOMEM;
	}
	for (size_t i = 0; err == 0 && i < found->nfirmware; i++)
		err = inputs_know_firmware(
		    &e->in, found->firmware[i].name, found->firmware[i].hash);
	for (size_t i = e->in.nprograms; err == 0 && i < found->nprograms; i++)
		err = inputs_know_program(
		    &e->in, found->programs[i].file, found->programs[i].text);
	return err;
}

/* Each value of each parameter once, beside the first ones of the others. */
static int
try_values(struct experiment *e, struct diag *d)
{
	size_t stride = e->points;
	int err = 0;

	for (size_t i = 0; err == 0 && i < e->nparams; i++) {
		stride /= e->params[i].n;
		for (size_t v = i > 0; err == 0 && v < e->params[i].n; v++) {
			struct inputs in;

			memset(&in, 0, sizeof(in));
			err = try_point(e, v * stride, &in, d);
			inputs_free(&in);
		}
	}
	return err;
}

/* Inputs, parameters and version, without seeds and bounds. */
static uint64_t
make_id(const struct experiment *e)
{
	struct buf b = BUF_INIT;
	uint64_t id;

	inputs_write(&e->in, &b);
	inputs_write_arrivals(&e->in, &b);
	for (size_t i = 0; i < e->nparams; i++)
		buf_printf(&b, "\n%s", e->params[i].text);
	buf_printf(&b, "\n%s %s", RUNG_VERSION, RUNG_OSIP_VERSION);
	id = str_hash(buf_view(&b));
	buf_free(&b);
	return id;
}

int
experiment_settle(struct experiment *e, struct diag *d)
{
	struct inputs found;
	int err;

	memset(&found, 0, sizeof(found));
	e->in.has_seed = false;
	e->in.seed = 0;
	err = count_runs(e, d);
	if (err == 0)
		err = try_point(e, 0, &found, d);
	if (err == 0 && complete_inputs(e, &found) != 0)
		err = no_memory(d);
	inputs_free(&found);
	if (err == 0)
		err = try_values(e, d);
	if (err == 0)
		e->id = make_id(e);
	return err;
}
