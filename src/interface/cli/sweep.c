/* rung sweep: one experiment, run over seeds and values. */
#include "cli/sweep_in.h"

#include "base/err.h"
#include "cli/choice.h"

static int
take_result(const struct sweep_result *r, struct str line, void *arg)
{
	struct sweep *s = arg;
	bool counts = sweep_runs_take(&s->runs, r, line);

	return counts && s->table != NULL ? sweep_table_take(s->table, r) : 0;
}

static void
tell_wrong(const struct diag *d, void *arg)
{
	const struct sweep *s = arg;

	/* What is wrong with old results is said when they are used. */
	if (s->table != NULL)
		cli_complain(s->c, d);
}

int
sweep_load(struct sweep *s, struct diag *d)
{
	int err = sweep_runs_create(&s->runs, &s->e);

	if (err != 0)
		return diag_set(d, err, NULL, 0, "%s", err_text(err));
	return store_read_results(
	    &s->store, &s->e, take_result, tell_wrong, s, &s->left_out, d);
}

static int
merge(struct sweep *s, int argc, char **argv, struct diag *d)
{
	int err;

	if (argc != 1 || s->c->output != NULL)
		return cli_refuse(d, _("--merge needs one FOLDER"));
	if (s->c->plan != NULL || s->c->parts > 0)
		return cli_refuse(d, _("--merge runs nothing, so it takes "
				       "neither --plan nor --part"));
	err = store_open(&s->store, argv[0], false, d);
	if (err == 0)
		err = store_read_experiment(&s->store, &s->e, d);
	if (err == ERR_NOTFOUND && d->err == 0)
		diag_set(d, err, argv[0], 0, _("holds no experiment"));
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
		      "and -o FOLDER, or the FOLDER alone to go on"));
	if (c->output == NULL)
		return cli_refuse(
		    d, _("sweep needs -o FOLDER for its results"));
	if (c->plan != NULL && c->parts > 0)
		return cli_refuse(d, _("--plan and --part exclude each other"));
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
	status =
	    c->merge ? merge(&s, argc, argv, d) : do_runs(&s, argc, argv, d);
	sweep_runs_free(&s.runs);
	experiment_free(&s.e);
	store_close(&s.store);
	return status;
}

static const struct cli_example sweep_examples[] = {
	{ "rung sweep how-much-loss --seeds=1..100 --set delay=5ms,50ms -o "
	  "delays",
	    N_("200 runs: each delay of all links with each seed") },
	{ "rung sweep -o delays", N_("goes on where it was ended") },
	{ "rung sweep --merge delays",
	    N_("the table and the plots again, as of parts") },
	{ NULL, NULL },
};

const struct cli_command cli_sweep = {
	.name = "sweep",
	.usage = "[FILE]",
	.text = N_("runs a lab over seeds and values; table and plots"),
	.about = N_(
	    "FILE is what rung run takes. It is run with each seed and each "
	    "combination of values, each run in a process of its own, on all "
	    "processors. A run that has its result is not run again. At its "
	    "end are table.csv, table.json and plots; of parts --merge FOLDER "
	    "makes them."),
	.examples = sweep_examples,
	.options = cli_sweep_options,
	.fn = sweep,
};
