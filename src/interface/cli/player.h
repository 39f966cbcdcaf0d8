/* What nodes hear and say, played by a program of the system's: of a trace as a
 * whole, and while it grows. */
#ifndef CLI_PLAYER_H
#define CLI_PLAYER_H

#include "cli/cli.h"
#include "trace/reader.h"

/* So often what has come since is given to the program. */
#define LIVE_SOUND_NS INT64_C(20000000)

/* A run that is heard has all packets in its trace. */
void cli_ask_for_packets(struct cli *c);
/* Plays what C's options want to hear of FILE, in place of its ladder; the exit
 * status. */
int cli_play_sound(struct cli *c, const char *file, struct diag *d);

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
