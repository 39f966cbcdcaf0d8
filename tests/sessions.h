/* For tests of sessions: running a branch to its end, acts in short, and what
 * a trace comes to when it is run again from its header. */
#ifndef SESSIONS_H
#define SESSIONS_H

#include "session/session.h"

#include "labs.h"

#define TWO "labs/two-proxies"

struct session *session_of(const char *file);

/* To its end; what it said is in D. */
void run_out(struct session *s, size_t branch, struct diag *d);
struct session *session_run(const char *file);

/* ACT, to where it is done; the error. */
int act_at_once(struct session *s, size_t from, uint64_t after,
    const struct act *act, size_t *branch, struct diag *d);

/* VERB on ON with KEY=VALUE (or NULL); the error. */
int do_act(struct session *s, size_t from, uint64_t after, const char *on,
    const char *verb, const char *key, const char *value, size_t *branch,
    struct diag *d);

/* The number of the first record in which two traces differ. */
uint64_t difference(const struct trace *a, const struct trace *b);

/* The N-th send from SRC to DST that begins with START. */
uint64_t send_of(const struct trace *t, const char *src, const char *dst,
    const char *start, unsigned n);

/* Run again from its header alone it gives the same bytes. */
bool repeats(const struct trace *t);

#endif
