/* Shared by the files of the descriptions of a pair. */
#ifndef PAIR_PAIR_SDP_IN_H
#define PAIR_PAIR_SDP_IN_H

#include "pair/pair_sdp.h"

/* The next line of *REST, with its end; empty behind the last. */
struct str pair_sdp_line(struct str *rest);
/* Up to the next m= line: the head, where *REST is the whole text, else a
 * section. */
struct str pair_sdp_part(struct str *rest);

/* Section I of TEXT; empty where there is none. */
struct str pair_sdp_section(struct str text, int i);

/* TEXT, an offer, into OUT, with what CODECS (names with spaces between) allow
 * of it.  0, ERR_NOMEM, ERR_LIMIT: that is nothing, though it has streams. */
int pair_sdp_put_allowed(const char *codecs, struct str text, struct buf *out);

/* Of "m=audio 49170 RTP/AVP 0 8" the formats; *HEAD is the part before. */
struct str pair_sdp_formats(struct str line, struct str *head);
/* FORMATS has NUMBER; SECTION has that format. */
bool pair_codec_has(struct str formats, unsigned number);
bool pair_sdp_has_format(struct str section, unsigned number);
/* TEXT, said to SIDE, into OUT with PCMU and PCMA as WAY has it. */
void pair_sdp_put_twins(const struct pair_sdp *s, int side, struct str text,
    const struct pair_sdp_way *way, struct buf *out);

#endif
