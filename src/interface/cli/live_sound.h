/* What nodes of a run hear and say, played while it goes on. */
#ifndef CLI_LIVE_SOUND_H
#define CLI_LIVE_SOUND_H

#include "cli/cli.h"
#include "trace/reader.h"

struct live_sound;

/* What C's options want to hear of T, whose records are to come with all
 * packets, by a program of the system's; *S is NULL where they want none.  0 or
 * D's error: no such node, no program that plays. */
int live_sound_open(struct live_sound **s, const struct cli *c,
    const struct trace *t, struct diag *d);
/* Plays what there is up to NOW_NS, the run's clock.  T may be another trace
 * than before: it goes on with that.  0 or D's error, no memory. */
int live_sound_go_on(struct live_sound *s, const struct trace *t,
    int64_t now_ns, struct diag *d);
/* Remarks once that the program has ended. */
void live_sound_tell_end(struct live_sound *s);
void live_sound_close(struct live_sound *s); /* NULL is fine */

#endif
