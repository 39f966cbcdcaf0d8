/*
 * Sound of a trace as a WAV file: of its packets of RTP, else of those of its
 * run made again (runs/rerun.h).
 */
#ifndef LISTEN_LISTEN_WAV_H
#define LISTEN_LISTEN_WAV_H

#include "listen/listen.h"

struct listen_wish {
	struct listen_who who;
	const char *file; /* as in network_rerun */
	int64_t from_ns;  /* below 0: from the first sample */
	int64_t to_ns;    /* INT64_MAX: to the last one */
};

/* What that is, in words: "left: what bob hears; right: what bob says". */
void listen_put_words(const struct listen_wish *w, struct buf *out);

/* Gets sentences, a line each. */
typedef void listen_remark_fn(struct str lines, void *arg);

/*
 * The WAV file of the sound of T chosen by W into OUT, which may have a drain.
 * Left is received sound, right sent sound, where both are wanted.  Codecs
 * without samples, and the time of the first sample, go to REMARK before.  0 or
 * D's error, also where there is no sound.
 */
int listen_wav(const struct listen_wish *w, const struct trace *t,
    listen_remark_fn *remark, void *arg, struct buf *out, struct diag *d);

#endif
