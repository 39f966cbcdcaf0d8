/* A run with real programs in it: its messages, and its screen. */
#ifndef CLI_LIVE_H
#define CLI_LIVE_H

#include "cli/cli.h"
#include "cli/player.h"
#include "live/live_run.h"

/* Where each node can be reached, and where programs must listen: lines. */
void cli_put_places(const struct live_run *l, struct buf *out);
/* How much came and left, how far it was behind the clock: lines. */
void cli_put_live_end(const struct live_run *l, struct buf *out);

/* Writes OUT, which is freed, to standard output, in ASCII where the terminal
 * has no more, or nothing where it is to be quiet.  0 or D's error. */
int cli_say_live(struct cli *c, struct buf *out, struct diag *d);

/* What C's options say of a live run, whose trace has MAX_RECORDS at most; with
 * no trace, sink and clock yet. */
struct live_options cli_live_options(const struct cli *c, uint64_t max_records);
/* Waits until the programs that --wait names listen, and says so; L's time does
 * not go on meanwhile.  0 or D's error. */
int cli_await_programs(struct cli *c, struct live_run *l, struct diag *d);
/* Says once that L keeps no more of what people say. */
void cli_tell_muted(const struct cli *c, struct live_run *l);
/* Options of commands that go live. */
cli_option_fn cli_set_live_faces, cli_set_live_pages;

/* Before the run: 0, or D's error where a trace would come into the place of
 * what this command has read. */
int cli_check_rotation(const char *output, unsigned keep, struct diag *d);
/* A trace that is full makes way: OUTPUT, live.jsonl, becomes live.1.jsonl,
 * that live.2.jsonl and so on up to KEEP, and the one behind goes.  0 or D's
 * error: one can't be moved. */
int cli_rotate_trace(const char *output, unsigned keep, struct diag *d);

/* Shows FILE's run on the screen while it goes on, until the user leaves; the
 * exit status. */
int cli_play_live(struct cli *c, const char *file, struct diag *d);

#endif
