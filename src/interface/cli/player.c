/* Sound, played by a program of the system's; see cli/player.h. */
#include "cli/player.h"

#include "base/err.h"
#include "base/mem.h"
#include "cli/option_checks.h"
#include "cli/export.h"
#include "jobs/program.h"
#include "listen/listen.h"
#include "live/program_input.h"

/* A WAV file is read by its place, since it has no name. */
#define INPUT "/dev/stdin"

/* Programs that play: a file, and samples as they come, in pairs of 16 bits,
 * 8,000 a second (NULL: not these).  The first that is there does. */
static const struct {
	const char *file[7], *stream[12];
} players[] = {
	{ { "aplay", "-q", INPUT, NULL },
	    { "aplay", "-q", "-t", "raw", "-f", "S16_LE", "-r", "8000", "-c",
		"2", NULL } },
	{ { "paplay", INPUT, NULL },
	    { "pacat", "--playback", "--raw", "--format=s16le", "--rate=8000",
		"--channels=2", "--latency-msec=100", NULL } },
	{ { "ffplay", "-nodisp", "-autoexit", "-loglevel", "error", INPUT,
	      NULL },
	    { NULL } },
};

static const char *const *
find_player(bool streams)
{
	for (size_t i = 0; i < COUNT_OF(players); i++) {
		const char *const *argv =
		    streams ? players[i].stream : players[i].file;

		if (argv[0] != NULL && program_is_there(argv[0]))
			return argv;
	}
	return NULL;
}

/* ---- of a whole trace ---- */

/* As long as one channel of 16,000 bytes a second, and a minute. */
#define WALL_NS(bytes) ((int64_t)((bytes) / 16000 + 60) * INT64_C(1000000000))

static int
play_wav(const char *const *player, struct str wav, struct diag *d)
{
	struct program p = { .argv = player,
		.in = wav,
		.bounds = { .wall = WALL_NS(wav.n), .said = 1 << 16 },
		.activity = _("playing") };
	LOCAL_BUF out = BUF_INIT, complaints = BUF_INIT;

	return program_run(&p, &out, &complaints, d);
}

static int
play_trace(struct cli *c, const struct trace *t, struct diag *d)
{
	const char *const *player = find_player(false);
	LOCAL_BUF wav = BUF_INIT;
	int err;

	if (player == NULL)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("to play sound, install aplay (package alsa-utils), "
		      "paplay (pulseaudio-utils) or ffplay (ffmpeg); rung "
		      "export -f wav writes a file"));
	err = cli_listen_write(c, t, &wav, d);
	if (err == 0)
		err = play_wav(player, buf_view(&wav), d);
	return err;
}

void
cli_ask_for_packets(struct cli *c)
{
	if (!c->has_detail)
		c->detail = TRACE_NETWORK;
	c->has_detail = true;
}

int
cli_play_sound(struct cli *c, const char *file, struct diag *d)
{
	LOCAL_TRACE struct trace *t = NULL;
	int err;

	cli_ask_for_packets(c);
	c->file = file;
	err = cli_check_run(c, file, d);
	if (err == 0)
		err = cli_load(c, file, &t, d);
	if (err == 0)
		err = play_trace(c, t, d);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

/* ---- of a trace that grows ---- */

struct live_sound {
	const struct cli *c;
	struct listen_who who;
	struct listening *ears;
	const struct trace *t; /* that EARS take */
	struct program_input program;
	bool over, told;
};

static int
begin_playing(struct live_sound *s, const struct trace *t, struct diag *d)
{
	const char *const *player = find_player(true);
	int err;

	if (listen_check(t, &s->who, d) != 0)
		return d->err;
	if (player == NULL)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("to play sound during the run, install aplay (package "
		      "alsa-utils) or pacat (pulseaudio-utils)"));
	err = program_input_begin(&s->program, player);
	if (err != 0)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("%s can't be started: %s"), player[0], err_system(err));
	return 0;
}

int
live_sound_open(struct live_sound **sp, const struct cli *c,
    const struct trace *t, struct diag *d)
{
	struct live_sound *s;

	*sp = NULL;
	if (!cli_wants_sound(c))
		return 0;
	s = mem_zalloc(1, sizeof(*s));
	*sp = s;
	if (s == NULL)
		return diag_fail(d, ERR_NOMEM);
	s->c = c;
	s->who = (struct listen_who){ str_of(c->hear), c->says, c->nsays };
	s->program = PROGRAM_INPUT_INIT;
	return begin_playing(s, t, d);
}

/* Anew where an act has put another trace in the place of the one before. */
static int
turn_ears(struct live_sound *s, const struct trace *t, int64_t now_ns)
{
	if (s->t == t)
		return 0;
	if (s->t == NULL)
		now_ns = 0;
	listening_close(s->ears);
	s->ears = NULL;
	s->t = t;
	return listening_open(&s->ears, &s->who, now_ns);
}

int
live_sound_go_on(
    struct live_sound *s, const struct trace *t, int64_t now_ns, struct diag *d)
{
	LOCAL_BUF samples = BUF_INIT;
	int err;

	if (s == NULL || s->over)
		return 0;
	err = turn_ears(s, t, now_ns);
	if (err == 0)
		err = listening_go_on(s->ears, t, now_ns, &samples);
	if (err == 0)
		s->over = !program_input_put(&s->program, buf_view(&samples));
	return diag_fail(d, err);
}

void
live_sound_tell_end(struct live_sound *s)
{
	if (s == NULL || !s->over || s->told)
		return;
	cli_remark(s->c, "%s",
	    _("the program that plays the sound has ended, perhaps because "
	      "there is no sound card; no more sound is played"));
	s->told = true;
}

void
live_sound_close(struct live_sound *s)
{
	if (s == NULL)
		return;
	listening_close(s->ears);
	program_input_end(&s->program);
	mem_free(s);
}
