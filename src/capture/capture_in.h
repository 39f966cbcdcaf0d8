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

/* What was last read again: most often the next message stands behind. */
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

/* A message was found: BYTES, which stand AT in the source. 0, ERR_NOMEM, or
 * ERR_LIMIT or ERR_IO, said in `trouble`: there is no room for more. */
int capture_add(struct capture *c, const struct index_flow *f,
    struct index_entry e, struct str bytes);

/* Read what the source has. 0, ERR_NOMEM, and as above. */
int capture_read_packets(struct capture *c);
/* ERR_SYNTAX: this is no log. */
int capture_read_log(struct capture *c);

#endif
