/* What is said of a run with real programs in it, and its screen. */
#ifndef CLI_LIVE_H
#define CLI_LIVE_H

#include "cli/cli.h"
#include "live/live_run.h"

/* Where each node can be reached, and where programs must listen: lines. */
void cli_put_places(const struct live_run *l, struct buf *out);
/* How much came and left, how far it was behind the clock: lines. */
void cli_put_live_end(const struct live_run *l, struct buf *out);

/* Writes OUT, which is freed, to standard output, in ASCII where the terminal
 * has no more, or nothing where it is to be quiet.  0 or D's error. */
int cli_say_live(struct cli *c, struct buf *out, struct diag *d);

/* Shows FILE's run on the screen while it goes on, until the user leaves; the
 * exit status. */
int cli_play_live(struct cli *c, const char *file, struct diag *d);

#endif
