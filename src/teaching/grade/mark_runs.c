/*
 * Makes the runs that answers name: "rung run busy --set bob.busy=false".
 */
#include "grade/mark.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "grade/variant.h"
#include "runs/rerun.h"

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
	LOCAL(variant_free) struct variant v;
	int err = variant_read(&v, command, &lab);

	*in = (struct inputs){ .detail = TRACE_PROTOCOL };
	if (err == ERR_SYNTAX || err == ERR_RANGE)
		diag_set(d, err, NULL, 0,
		    _("“%.*s” is not a run; write a lab's name, with --set or "
		      "--seed= if needed"),
		    (int)(command.n < 80 ? command.n : 80), command.p);
	if (err == 0)
		err = work_find_named(buf_cstr(&lab), &path, d);
	if (err == 0)
		err = rerun_read(in, buf_cstr(&path), &v, d);
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
find_named_run(const struct named_runs *r, struct str command)
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

	if (find_named_run(r, command) < r->n)
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
	i = find_named_run(r, command);
	if (i == r->n)
		diag_fail(d, ERR_NOMEM);
	else if (r->list[i].trace == NULL)
		*d = r->list[i].why;
	return i < r->n ? r->list[i].trace : NULL;
}
