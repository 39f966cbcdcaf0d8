/* Shared by readers of session descriptions (inspect/field_parts.h). */
#ifndef INSPECT_FIELD_PARTS_SDP_H
#define INSPECT_FIELD_PARTS_SDP_H

#include "inspect/field_parts.h"
#include "msg/sdp.h"

/* What PUT writes of each stream that is used; no line, there is nothing. */
typedef void stream_put(
    struct buf *b, const struct asked *a, const struct msg_sdp *s, unsigned m);

bool field_parts_put_streams(
    const struct asked *a, stream_put *put, struct str *text);
/* "1 WORD" */
void field_parts_put_line(struct buf *b, unsigned m, struct str word);
/* From *I on, the next value of a=NAME of section MEDIA. */
bool field_parts_next_value(const struct msg_sdp *s, unsigned media,
    const char *name, size_t *i, struct str *value);
/* That of stream M, or else of the session. */
bool field_parts_find_value(
    const struct msg_sdp *s, unsigned m, const char *name, struct str *value);

static inline bool
field_parts_is_rtp(const struct msg_sdp_media *m)
{
	return str_find(m->proto, "RTP/") >= 0;
}

#define PUT_BY(each, name)                                        \
	static void put_##name(struct buf *b,                     \
	    __attribute__((unused)) const struct asked *a,        \
	    const struct msg_sdp *s, unsigned m);                 \
	bool part_##name(const struct asked *a, struct str *text) \
	{                                                         \
		return each(a, put_##name, text);                 \
	}                                                         \
	static void put_##name(struct buf *b,                     \
	    __attribute__((unused)) const struct asked *a,        \
	    const struct msg_sdp *s, unsigned m)
#define PUT(name) PUT_BY(field_parts_put_streams, name)

#endif
