/*
 * What the files of a capture's reading share.
 */
#ifndef CAPTURE_CAPTURE_IN_H
#define CAPTURE_CAPTURE_IN_H

#include "capture/capture.h"
#include "capture/index.h"
#include "capture/media.h"
#include "capture/remarks.h"
#include "capture/source.h"
#include "base/spool.h"

/* The piece of the source that was last read again: the message that is asked
 * for next is most often in it. */
struct capture_window {
	char *bytes;
	uint64_t at;
	size_t n;
};

struct capture {
	struct source *source;
	struct spool spool;
	struct index index;
	struct media *media;
	struct diag trouble;
	struct remarks remarks;
	size_t memory_most;
	uint64_t cut;
	struct capture_window *window;
};

/* Where a message's bytes do not stand in the source. */
#define CAPTURE_NOWHERE UINT64_MAX

/* Adds message E, whose BYTES stand at E.at in the source, or CAPTURE_NOWHERE.
 * 0, ERR_NOMEM, or ERR_LIMIT or ERR_IO, said in `trouble`: there is no room for
 * more. */
int capture_add(struct capture *c, const struct index_flow *f,
    struct index_entry e, struct str bytes);

/* These read all that the source has.  0, or an error of capture_add. */
int capture_read_packets(struct capture *c);
/* ERR_SYNTAX: this is no log. */
int capture_read_log(struct capture *c);

#endif
