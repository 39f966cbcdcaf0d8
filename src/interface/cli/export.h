/* The exports of rung export other than figures of the ladder. */
#ifndef CLI_EXPORT_H
#define CLI_EXPORT_H

#include "cli/cli.h"
#include "cli/message_options.h"

struct cli_exporter {
	const char *name; /* the format, and the ending of its files */
	/* A lab that is run for it is run with this detail, unless an option
	 * asks for another. */
	bool has_detail;
	enum trace_detail detail;
	/* Writes T to C's output; 0 or D's error. */
	int (*fn)(struct cli *c, const struct trace *t, struct diag *d);
};

/* Formats of any trace that are not the ladder's: html, pcapng; NULL at the
 * end. */
extern const char *const cli_other_formats[];

/* FORMAT is one of `rung export`, without an option --what or --machine. */
bool cli_is_export(struct str format);
/* The option that names one. */
int cli_set_export(struct cli *c, const char *value, struct diag *d);
/* Those formats, with commas between. */
void cli_list_exports(struct buf *out);

/* Writes T, or the N of CALLS alone, into FILE in one of those formats; 0 or
 * D's error. */
int cli_write_other(const char *format, const struct trace *t,
    const char *const *calls, size_t n, const char *file, struct diag *d);

/* The ladder of T that C's options ask for; what they choose of it is kept in
 * OPTIONS, to be freed with the layout.  0 or D's error. */
int cli_lay_out(struct layout **l, struct cli_message_options *options,
    const struct cli *c, const struct trace *t, struct layout_options *o,
    struct diag *d);

/* ---- what --hear and --say ask for, as sound ---- */

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
	{ "hear", 0, "NODE", N_("writes the sound that this node hears"),     \
		cli_set_hear },                                               \
	{                                                                     \
		"say", 0, "NODE",                                             \
		    N_("writes what this node says, on the right of --hear"), \
		    cli_add_say                                               \
	}

#endif
