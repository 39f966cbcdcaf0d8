/* What --hear and --say ask for, as sound. */
#ifndef CLI_LISTEN_H
#define CLI_LISTEN_H

#include "cli/cli.h"

/* An option asks for sound. */
bool cli_wants_sound(const struct cli *c);
/*
 * The WAV file of the sound of T that C's options choose into OUT, which may
 * have a drain; of T's run made again where T has no packets itself.  Left is
 * received sound, right sent sound, where both are wanted.  Codecs without
 * samples, and the time of the first sample, are named on standard error.  0 or
 * D's error, also where there is no sound.
 */
int cli_listen_write(
    struct cli *c, const struct trace *t, struct buf *out, struct diag *d);

cli_option_fn cli_set_hear, cli_add_say;

/* The options of every command that gives sound. */
#define CLI_SOUND_OPTIONS                                                     \
	{ "hear", 0, "NODE",                                                  \
		N_("sound: what this node hears, after loss and its buffer"), \
		cli_set_hear },                                               \
	{                                                                     \
		"say", 0, "NODE",                                             \
		    N_("sound: what this node says; beside --hear on the "    \
		       "right; may be repeated"),                             \
		    cli_add_say                                               \
	}

#endif
