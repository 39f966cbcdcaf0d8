/*
 * The render process is one job of jobs/jobs.h.  What it says is a byte, the
 * error of its FN, and after it the picture or the error's sentence.
 */
#include "draw/render_process.h"

#include "text/utf8.h"
#include "base/err.h"
#include "jobs/jobs.h"
#include "base/mem.h"
#include "base/progress.h"

#include <malloc.h>

/* The largest bitmap of ours takes 4 GiB (draw/raster.c). */
#define MEMORY_MOST  (UINT64_C(8) << 30)
#define MINUTES_MOST 10
#define WALL_MOST    INT64_C(3600000000000)
/* A library that waits without end computes nothing. */
#define IDLE_MOST INT64_C(20000000000)
#define SAID_MOST ((size_t)2 << 30)
/* With that left, except for bitmaps, the libraries had what they asked for:
 * their largest file has 30 MB, a thread's stack 8. */
#define ROOM_LEAST (UINT64_C(40) << 20)

struct drawing {
	render_process_fn *fn;
	const void *what;
	struct buf *out;
};

/* In the render process. */
static int
draw_in_child(void *arg, uint64_t job, struct buf *said)
{
	const struct drawing *w = arg;
	struct diag d = DIAG_INIT;
	int err;

	(void)job;
	/* Threads of the libraries would take 128 MiB of addresses each. */
	mallopt(M_ARENA_MAX, 1);
	buf_putc(said, ERR_OK);
	err = w->fn(w->what, said, &d);
	/* Libraries seldom say why they fail, or take another font. */
	if ((err == 0 || err == ERR_UNSUPPORTED) &&
	    mem_room_least() < ROOM_LEAST)
		err = ERR_NOMEM;
	if (err == 0 || err == ERR_NOMEM)
		return err;
	buf_truncate(said, 0);
	buf_putc(said, (char)err);
	diag_write(&d, said);
	return said->err;
}

static int
tell_no_memory(struct diag *d)
{
	return diag_set(d, ERR_NOMEM, NULL, 0,
	    _("there was not enough memory to draw the figure"));
}

static int
take_drawing(const struct drawing *w, struct str said, struct diag *d)
{
	int err = said.n > 0 ? said.p[0] : ERR_UNSUPPORTED;

	said = str_slice(said, 1, said.n);
	if (err != 0)
		return diag_set(d, err, NULL, 0, "%.*s", STR_ARG(said));
	buf_str(w->out, said);
	return w->out->err == 0 ? 0 : tell_no_memory(d);
}

static int
end_drawing(void *arg, uint64_t job, enum job_end end, struct str said,
    const char *what, struct diag *d)
{
	(void)job;
	switch (end) {
	case JOB_DONE:
		return take_drawing(arg, said, d);
	case JOB_MEMORY:
		return tell_no_memory(d);
	case JOB_CPU:
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("drawing the figure takes more than %d minutes"),
		    MINUTES_MOST);
	case JOB_TIMEOUT:
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("drawing the figure stopped without progress; there may "
		      "be too little memory"));
	default:
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the process that draws the figure ended: %s"), what);
	}
}

static int
tell_drawing(void *arg)
{
	(void)arg;
	progress_tell(N_("drawing the figure"), 0, 0);
	return 0;
}

int
render_process_run(
    render_process_fn *fn, const void *what, struct buf *out, struct diag *d)
{
	struct drawing w = { .fn = fn, .what = what, .out = out };
	struct jobs jobs = {
		.at_once = 1,
		.bounds = { .memory = MEMORY_MOST,
		    .cpu = MINUTES_MOST * INT64_C(60000000000),
		    .wall = WALL_MOST,
		    .idle = IDLE_MOST,
		    .said = SAID_MOST },
		.work = draw_in_child,
		.done = end_drawing,
		.look = tell_drawing,
		.arg = &w,
		.closed = -1,
	};

	return jobs_do(&jobs, d);
}
