/*
 * What an experiment is made of: its plan, counted and tried, and
 * experiment.json.
 */
#include "sweep/experiment.h"

#include <stdio.h>

#include "base/err.h"
#include "base/mem.h"
#include "jobs/program.h"
#include "role/role.h"
#include "runs/run.h"
#include "text/json_fields.h"

#define SWEEP_POINTS_MAX 10000
#define SWEEP_RUNS_MAX   10000000

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
		    _("--set may appear at most %d times"), SWEEP_PARAMS_MAX);
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
			    _("--set %s: %.*s is already varied"), text,
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
	LOCAL_BUF b = BUF_INIT;
	int err = 0;

	for (size_t k = 0; err == 0 && sweep_param_put(p, value, k, &b); k++)
		err = b.err != 0
			  ? b.err
			  : inputs_add_setting(in, &(struct topology_setting){
						       .text = buf_cstr(&b) });
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
		LOCAL_BUF b = BUF_INIT;

		for (size_t k = 0; sweep_param_put(p, value, k, &b); k++) {
			buf_puts(out, " --set ");
			shell_put_word(out, buf_cstr(&b));
		}
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
	LOCAL_BUF b = BUF_INIT;

	put_product(e, &b);
	diag_set(d, ERR_LIMIT, NULL, 0,
	    _("%s are too many runs: a sweep has at most %d combinations of "
	      "values and %d runs"),
	    buf_cstr(&b), SWEEP_POINTS_MAX, SWEEP_RUNS_MAX);
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

size_t
experiment_count_boards(const struct trace *t)
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
		return diag_fail(d, ERR_NOMEM);
	err = run_create(&r, in, run_feed_trace, t, d);
	/* A script that can't go on names what the topology lacks. */
	if (err != 0 && d->err != 0)
		err = d->err;
	if (err == 0)
		e->boards = experiment_count_boards(t);
	run_destroy(r);
	trace_destroy(t);
	return err;
}

/* The topology that the script has named, its firmware and programs: later
 * steps read no files. */
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
plan_try_values(struct experiment *e, struct diag *d)
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
plan_make_id(const struct experiment *e)
{
	LOCAL_BUF b = BUF_INIT;

	inputs_write(&e->in, &b);
	inputs_write_arrivals(&e->in, &b);
	for (size_t i = 0; i < e->nparams; i++)
		buf_printf(&b, "\n%s", e->params[i].text);
	buf_printf(&b, "\n%s %s", RUNG_VERSION, RUNG_OSIP_VERSION);
	return str_hash(buf_view(&b));
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
		err = diag_fail(d, ERR_NOMEM);
	inputs_free(&found);
	if (err == 0)
		err = plan_try_values(e, d);
	if (err == 0)
		e->id = plan_make_id(e);
	return err;
}

/* ---- experiment.json: written, and read back from wherever it comes ---- */

const struct field experiment_seeds[] = {
	FIELD_AS("from", struct experiment, seed_from, NUMBER, "the first",
	    .flags = FIELD_NEEDED),
	FIELD_AS("to", struct experiment, seed_to, NUMBER, "the last",
	    .flags = FIELD_NEEDED),
	FIELDS_END,
};

const struct field experiment_bounds[] = {
	NEEDED_FIELD(struct sweep_bounds, memory, NUMBER, "bytes; 0: no bound"),
	NEEDED_FIELD(
	    struct sweep_bounds, cpu, NUMBER, "ns of computing, the same"),
	FIELD_AS("timeout", struct sweep_bounds, wall, NUMBER,
	    "ns of the machine's clock, the same", .flags = FIELD_NEEDED),
	FIELDS_END,
};

void
experiment_write(const struct experiment *e, struct buf *b)
{
	buf_printf(b,
	    "{\"kind\":\"experiment\",\"version\":1,"
	    "\"rung\":\"%s\",\"osip\":\"%s\"",
	    RUNG_VERSION, RUNG_OSIP_VERSION);
	buf_puts(b, ",\n\"seeds\":");
	json_put_object(experiment_seeds, e, b);
	buf_puts(b, ",\n\"set\":[");
	for (size_t i = 0; i < e->nparams; i++) {
		buf_puts(b, i > 0 ? ",\n" : "");
		json_put_str(b, str_of(e->params[i].text));
	}
	buf_puts(b, "],\n\"bounds\":");
	json_put_object(experiment_bounds, &e->bounds, b);
	buf_puts(b, ",\n\"inputs\":");
	inputs_write(&e->in, b);
	inputs_write_arrivals(&e->in, b);
	buf_puts(b, "}\n");
}

static int
bad(const char *name, const char *what, struct diag *d)
{
	return diag_set(d, ERR_SYNTAX, name, 0,
	    _("is not an experiment of rung sweep: “%s” is missing or wrong"),
	    what);
}

static int
plan_read_params(
    struct experiment *e, struct json_value v, const char *name, struct diag *d)
{
	struct json_value list = json_member(v, "set"), item;
	LOCAL_BUF text = BUF_INIT;
	size_t at = 0;
	int err = list.type == JSON_ARRAY ? 0 : bad(name, "set", d);

	while (err == 0 && json_item(list, &at, &item)) {
		buf_clear(&text);
		if (json_cstr(item, &text) != 0)
			err = bad(name, "set", d);
		else
			err = experiment_add_param(e, buf_cstr(&text), d);
	}
	return err;
}

/* Results of another version of rung would be another experiment's. */
static int
plan_check_version(struct json_value v, const char *name, struct diag *d)
{
	LOCAL_BUF rung = BUF_INIT, osip = BUF_INIT;
	int64_t version;
	int err = 0;

	if (json_int(json_member(v, "version"), &version) != 0 ||
	    version != 1 || json_text(json_member(v, "rung"), &rung) != 0 ||
	    json_text(json_member(v, "osip"), &osip) != 0)
		err = bad(name, "version", d);
	else if (!str_is(buf_view(&rung), RUNG_VERSION) ||
		 !str_is(buf_view(&osip), RUNG_OSIP_VERSION))
		err = diag_set(d, ERR_UNSUPPORTED, name, 0,
		    _("was begun by rung %s with libosip2 %s; this is rung %s "
		      "with %s, whose runs may differ"),
		    buf_cstr(&rung), buf_cstr(&osip), RUNG_VERSION,
		    RUNG_OSIP_VERSION);
	return err;
}

int
experiment_read(
    struct experiment *e, struct str text, const char *name, struct diag *d)
{
	struct json_value v, kind;
	struct str rest = text;
	int err;

	memset(e, 0, sizeof(*e));
	if (json_read(&rest, &v) != 0 || v.type != JSON_OBJECT ||
	    str_trim(rest).n > 0)
		return diag_set(
		    d, ERR_SYNTAX, name, 0, _("is not a JSON object"));
	kind = json_member(v, "kind");
	if (!str_is(kind.raw, "\"experiment\""))
		return bad(name, "kind", d);
	err = plan_check_version(v, name, d);
	if (err == 0 && (json_take_fields(experiment_seeds,
			     json_member(v, "seeds"), e) != 0 ||
			    e->seed_to < e->seed_from))
		err = bad(name, "seeds", d);
	if (err == 0 && json_take_fields(experiment_bounds,
			    json_member(v, "bounds"), &e->bounds) != 0)
		err = bad(name, "bounds", d);
	if (err == 0)
		err = plan_read_params(e, v, name, d);
	if (err == 0 && inputs_from_json(&e->in, json_member(v, "inputs")) != 0)
		err = bad(name, "inputs", d);
	inputs_use_files(&e->in);
	if (err == 0)
		err = inputs_read_arrivals_of(&e->in, v, d);
	if (err == 0)
		err = experiment_settle(e, d);
	return err;
}

/* ---- plans ---- */

/* Runs that a part has at least, where there are so many. */
#define PART_LEAST 50

unsigned
sweep_plan_parts(const struct experiment *e)
{
	uint64_t parts = (e->runs + PART_LEAST - 1) / PART_LEAST;

	return parts < SWEEP_PARTS_MAX ? (unsigned)parts : SWEEP_PARTS_MAX;
}

static void
plan_put_command(const struct sweep_plan *p, const char *part, struct buf *b)
{
	shell_put_word(b, p->program);
	buf_printf(b, " %s --part=%s/%u --jobs=%u%s -o ", p->command, part,
	    p->parts, p->jobs, p->words);
	shell_put_word(b, p->folder);
	buf_putc(b, '\n');
}

void
sweep_plan_commands(const struct sweep_plan *p, struct buf *out)
{
	for (unsigned i = 1; i <= p->parts; i++) {
		char part[16];

		snprintf(part, sizeof(part), "%u", i);
		plan_put_command(p, part, out);
	}
}

/* Minutes that a part of P takes; 0: unknown.  Runs may last far longer than
 * the one that was tried. */
static unsigned long
count_minutes(const struct sweep_plan *p)
{
	double part =
	    10 * (double)p->run_ns * (double)p->runs / p->parts / p->jobs;

	if (p->part_ns > 0 && (part == 0 || p->part_ns < part))
		part = p->part_ns;
	return part > 0 ? (unsigned long)(part / 60e9) + 10 : 0;
}

void
sweep_plan_slurm(const struct sweep_plan *p, struct buf *out)
{
	/* What the program itself takes comes on top of a run's bound. */
	uint64_t megabytes = (p->memory >> 20) * p->jobs + 256;

	buf_puts(out, "#!/bin/sh\n#SBATCH --job-name=rung-");
	buf_printf(out, "%s\n", p->command);
	buf_printf(out, "#SBATCH --array=1-%u\n", p->parts);
	buf_printf(
	    out, "#SBATCH --ntasks=1\n#SBATCH --cpus-per-task=%u\n", p->jobs);
	if (p->memory > 0)
		buf_printf(out, "#SBATCH --mem=%lluM\n",
		    (unsigned long long)megabytes);
	if (count_minutes(p) > 0)
		buf_printf(out, "#SBATCH --time=%lu\n", count_minutes(p));
	plan_put_command(p, "\"$SLURM_ARRAY_TASK_ID\"", out);
}
