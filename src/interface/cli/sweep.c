/* rung sweep: one experiment, run over seeds and values. */
#include "cli/sweep_in.h"

#include "base/err.h"
#include "cli/option_checks.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

/* ---- an experiment from options, and the one in its folder ---- */

/* Takes the values of --limit=ram=SIZE and the like. */
static void
take_bounds(const struct cli *c, struct sweep_bounds *b)
{
	if (c->run_memory > 0)
		b->memory = c->run_memory;
	if (c->run_cpu_ns > 0)
		b->cpu = c->run_cpu_ns;
	if (c->run_wall_ns > 0)
		b->wall = c->run_wall_ns;
}

static int
make_experiment(
    const struct cli *c, const char *file, struct experiment *e, struct diag *d)
{
	int err;

	memset(e, 0, sizeof(*e));
	if (c->seeds == NULL)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("sweep needs --seed, for example --seed=1..1000"));
	err = inputs_read(&e->in, file, d);
	if (err == 0)
		err = sweep_seeds_read(c->seeds, &e->seed_from, &e->seed_to, d);
	if (c->until_ns != 0)
		e->in.until_ns = c->until_ns;
	if (cli_given(c, "limit"))
		e->in.limits = c->limits;
	for (size_t i = 0; err == 0 && i < c->nsettings; i++)
		err = experiment_add_param(e, c->settings[i], d);
	e->bounds = SWEEP_BOUNDS;
	return err != 0 ? err : experiment_settle(e, d);
}

/* Bounds of A and B's: the looser; 0 is not a bound. */
static bool
is_looser(uint64_t a, uint64_t b)
{
	return b != 0 && (a == 0 || a > b);
}

/* The bounds of a run in the folder's experiment, an untrusted file, are named
 * where they are more than usual and not asked for here. */
static void
tell_bounds(const struct sweep *s, const struct sweep_bounds *b)
{
	const struct sweep_bounds usual = SWEEP_BOUNDS;
	const struct {
		const char *option;
		bool asked;
		uint64_t now, usual, unit;
		const char *sign;
	} rows[] = {
		{ "ram", s->c->run_memory > 0, b->memory, usual.memory,
		    1u << 20, "MB" },
		{ "cpu", s->c->run_cpu_ns > 0, (uint64_t)b->cpu,
		    (uint64_t)usual.cpu, 1000000000, "s" },
		{ "wall", s->c->run_wall_ns > 0, (uint64_t)b->wall,
		    (uint64_t)usual.wall, 1000000000, "s" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (rows[i].asked || !is_looser(rows[i].now, rows[i].usual))
			continue;
		if (rows[i].now == 0)
			cli_remark(s->c,
			    _("this experiment's file sets no limit; "
			      "--limit=%s=%llu%s sets the usual one"),
			    rows[i].option,
			    (unsigned long long)(rows[i].usual / rows[i].unit),
			    rows[i].sign);
		else
			cli_remark(s->c,
			    _("this experiment's file allows a run %llu%s; "
			      "--limit=%s=%llu%s is usual"),
			    (unsigned long long)(rows[i].now / rows[i].unit),
			    rows[i].sign, rows[i].option,
			    (unsigned long long)(rows[i].usual / rows[i].unit),
			    rows[i].sign);
	}
}

/* The folder has nothing in it that an experiment might take for its own. */
static int
check_empty(const struct store *s, struct diag *d)
{
	DIR *dir = opendir(s->folder);
	struct dirent *entry;
	bool empty = true;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		empty = empty && (strcmp(entry->d_name, ".") == 0 ||
				     strcmp(entry->d_name, "..") == 0);
	if (dir != NULL)
		closedir(dir);
	if (empty)
		return 0;
	return diag_set(d, ERR_EXISTS, s->folder, 0,
	    _("contains other files and no experiment; give a new folder to "
	      "-o"));
}

/* Without FILE the run comes from the folder alone. */
static int
sweep_command_check_options(const struct cli *c, struct diag *d)
{
	static const char *const own[] = { "seed", "set", "until",
		GIVEN_LIMIT };

	for (size_t i = 0; i < COUNT_OF(own); i++)
		if (cli_given(c, own[i]))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("--%s is for a new experiment, which needs a "
			      "FILE: a lab, script, topology or trace"),
			    own[i]);
	return 0;
}

/* Of the two S->e stays, with the seeds and bounds that are to be now; OLD is
 * what the folder had. */
static int
settle_both(struct sweep *s, const struct experiment *old, struct diag *d)
{
	LOCAL_BUF before = BUF_INIT, after = BUF_INIT;
	int err = 0;

	if (old->id != s->e.id)
		return diag_set(d, ERR_EXISTS, s->store.folder, 0,
		    _("contains another experiment (other inputs or values); "
		      "give another folder to -o"));
	s->e.bounds = old->bounds;
	tell_bounds(s, &s->e.bounds);
	take_bounds(s->c, &s->e.bounds);
	experiment_write(old, &before);
	experiment_write(&s->e, &after);
	if (!str_eq(buf_view(&before), buf_view(&after)))
		err = store_write_experiment(&s->store, &s->e, d);
	return err;
}

static int
begin_new(struct sweep *s, struct diag *d)
{
	int err = check_empty(&s->store, d);

	take_bounds(s->c, &s->e.bounds);
	return err != 0 ? err : store_write_experiment(&s->store, &s->e, d);
}

/* FILE's experiment, by C's options, in the folder C->output,
 * or the one that is there where FILE is NULL.  0 or D's error. */
static int
sweep_begin(struct sweep *s, const char *file, struct diag *d)
{
	struct experiment old;
	int err, found;

	if (file == NULL && sweep_command_check_options(s->c, d) != 0)
		return d->err;
	/* A mistake leaves no folder behind. */
	if (file != NULL && make_experiment(s->c, file, &s->e, d) != 0)
		return d->err;
	err = store_open(&s->store, s->c->output, file != NULL, d);
	if (err != 0)
		return err;
	found =
	    store_read_experiment(&s->store, file != NULL ? &old : &s->e, d);
	if (found == ERR_NOTFOUND && file == NULL)
		return diag_set(d, ERR_NOTFOUND, s->c->output, 0,
		    _("contains no experiment"));
	if (file == NULL) {
		if (found == 0)
			tell_bounds(s, &s->e.bounds);
		take_bounds(s->c, &s->e.bounds);
		return found;
	}
	err = found == ERR_NOTFOUND ? begin_new(s, d)
	      : found != 0          ? found
				    : settle_both(s, &old, d);
	experiment_free(&old);
	return err;
}

/* ---- the options of rung sweep ---- */

#define JOBS_MOST 1024

static int
set_seeds(struct cli *c, const char *value, struct diag *d)
{
	uint64_t from, to;

	c->seeds = value;
	if (sweep_seeds_read(value, &from, &to, d) != 0)
		return d->err;
	if (from == to && from > 1 && strchr(value, '.') == NULL)
		cli_remark(c,
		    _("--seed=%s means one run; for %s runs write "
		      "1..%s"),
		    value, value, value);
	return 0;
}

int
cli_set_jobs(struct cli *c, const char *value, struct diag *d)
{
	if (str_u32(str_of(value), &c->jobs) == 0 && c->jobs > 0 &&
	    c->jobs <= JOBS_MOST)
		return 0;
	return diag_set(d, ERR_RANGE, NULL, 0,
	    _("--jobs: “%s” is not a number from 1 to %d"), value, JOBS_MOST);
}

int
cli_set_part(struct cli *c, const char *value, struct diag *d)
{
	struct str of, part = str_cut(str_of(value), '/', &of);

	if (strcmp(value, "all") == 0) {
		c->merge = true;
		return 0;
	}
	if (str_u32(part, &c->part) == 0 && str_u32(of, &c->parts) == 0 &&
	    c->part >= 1 && c->part <= c->parts && c->parts <= 1000000)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--part: “%s” is not a part; use 3/10, for example, or all"),
	    value);
}

int
cli_set_plan(struct cli *c, const char *value, struct diag *d)
{
	c->plan = value != NULL ? value : "parallel";
	if (strcmp(c->plan, "parallel") == 0 || strcmp(c->plan, "slurm") == 0)
		return 0;
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("--plan: “%s” is not known; use parallel or slurm"), value);
}

static const struct cli_option cli_sweep_options[] = {
	{ "output", 'o', "FOLDER",
	    N_("keeps the experiment and its results in FOLDER; replaces "
	       "earlier results of a sweep there"),
	    cli_set_output },
	{ "seed", 0, "FROM..TO", N_("makes a run with each of these seeds"),
	    set_seeds },
	{ "set", 0, "NAME=VALUES",
	    N_("varies an attribute: NODE.ATTR, A--B.ATTR of a link, ATTR of "
	       "all links; VALUES are 0..30%:5%, 10ms,50ms or true,false; "
	       "several --set make all combinations"),
	    cli_add_setting },
	{ "until", 0, "TIME", N_("stops a run at that virtual time"),
	    cli_set_until },
	{ "limit", 0, "NAME=N",
	    N_("limits a run as in rung run, and its resources: ram=1GB, "
	       "cpu=60s, wall=5min"),
	    cli_set_limit },
	{ "jobs", 0, "N",
	    N_("sets the number of parallel runs (default: one "
	       "for each processor)"),
	    cli_set_jobs },
	{ "keep", 0, NULL, N_("keeps the runs' traces, in FOLDER/traces"),
	    cli_set_keep },
	{ "plan", 0, "[=slurm]",
	    N_("runs nothing, prints commands for GNU parallel, or a script "
	       "for Slurm"),
	    cli_set_plan },
	{ "part", 0, "I/N",
	    N_("does part I of N of a plan; all: makes the table and plots of "
	       "the results in the folder"),
	    cli_set_part },
	{ 0 },
};

static int
sweep_command_take_result(
    const struct sweep_result *r, struct str line, void *arg)
{
	struct sweep *s = arg;
	bool counts = sweep_runs_take(&s->runs, r, line);

	return counts && s->table != NULL ? sweep_table_take(s->table, r) : 0;
}

static void
tell_wrong(const struct diag *d, void *arg)
{
	const struct sweep *s = arg;

	/* Faults of old results are reported when they are used. */
	if (s->table != NULL)
		cli_complain(s->c, d);
}

int
sweep_load(struct sweep *s, struct diag *d)
{
	int err = sweep_runs_create(&s->runs, &s->e);

	if (err != 0)
		return diag_fail(d, err);
	return store_read_results(&s->store, &s->e, sweep_command_take_result,
	    tell_wrong, s, &s->left_out, d);
}

static int
sweep_command_merge(struct sweep *s, int argc, char **argv, struct diag *d)
{
	int err;

	if (argc != 1 || s->c->output != NULL)
		return cli_refuse(d, _("--part=all needs one FOLDER"));
	if (s->c->plan != NULL || s->c->parts > 0)
		return cli_refuse(d, _("--part=all runs nothing; leave out "
				       "--plan and other --part options"));
	err = store_open(&s->store, argv[0], false, d);
	if (err == 0)
		err = store_read_experiment(&s->store, &s->e, d);
	if (err == ERR_NOTFOUND && d->err == 0)
		diag_set(d, err, argv[0], 0, _("contains no experiment"));
	return err == 0 ? sweep_merge(s, d) : CLI_USAGE;
}

static int
do_runs(struct sweep *s, int argc, char **argv, struct diag *d)
{
	struct cli *c = s->c;

	if (argc > 1)
		return cli_refuse_words(c, argv, d);
	if (argc == 0 && c->output == NULL)
		return cli_refuse(d,
		    _("sweep needs one FILE (a lab, script, topology or trace) "
		      "and -o FOLDER, or the FOLDER alone to continue"));
	if (c->output == NULL)
		return cli_refuse(
		    d, _("sweep needs -o FOLDER for its results"));
	if (c->plan != NULL && c->parts > 0)
		return cli_refuse(d, _("--plan and --part exclude each other; "
				       "give one of them"));
	if (sweep_begin(s, argc > 0 ? argv[0] : NULL, d) != 0)
		return CLI_USAGE;
	if (c->plan != NULL)
		return sweep_print_plan(s, d) == 0 ? CLI_OK : CLI_USAGE;
	return sweep_go(s, d);
}

static int
sweep(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct sweep s = { .c = c, .store = { .fd = -1 } };
	int status;

	if (cli_check_place(c, "sweep", d) != 0)
		return CLI_USAGE;
	status = c->merge ? sweep_command_merge(&s, argc, argv, d)
			  : do_runs(&s, argc, argv, d);
	sweep_runs_free(&s.runs);
	experiment_free(&s.e);
	store_close(&s.store);
	return status;
}

static const struct cli_example sweep_examples[] = {
	{ "rung sweep how-much-loss --seed=1..100 --set delay=5ms,50ms -o "
	  "delays",
	    N_("200 runs: each delay of all links with each seed") },
	{ "rung sweep -o delays", N_("continues an interrupted sweep") },
	{ "rung sweep --part=all delays",
	    N_("makes the table and plots again, for example of parts") },
	{ NULL, NULL },
};

const struct cli_command cli_sweep = {
	.name = "sweep",
	.usage = "[FILE]",
	.text = N_("runs a lab with many seeds and values; table and plots"),
	.purpose = N_("Runs a lab with many seeds and values and makes a table "
		      "and plots of the results."),
	.about = N_(
	    "FILE is as for rung run. It is run with each seed and each "
	    "combination of values, each run in its own process, on all "
	    "processors. A run that already has a result is not run again. At "
	    "the end the folder contains table.csv, table.json and plots; "
	    "after a run in parts, --part=all FOLDER makes them."),
	.examples = sweep_examples,
	.options = cli_sweep_options,
	.fn = sweep,
};
