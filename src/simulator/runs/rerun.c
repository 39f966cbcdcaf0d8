/* Makes runs again. */
#include "runs/rerun.h"

#include "base/err.h"
#include "text/utf8.h"

/* Records of one run that is judged; a lab has some hundred. */
#define RECORDS_MAX 2000000
/* Events in one slice. */
#define SLICE 5000

int
rerun_begin(struct rerun *r, struct inputs *in, struct diag *d)
{
	struct drive_options o = { .max_records = RECORDS_MAX,
		.events = SLICE };
	int err;

	*r = RERUN_INIT;
	err = trace_begin(&r->trace, _("the run's trace"));
	o.trace = r->trace;
	if (err == 0)
		err = drive_begin(&r->run, in, &o, d);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

/* A run that goes wrong at each request says so each time. */
static void
take_complaints(struct rerun *r)
{
	const struct diag *w;
	struct buf line = BUF_INIT;

	for (size_t i = 0; (w = run_warning(drive_run(r->run), i)) != NULL;
	     i++) {
		buf_clear(&line);
		diag_write(w, &line);
		buf_putc(&line, '\n');
		if (str_find(buf_view(&r->said), buf_cstr(&line)) < 0)
			buf_str(&r->said, buf_view(&line));
	}
	buf_end(&line, &r->said.err);
}

int
rerun_step(struct rerun *r, struct diag *d)
{
	struct diag failed = DIAG_INIT;
	enum run_state state;
	int err = drive_slice(r->run, NULL, &state, &failed);

	if (state == RUN_IS_OVER || err != 0) {
		take_complaints(r);
		drive_end(r->run);
		r->run = NULL;
	}
	return err == ERR_NOMEM || err == ERR_LIMIT
		   ? diag_set(
			 d, err, failed.file, failed.line, "%s", failed.text)
		   : 0;
}

void
rerun_free(struct rerun *r)
{
	drive_end(r->run);
	trace_destroy(r->trace);
	buf_free(&r->said);
	*r = RERUN_INIT;
}

int
rerun_inputs(
    struct inputs *in, struct trace **t, struct buf *said, struct diag *d)
{
	struct rerun r;
	int err = rerun_begin(&r, in, d);

	while (err == 0 && r.run != NULL)
		err = rerun_step(&r, d);
	if (said != NULL)
		buf_str(said, buf_view(&r.said));
	*t = err == 0 ? r.trace : NULL;
	if (err == 0)
		r.trace = NULL;
	rerun_free(&r);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
