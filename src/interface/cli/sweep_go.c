/* Does the runs of an experiment and shows how far it is. */
#include "base/err.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/sweep_in.h"
#include "inputs/share.h"
#include "jobs/jobs.h"
#include "jobs/program.h"
#include "sweep/experiment.h"
#include "sweep/runs.h"
#include "text/utf8.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- printing an experiment's commands ---- */

/* PATH is the program SELF. */
static bool
is_this(const char *path, const char *self)
{
	struct stat a, b;

	return stat(path, &a) == 0 && stat(self, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* "rung" where a shell finds this program so, else its whole path. */
static int
put_program_path(struct buf *out)
{
	struct str rest = str_of(getenv("PATH"));
	int err = share_program(out);

	while (err == 0 && rest.n > 0) {
		struct str folder = str_cut(rest, ':', &rest);
		LOCAL_BUF path = BUF_INIT;
		bool found;

		buf_printf(&path, "%.*s/rung", STR_ARG(folder));
		found = is_this(buf_cstr(&path), buf_cstr(out));
		/* The shell may find another rung first. */
		if (access(buf_cstr(&path), X_OK) == 0)
			rest = STR_NULL;
		if (found) {
			buf_clear(out);
			buf_puts(out, "rung");
			return out->err;
		}
	}
	return err;
}

static void
sweep_go_tell_size(const struct cli *c, const struct sweep_plan *p)
{
	double runs = (double)p->runs, ns = (double)p->run_ns;

	cli_remark(c,
	    _("%.0f runs, parts: %u; one run takes about %.1f ms, all runs "
	      "together %.1f min on one processor; their results take about "
	      "%.0f kB"),
	    runs, p->parts, ns / 1e6, ns * runs / 60e9,
	    (double)p->bytes * runs / 1e3);
}

int
cli_print_plan(struct cli *c, const char *name, const char *file,
    struct sweep_plan *plan, struct diag *d)
{
	LOCAL_BUF out = BUF_INIT, program = BUF_INIT;
	char folder[PATH_MAX];
	int err = put_program_path(&program);

	if (err != 0 || realpath(name, folder) == NULL)
		err = diag_set(d, ERR_IO, name, 0, _("can't be opened: %s"),
		    err_system(errno));
	if (err == 0 &&
	    (!shell_has_word(folder) || !shell_has_word(buf_cstr(&program))))
		err = diag_set(d, ERR_UNSUPPORTED, name, 0,
		    _("its name ends with a newline, which a one-line command "
		      "can't contain"));
	plan->program = buf_cstr(&program);
	plan->folder = folder;
	plan->jobs = c->jobs > 0 ? c->jobs : 1;
	if (err == 0 && strcmp(c->plan, "slurm") == 0)
		sweep_plan_slurm(plan, &out);
	else if (err == 0)
		sweep_plan_commands(plan, &out);
	if (err == 0)
		err = cli_write(c, &out, file, d);
	if (err == 0 && plan->run_ns > 0)
		sweep_go_tell_size(c, plan);
	plan->program = plan->folder = NULL;
	return err;
}

/* The planning does not wait longer for the run that is tried. */
#define TRY_NS INT64_C(10000000000)

static int
look_at_clock(void *arg)
{
	return cli_now_ns() - *(int64_t *)arg > TRY_NS;
}

/* Does the first run, of which nothing is kept, to see how long it takes. */
static int
try_run(struct sweep *s, struct sweep_plan *plan, struct diag *d)
{
	int64_t begun = cli_now_ns();
	struct sweep_work w = { .e = &s->e,
		.store = &s->store,
		.runs = &s->runs,
		.results = -1,
		.jobs = 1,
		.part = 1,
		.parts = (unsigned)s->e.runs,
		.look = look_at_clock,
		.arg = &begun };
	int err = sweep_runs_create(&s->runs, &s->e);

	err = err != 0 ? diag_fail(d, err) : sweep_work_do(&w, d);
	plan->run_ns = s->runs.done > 0 ? cli_now_ns() - begun : 0;
	plan->bytes = w.bytes;
	return err;
}

int
sweep_print_plan(struct sweep *s, struct diag *d)
{
	struct sweep_plan plan = { .command = "sweep",
		.words = s->c->keep ? " --keep" : "",
		.memory = s->e.bounds.memory,
		.runs = s->e.runs,
		.parts = sweep_plan_parts(&s->e) };
	uint64_t runs_of_part;
	int err = try_run(s, &plan, d);

	runs_of_part = s->e.runs / plan.parts + 1;
	plan.part_ns = (double)s->e.bounds.wall * (double)runs_of_part;
	return err == 0 ? cli_print_plan(s->c, s->store.folder, NULL, &plan, d)
			: err;
}

/* ---- makes the table and the plots from the results ---- */

static int
sweep_go_write_part(
    const struct sweep *s, const char *name, struct buf *text, struct diag *d)
{
	int err = text->err != 0 ? diag_fail(d, text->err)
				 : store_write_file(&s->store, name, text, d);

	buf_free(text);
	return err;
}

static int
write_tables(const struct sweep *s, struct diag *d)
{
	struct buf text = BUF_INIT;
	int err;

	sweep_table_csv(s->table, &text);
	err = sweep_go_write_part(s, "table.csv", &text, d);
	if (err != 0)
		return err;
	sweep_table_json(s->table, &text);
	return sweep_go_write_part(s, "table.json", &text, d);
}

static int
write_plots(const struct sweep *s, size_t *n, struct diag *d)
{
	struct buf svg = BUF_INIT;
	char name[64];
	size_t left;
	int err = 0;

	for (*n = 0;
	     err == 0 && sweep_table_plot(s->table, *n, name, &svg, &left);
	     ++*n) {
		if (left > 0)
			cli_remark(s->c,
			    _("%s shows only the first lines; %zu more are in "
			      "the table"),
			    name, left);
		err = sweep_go_write_part(s, name, &svg, d);
	}
	return err;
}

static int
print_all(const struct sweep *s, size_t plots, struct diag *d)
{
	LOCAL_BUF out = BUF_INIT, folder = BUF_INIT;

	utf8_add_safe(&folder, str_of(s->store.folder));
	sweep_table_text(s->table, &out);
	buf_putc(&out, '\n');
	sweep_put_counts(&s->runs, &out);
	buf_printf(&out,
	    _("Intervals contain the true value with 95 %% confidence. "
	      "table.csv, table.json and %zu plots are in %s.\n"),
	    plots, buf_cstr(&folder));
	buf_end(&folder, &out.err);
	return cli_print_lines(s->c, &out, d);
}

int
sweep_merge(struct sweep *s, struct diag *d)
{
	struct sweep_table table;
	size_t plots = 0;
	int err = sweep_table_create(&table, &s->e);

	s->table = &table;
	if (err != 0)
		diag_fail(d, err);
	else
		err = sweep_load(s, d);
	if (err == 0) {
		sweep_table_settle(&table, &s->runs);
		err = write_tables(s, d);
	}
	if (err == 0)
		err = write_plots(s, &plots, d);
	if (err == 0)
		err = print_all(s, plots, d);
	sweep_table_free(&table);
	s->table = NULL;
	if (err != 0)
		return CLI_USAGE;
	return s->runs.failed > 0 || s->left_out > 0 || s->runs.differing > 0 ||
		       s->runs.done < s->e.runs
		   ? CLI_FAILED
		   : CLI_OK;
}

struct sweep_look {
	const struct sweep *s;
	uint64_t before, size; /* done before, and to be done now */
};

/* Tells how far it is. */
static int
tell_sweep_progress(void *arg)
{
	const struct sweep_look *k = arg;
	struct progress_step step = { .what = N_("running"),
		.done = k->s->runs.done - k->before,
		.of = k->size };
	LOCAL_BUF note = BUF_INIT;

	buf_printf(&note, _("%llu of %llu runs"), (unsigned long long)step.done,
	    (unsigned long long)step.of);
	if (k->s->runs.failed > 0)
		buf_printf(&note, _(", %llu failed"),
		    (unsigned long long)k->s->runs.failed);
	step.note = buf_cstr(&note);
	cli_progress_take(&step);
	return interrupt_came();
}

static int
make_traces_folder(const struct sweep *s, struct diag *d)
{
	if (!s->c->keep || mkdirat(s->store.fd, "traces", 0777) == 0 ||
	    errno == EEXIST)
		return 0;
	return diag_set(d, ERR_IO, s->store.folder, 0,
	    _("can't be written: %s"), err_system(errno));
}

/* Of a part there is no table: others have the rest.  Its status says whether
 * it is done, not the result. */
static int
sweep_go_end_part(const struct sweep *s, struct diag *d)
{
	LOCAL_BUF out = BUF_INIT;
	int err;

	buf_printf(&out, _("Runs done: %llu of %llu; failed: %llu.\n"),
	    (unsigned long long)s->runs.done, (unsigned long long)s->e.runs,
	    (unsigned long long)s->runs.failed);
	sweep_put_failures(&s->runs, &out);
	err = cli_print_lines(s->c, &out, d);
	if (err != 0)
		return CLI_USAGE;
	return s->killed > 0 ? CLI_FAILED : CLI_OK;
}

static int
end_sweep_early(const struct sweep *s)
{
	int sig = interrupt_came();
	LOCAL_BUF folder = BUF_INIT;

	shell_put_word(&folder, s->store.folder);
	cli_remark(s->c,
	    _("interrupted; %llu of %llu runs are done; rung sweep -o %s "
	      "continues"),
	    (unsigned long long)s->runs.done, (unsigned long long)s->e.runs,
	    buf_cstr(&folder));
	interrupt_leave();
	raise(sig);
	return 128 + sig;
}

static int
sweep_go_work(struct sweep *s, struct diag *d)
{
	struct sweep_look k = { .s = s, .before = s->runs.done };
	struct sweep_work w = { .e = &s->e,
		.store = &s->store,
		.runs = &s->runs,
		.jobs = s->c->jobs > 0 ? s->c->jobs : jobs_processors(),
		.part = s->c->part > 0 ? s->c->part : 1,
		.parts = s->c->parts > 0 ? s->c->parts : 1,
		.keep = s->c->keep,
		.look = tell_sweep_progress,
		.arg = &k };
	int err = make_traces_folder(s, d);

	if (err == 0)
		err = store_open_results(&s->store, s->c->part, &w.results, d);
	if (err != 0)
		return err;
	k.size = sweep_work_size(&w);
	cli_progress_begin(s->c);
	err = sweep_work_do(&w, d);
	cli_progress_end();
	s->killed = w.killed;
	if (w.killed > 0)
		cli_remark(s->c,
		    _("%llu runs were stopped from outside and have no result; "
		      "the same command runs them again"),
		    (unsigned long long)w.killed);
	close(w.results);
	return err;
}

int
sweep_go(struct sweep *s, struct diag *d)
{
	int err = sweep_load(s, d);

	if (err != 0)
		return CLI_USAGE;
	interrupt_catch();
	err = sweep_go_work(s, d);
	if (err == 0 && interrupt_came() != 0)
		return end_sweep_early(s);
	interrupt_leave();
	if (err != 0)
		return CLI_USAGE;
	if (s->c->parts > 0)
		return sweep_go_end_part(s, d);
	/* Results made by other processes meanwhile are read again. */
	sweep_runs_free(&s->runs);
	return sweep_merge(s, d);
}
