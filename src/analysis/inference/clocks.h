/*
 * Clocks that do not agree: a capture put together from several capture points
 * shows messages that arrive before they were sent.  How far the clock of one
 * point was ahead of another's follows from what must have been before what:
 *
 *   the same message at two points (first where it comes from),
 *   a message before the one that forwards it (RFC 3261 16.6, 16.7),
 *   a request before its response.
 *
 * Each says that the offset is at most, or at least, the difference of two
 * times; the least one-way differences bound it most closely (V. Paxson, On
 * calibrating measurements of packet transit times, SIGMETRICS 1998; D. L.
 * Mills, RFC 5905 section 10).  With bounds from both directions it is taken to
 * be in the middle, as if both ways took equally long (RFC 5905 section 8).
 * With one alone the times are moved no further than the order of events needs.
 * Where the order holds as it is, clocks are left alone; and drift is not seen.
 */
#ifndef INFERENCE_CLOCKS_H
#define INFERENCE_CLOCKS_H

#include "packets/address_names.h"
#include "packets/reader.h"

/* Capture points that are looked at, at most. */
#define CLOCKS_PLACES 32
/* An order that is violated by less is not put down to clocks. */
#define CLOCKS_LEAST_NS INT64_C(1000000)

/* X(ID, word in the file): how an offset is known. */
#define CLOCKS_BY(X)              \
	X(NOT, "")                \
	X(BOTH_WAYS, "both-ways") \
	X(ONE_WAY, "one-way")     \
	X(GIVEN, "given")

enum clock_by {
#define X(id, word) CLOCK_##id,
	CLOCKS_BY(X)
#undef X
};

const char *clock_by_word(enum clock_by by);

struct clock {
	int64_t ahead; /* ns that were taken off its times */
	enum clock_by by;
};

/* A clock offset given by the user: NODE is the number of a capture point, from
 * 1, or a host: the only point all of whose messages go to or from that
 * host. */
struct clock_given {
	const char *node;
	int64_t ahead;
};

struct clocks_options {
	bool off; /* clocks are taken as they are */
	const struct clock_given *given;
	size_t ngiven;
	const struct address_names *names; /* of hosts; may be NULL */
};

struct clocks;

/* Reads "NODE=SECONDS" (+0.25, -3, also "250ms") into *G, which borrows NODE,
 * a copy of it in BUF of N bytes.  0 or D's error. */
int clock_given_read(struct clock_given *g, const char *text, char *buf,
    size_t n, struct diag *d);

/*
 * Looks through SRC (borrowed) once, where it has more than one capture point,
 * and finds the offsets.  Takes memory in proportion to the first 200,000
 * messages.  0, or D's error: ERR_NOMEM, ERR_NOTFOUND (no point at a NODE).
 */
int clocks_create(struct clocks **c, const struct capture_reader *src,
    const struct clocks_options *o, struct diag *d);
void clocks_destroy(struct clocks *c); /* may be NULL */

/* The same messages and streams with corrected times, in their order; SRC's own
 * where nothing is to be corrected.  Valid as long as C. */
struct capture_reader clocks_reader(struct clocks *c);
/* The clock of capture point PLACE, from 0; `ahead` is 0 where it was not
 * corrected. */
struct clock clocks_of(const struct clocks *c, uint32_t place);
/* How many capture points clocks_of knows. */
size_t clocks_count(const struct clocks *c);

#endif
