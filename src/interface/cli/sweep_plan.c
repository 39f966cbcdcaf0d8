/* Printing an experiment's commands. */
#include "sweep/experiment.h"

#include "base/err.h"
#include "base/mem.h"
#include "cli/progress.h"
#include "cli/sweep_in.h"
#include "inputs/share.h"
#include "jobs/program.h"
#include "sweep/runs.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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
		struct buf path = BUF_INIT;
		bool found;

		buf_printf(&path, "%.*s/rung", STR_ARG(folder));
		found = is_this(buf_cstr(&path), buf_cstr(out));
		/* Who finds another rung first takes that. */
		if (access(buf_cstr(&path), X_OK) == 0)
			rest = STR_NULL;
		buf_free(&path);
		if (found) {
			buf_clear(out);
			buf_puts(out, "rung");
			return out->err;
		}
	}
	return err;
}

static void
tell_size(const struct cli *c, const struct sweep_plan *p)
{
	double runs = (double)p->runs, ns = (double)p->run_ns;

	cli_remark(c,
	    _("%.0f runs, in parts: %u; one takes about %.1f ms, all of them "
	      "%.1f min of one processor; their results are about %.0f kB"),
	    runs, p->parts, ns / 1e6, ns * runs / 60e9,
	    (double)p->bytes * runs / 1e3);
}

int
cli_print_plan(struct cli *c, const char *name, const char *file,
    struct sweep_plan *plan, struct diag *d)
{
	struct buf out = BUF_INIT, program = BUF_INIT;
	char folder[PATH_MAX];
	int err = put_program_path(&program);

	if (err != 0 || realpath(name, folder) == NULL)
		err = diag_set(d, ERR_IO, name, 0, _("can't be opened: %s"),
		    err_system(errno));
	if (err == 0 &&
	    (!shell_has_word(folder) || !shell_has_word(buf_cstr(&program))))
		err = diag_set(d, ERR_UNSUPPORTED, name, 0,
		    _("its name ends with a newline, which no command of one "
		      "line can say"));
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
		tell_size(c, plan);
	plan->program = plan->folder = NULL;
	buf_free(&program);
	buf_free(&out);
	return err;
}

/* Who plans does not wait longer for the run that is tried. */
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

	err = err != 0 ? diag_set(d, err, NULL, 0, "%s", err_text(err))
		       : sweep_work_do(&w, d);
	plan->run_ns = s->runs.done > 0 ? cli_now_ns() - begun : 0;
	plan->bytes = w.bytes;
	return err;
}

int
sweep_print_plan(struct sweep *s, struct diag *d)
{
	struct sweep_plan plan = { .command = "sweep",
		.words = s->c->keep ? " --keep" : "",
		.option = "-o",
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
