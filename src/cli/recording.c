/* Running something and keeping its trace. */
#include "cli/recording.h"

#include "base/err.h"
#include "base/mem.h"
#include "scenario/run.h"

#include <errno.h>
#include <string.h>

/* Events in one slice; only a bound on how long nobody looks around. */
#define SLICE 100000

/* With the first line, so that a mistake leaves an older file alone. */
static int
open_output(struct recording *rec)
{
	rec->f = strcmp(rec->file, "-") == 0 ? stdout : fopen(rec->file, "wb");
	if (rec->f == NULL)
		rec->trouble = errno;
	return rec->f != NULL ? 0 : ERR_IO;
}

static int
sink(const char *line, size_t n, void *arg)
{
	struct recording *rec = arg;

	if (rec->file != NULL && rec->f == NULL && open_output(rec) != 0)
		return ERR_IO;
	if (rec->f != NULL) {
		if (fwrite(line, 1, n, rec->f) == n)
			return 0;
		rec->trouble = errno;
		return ERR_IO;
	}
	if (rec->forget)
		return 0;
	buf_add(&rec->text, line, n);
	return rec->text.err;
}

static int
close_output(struct recording *rec, struct diag *d)
{
	if (rec->f != NULL &&
	    (rec->f == stdout ? fflush(stdout) : fclose(rec->f)) != 0 &&
	    rec->trouble == 0)
		rec->trouble = errno;
	rec->f = NULL;
	if (rec->trouble == 0)
		return 0;
	/* The cause of whatever else was said of the trace. */
	*d = DIAG_INIT;
	return diag_set(d, ERR_IO, rec->file, 0, _("can't be written: %s"),
	    strerror(rec->trouble));
}

static int
take_options(const struct cli *c, struct inputs *in, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < c->nsettings; i++)
		err = inputs_add_setting(in, c->settings[i]);
	for (size_t i = 0; err == 0 && i < c->nacts; i++)
		err = inputs_add_act(in, c->acts[i], d);
	if (c->has_seed) {
		in->has_seed = true;
		in->seed = c->seed;
	}
	if (c->until_ns != 0)
		in->until_ns = c->until_ns;
	if (c->has_detail)
		in->detail = c->detail;
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

int
recording_run(struct cli *c, const char *file, const char *output,
    struct recording *rec, struct diag *d)
{
	struct inputs in;
	struct run *r = NULL;
	bool done = false;
	int err;

	memset(rec, 0, sizeof(*rec));
	err = inputs_read(&in, file, d);
	if (err == 0)
		err = take_options(c, &in, d);
	rec->file = output;
	rec->forget = output == NULL && c->quiet;
	if (err == 0)
		err = run_create(&r, &in, sink, rec, d);
	while (err == 0 && !done)
		err = run_advance(r, SLICE, &done, d);
	for (size_t i = 0; err == 0 && run_warning(r, i) != NULL; i++)
		cli_complain(run_warning(r, i));
	run_destroy(r);
	inputs_free(&in);
	if (close_output(rec, d) != 0 && err == 0)
		err = d->err;
	if (err != 0)
		recording_free(rec);
	return err;
}

int
recording_load(struct recording *rec, struct trace **t, struct diag *d)
{
	if (rec->file != NULL)
		return trace_load(t, rec->file, d);
	return trace_load_buf(t, &rec->text, _("the run's trace"), d);
}

void
recording_free(struct recording *rec)
{
	if (rec->f != NULL && rec->f != stdout)
		fclose(rec->f);
	rec->f = NULL;
	buf_free(&rec->text);
}
