/* rung play, and what other commands share that show something on the screen.
 */
#ifndef CLI_PLAY_COMMAND_H
#define CLI_PLAY_COMMAND_H

#include "cli/cli.h"
#include "session/session.h"
#include "views/tui/tui.h"

/* WORD is the number, name or file of a session that was kept. */
bool cli_is_session(const char *word);
/* Goes on with the session ARGV[0], or the newest, or lists them; the exit
 * status. */
int cli_resume(struct cli *c, int argc, char **argv, struct diag *d);
/* Shows FILE until the user leaves; asks for a student's number once.  The exit
 * status. */
int cli_play_file(struct cli *c, const char *file, struct diag *d);
/* The same, gone on with. */
int cli_play_on(struct cli *c, struct session *s, struct diag *d);

/* Shows SRC until the user leaves; *ENDED is the signal that ended it, or 0.
 * TOUR: the first that a user sees welcomes.  0 or D's error. */
int cli_show_source(struct cli *c, struct play_source *src, bool tour,
    int *ended, struct diag *d);

/* A terminal that can be a screen?  Sets c->ascii where it should be.  0 or D's
 * error. */
int cli_look_at_terminal(struct cli *c, struct diag *d);
/* The menu of labs, until the user leaves; the exit status. */
int cli_menu(struct cli *c, struct diag *d);

/* cli/play_command_resume.c: when a session was kept, "2026-03-01 14:05"; where
 * it was left, "at #88, 2 branches". */
void cli_put_when(struct buf *out, const struct session_entry *e);
void cli_put_position(struct buf *out, const struct session_entry *e);

#endif
