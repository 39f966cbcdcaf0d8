/* rung play --hear NODE: sound by a program of the system's. */
#include "base/err.h"
#include "jobs/program.h"
#include "cli/listen.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* They read a file without a name, by its place. */
#define INPUT "/dev/stdin"

/* The first of them that is there plays. */
static const char *const players[][7] = {
	{ "aplay", "-q", INPUT, NULL },
	{ "paplay", INPUT, NULL },
	{ "ffplay", "-nodisp", "-autoexit", "-loglevel", "error", INPUT, NULL },
};

/* As long as one channel of 16,000 bytes a second, and a minute. */
#define WALL_NS(bytes) ((int64_t)((bytes) / 16000 + 60) * INT64_C(1000000000))

#define NPLAYERS (sizeof(players) / sizeof(players[0]))

static const char *const *
find_player(void)
{
	for (size_t i = 0; i < NPLAYERS; i++)
		if (program_is_there(players[i][0]))
			return players[i];
	return NULL;
}

static int
play_wav(const char *const *player, struct str wav, struct diag *d)
{
	struct program p = { .argv = player,
		.in = wav,
		.bounds = { .wall = WALL_NS(wav.n), .said = 1 << 16 },
		.activity = _("playing") };
	struct buf out = BUF_INIT, complaints = BUF_INIT;
	int err = program_run(&p, &out, &complaints, d);

	buf_free(&out);
	buf_free(&complaints);
	return err;
}

int
cli_listen_play(struct cli *c, const struct trace *t, struct diag *d)
{
	const char *const *player = find_player();
	struct buf wav = BUF_INIT;
	int err;

	if (player == NULL)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("to play sound this needs aplay (package alsa-utils), "
		      "paplay (pulseaudio-utils) or ffplay (ffmpeg); rung "
		      "export -f wav writes a file"));
	err = cli_listen_write(c, t, &wav, d);
	if (err == 0)
		err = play_wav(player, buf_view(&wav), d);
	buf_free(&wav);
	return err;
}
