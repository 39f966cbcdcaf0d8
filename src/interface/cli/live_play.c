/*
 * rung live --play: the screen of a run that goes as the clock does.  The
 * session is the screen's to advance; sockets are the live run's, which is
 * asked what has come whenever the screen has drawn.
 */
#include "cli/live.h"

#include "base/err.h"
#include "cli/export.h"
#include "cli/play_command.h"
#include "cli/play_command_source.h"
#include "cli/recording.h"

#include <errno.h>

/* Of a trace that is looked at while it grows; then the run ends. */
#define RECORDS_MOST 2000000
/* A run that was stopped ends within so many slices. */
#define SLICES_MOST 1000
/* So often the clock is read, by which a machine that slept is known. */
#define LOOK_NS INT64_C(1000000000)

struct live_screen {
	struct cli *c;
	struct live_run *run;
	struct session *s;
	struct engine *e;
	struct live_sound *sound;
	struct outfile out;
};

static int64_t
tell_now(void *live)
{
	const struct live_screen *l = live;
	const struct drive *drive = live_run_drive(l->run);

	return drive != NULL ? drive_now_ns(drive) : 0;
}

static int
attend(struct diag *d, void *live)
{
	struct live_screen *l = live;
	int err = live_run_attend(l->run, 0, d);

	if (err == 0 && live_run_drive(l->run) != NULL)
		err = live_sound_go_on(
		    l->sound, session_trace(l->s, 0), tell_now(l), d);
	return err;
}

static int
tell_idle(int *fd, void *live)
{
	const struct live_screen *l = live;
	int64_t ns = live_run_idle_ns(l->run, fd);
	const int64_t most = l->sound != NULL ? LIVE_SOUND_NS : LOOK_NS;

	ns = ns < most ? ns : most;
	return (int)((ns + 999999) / 1000000);
}

static int
begin_live(struct live_screen *l, const char *file, struct diag *d)
{
	const struct live_options o = cli_live_options(l->c, RECORDS_MOST);
	struct inputs in;
	int err;

	if (cli_wants_sound(l->c))
		cli_ask_for_packets(l->c);
	err = recording_inputs(l->c, file, &in, d);

	if (err != 0) {
		inputs_free(&in);
		return err;
	}
	return live_run_play(&l->run, &l->s, file, &in, &o, d);
}

static int
show_live_screen(struct live_screen *l, int *ended, struct diag *d)
{
	struct play_source src;
	LOCAL_BUF places = BUF_INIT;
	int err = play_source_open(&src, &l->e, l->s, d);

	cli_put_places(l->run, &places);
	src.live = l;
	src.attend = attend;
	src.idle = tell_idle;
	src.now_ns = tell_now;
	src.save = NULL;
	src.notice = buf_view(&places);
	if (err == 0)
		err = places.err;
	if (err == 0)
		err = cli_show_source(l->c, &src, false, ended, d);
	return err;
}

/* The run to its end, which is now, into the file that was asked for. */
static int
write_live_trace(struct live_screen *l, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT;
	bool done = false;
	int err = 0;

	session_stop(l->s, 0);
	for (int i = 0; err == 0 && !done && i < SLICES_MOST; i++)
		err = session_advance(l->s, 0, &done, d);
	if (err == 0)
		err = engine_records(l->e, 0, 0, &text, d);
	if (err == 0 && (outfile_write(text.p, text.n, &l->out) != 0 ||
			    outfile_close(&l->out, true) != 0))
		err = diag_set(d, ERR_IO, l->c->output, 0,
		    _("can't be written: %s"), outfile_why(errno));
	return err;
}

/* What there was, on the terminal that is the user's again. */
static int
print_live_end(const struct live_screen *l, struct diag *d)
{
	struct buf out = BUF_INIT;

	cli_put_live_end(l->run, &out);
	cli_tell_muted(l->c, l->run);
	if (live_run_full(l->run)->err != 0)
		cli_complain(l->c, live_run_full(l->run));
	return cli_say_live(l->c, &out, d);
}

int
cli_play_live(struct cli *c, const char *file, struct diag *d)
{
	struct live_screen l = { .c = c, .out = OUTFILE_INIT };
	int ended = 0, err = 0;

	if (c->output != NULL && outfile_open_packed(&l.out, c->output) != 0)
		err = diag_set(d, ERR_IO, c->output, 0,
		    _("can't be written: %s"), outfile_why(errno));
	if (err == 0)
		err = begin_live(&l, file, d);
	if (err == 0)
		err = live_sound_open(&l.sound, c, session_trace(l.s, 0), d);
	if (err == 0)
		err = cli_await_programs(c, l.run, d);
	if (err == 0)
		err = show_live_screen(&l, &ended, d);
	live_sound_tell_end(l.sound);
	live_sound_close(l.sound);
	if (err == 0 && c->output != NULL)
		err = write_live_trace(&l, d);
	if (err == 0)
		err = print_live_end(&l, d);
	outfile_close(&l.out, false);
	engine_close(l.e);
	live_run_end(l.run);
	session_destroy(l.s);
	if (err != 0)
		return CLI_USAGE;
	return ended == 0 ? CLI_OK : 128 + ended;
}
