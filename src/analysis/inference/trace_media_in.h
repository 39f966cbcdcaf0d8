/* What the trace_media*.c files share. */
#ifndef INFERENCE_TRACE_MEDIA_IN_H
#define INFERENCE_TRACE_MEDIA_IN_H

#include "inference/trace_media.h"
#include "msg/sdp.h"

/* An address and port that SDP has named. */
struct media_place {
	uint32_t message;  /* the last one that did */
	uint64_t types[2]; /* the payload types that its call has taken there,
			      bit by bit */
};

struct finding {
	struct correlation *co;
	struct map *named; /* address → in PLACES plus 1 */
	struct media_place *places;
	size_t nplaces, places_cap;
	struct map *hosts; /* those of NAMED → the last such message plus 1 */
	struct map *seen; /* a stream's addresses and kind → in LIST plus 1 */
	uint32_t *offered; /* by call: the last message with SDP, plus 1 */
	uint32_t *before;  /* … the last one of another node than that */
	struct msg_sdp *sdp;
	struct media_stream *list;
	size_t n;
	bool all;
};

/* ---- trace_media_sdp.c ---- */

/* The SDP of message I into F's; false: it has none.  The latter as it came,
 * which an ALG may have rewritten. */
bool media_read_sdp(struct finding *f, uint32_t i);
bool media_read_sdp_come(struct finding *f, uint32_t i);
/* Notes what message I names, if it is the next.  0 or an error. */
int media_note_sdp(struct finding *f, uint32_t i);
/* What SDP has named A so far; NULL: none has. */
const struct media_place *
media_place_at(const struct finding *f, const struct addr *a);
/* The last message with SDP so far, in the call of message M, of another node
 * than M's; plus 1, 0: there is none. */
uint32_t media_other_writer(const struct finding *f, uint32_t m);
/* A's host alone, as a key. */
struct addr_key media_host_key(const struct addr *a);

/* ---- trace_media_amiss.c ---- */

/* Where SDP of message M, of the receiver of TO, wants that, into to->asked. */
void media_ask(struct finding *f, struct media_stream *to, uint32_t m);
/* Finds what the SDP so far says against TO: where it goes, its payload type.
 * Errors are in F's scratch. */
void media_find_amiss(struct finding *f, struct media_stream *to);
/* When all streams are known: which of them go where they should after all, and
 * which do not arrive.  0 or ERR_NOMEM. */
int media_judge(struct finding *f);

#endif
