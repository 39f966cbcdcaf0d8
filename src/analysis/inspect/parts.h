/* Readers of parts (inspect/relation.h), which fields.c has in a table. */
#ifndef INSPECT_PARTS_H
#define INSPECT_PARTS_H

#include "inspect/relate.h"

/* A message, which part of it is asked for, and room for a text that is put
 * together. */
struct asked {
	struct look *l;
	const struct placed *at;
	const struct msg *m;
	const struct end *e;
	struct buf *room;
};

/* False: it is not there. */
typedef bool part_fn(const struct asked *a, struct str *text);

static inline bool
fields_put_number(const struct asked *a, uint64_t n, struct str *text)
{
	char digits[STR_DIGITS], *end = digits + sizeof(digits);
	char *at = str_decimal(end, n);

	buf_add(a->room, at, (size_t)(end - at));
	*text = buf_view(a->room);
	return true;
}

/* A part of several lines, which are in the room; false: there are none. */
static inline bool
fields_take_lines(const struct asked *a, struct str *text)
{
	*text = buf_view(a->room);
	return text->n > 0;
}

/* A value without its parameters; of an address the URI. */
static inline struct str
fields_cut_params(struct str value, struct str *params)
{
	struct msg_addr addr;

	if (str_chr(value, '<') < 0 || msg_addr_read(value, &addr) != 0)
		return str_trim(msg_cut_params(value, params));
	*params = addr.params;
	return addr.uri;
}

/* ---- fields_via.c ---- */

part_fn part_VIAS, part_VIAS_BELOW, part_BRANCH, part_SENT_BY,
    part_VIA_TRANSPORT, part_VIA_PARTS, part_RPORT, part_RECEIVED,
    part_SOURCE_PORT, part_ASKED_AT, part_CAME_FROM, part_RECEIVER,
    part_RETURNS, part_TRANSPORT, part_ENCRYPTED;

/* ---- fields_sdp.c ---- */

#define X(id) part_fn part_##id;
PARTS_SESSION(X)
#undef X

/* ---- fields_server.c ---- */

part_fn part_DIGEST_RAW, part_DIGEST, part_DIGEST_SIZE, part_DIGEST_NAMES,
    part_DIGEST_QUOTED, part_DIGEST_PLAIN, part_NONCES, part_CHALLENGE_TWICE,
    part_ALGORITHMS, part_LOST, part_BODY_TYPES, part_DEFAULT_TYPE,
    part_BODY_NAME, part_BODY_VERSION;

#endif
