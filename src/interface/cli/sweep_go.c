/* Does the runs of an experiment and shows how far it is. */
#include "base/err.h"
#include "jobs/jobs.h"
#include "jobs/program.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/sweep_in.h"
#include "sweep/runs.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

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
	struct buf note = BUF_INIT;

	buf_printf(&note, _("%llu of %llu runs"), (unsigned long long)step.done,
	    (unsigned long long)step.of);
	if (k->s->runs.failed > 0)
		buf_printf(&note, _(", %llu failed"),
		    (unsigned long long)k->s->runs.failed);
	step.note = buf_cstr(&note);
	cli_progress_take(&step);
	buf_free(&note);
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
 * it is done, not what came out. */
static int
end_part(const struct sweep *s, struct diag *d)
{
	struct buf out = BUF_INIT;
	int err;

	buf_printf(&out, _("Runs done: %llu of %llu; failed: %llu.\n"),
	    (unsigned long long)s->runs.done, (unsigned long long)s->e.runs,
	    (unsigned long long)s->runs.failed);
	sweep_put_failures(&s->runs, &out);
	err = cli_print_lines(s->c, &out, d);
	buf_free(&out);
	if (err != 0)
		return CLI_USAGE;
	return s->killed > 0 ? CLI_FAILED : CLI_OK;
}

static int
end_sweep_early(const struct sweep *s)
{
	int sig = interrupt_came();
	struct buf folder = BUF_INIT;

	shell_put_word(&folder, s->store.folder);
	cli_remark(s->c,
	    _("interrupted; %llu of %llu runs are done; rung sweep -o %s goes "
	      "on"),
	    (unsigned long long)s->runs.done, (unsigned long long)s->e.runs,
	    buf_cstr(&folder));
	buf_free(&folder);
	interrupt_leave();
	raise(sig);
	return 128 + sig;
}

static int
work(struct sweep *s, struct diag *d)
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
		    _("something outside ended %llu runs, which have no "
		      "result; the same command runs them again"),
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
	err = work(s, d);
	if (err == 0 && interrupt_came() != 0)
		return end_sweep_early(s);
	interrupt_leave();
	if (err != 0)
		return CLI_USAGE;
	if (s->c->parts > 0)
		return end_part(s, d);
	/* Those that others have made meanwhile are read again. */
	sweep_runs_free(&s->runs);
	return sweep_merge(s, d);
}
