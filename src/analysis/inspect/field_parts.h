/* Readers of the parts of fields that relations compare (inspect/relation.h);
 * field_parts.c has a table of them. */
#ifndef INSPECT_FIELD_PARTS_H
#define INSPECT_FIELD_PARTS_H

#include "inspect/relate.h"

/* A message, which part of it is asked for, and room for a text that is put
 * together. */
struct asked {
	struct inspected_message *l;
	const struct placed_message *at;
	const struct msg *m;
	const struct end *e;
	struct buf *room;
};

/* False: it is not there. */
typedef bool part_fn(const struct asked *a, struct str *text);

/* The first value of its field; false: there is none. */
static inline bool
field_parts_first_value(const struct asked *a, struct str *value)
{
	struct msg_values iter = { 0 };

	return msg_may_have(a->m, a->e->header) &&
	       msg_next_value(a->m, a->e->header, &iter, value);
}

static inline bool
field_parts_put_number(const struct asked *a, uint64_t n, struct str *text)
{
	char digits[STR_DIGITS], *end = digits + sizeof(digits);
	char *at = str_decimal(end, n);

	buf_add(a->room, at, (size_t)(end - at));
	*text = buf_view(a->room);
	return true;
}

/* A part of several lines, which are in the room; false: there are none. */
static inline bool
field_parts_take_lines(const struct asked *a, struct str *text)
{
	*text = buf_view(a->room);
	return text->n > 0;
}

/* A value without its parameters; of an address the URI. */
static inline struct str
field_parts_cut_params(struct str value, struct str *params)
{
	struct msg_addr addr;

	if (str_chr(value, '<') < 0 || msg_addr_read(value, &addr) != 0)
		return str_trim(msg_cut_params(value, params));
	*params = addr.params;
	return addr.uri;
}

/* A reader that asks another one. */
#define PART(name, how)                                           \
	bool part_##name(const struct asked *a, struct str *text) \
	{                                                         \
		return how;                                       \
	}

/* One of text that part WHAT of the top Via is; false: it has none. */
#define PART_OF_VIA(name, what)                                              \
	bool part_##name(const struct asked *a, struct str *text)            \
	{                                                                    \
		const struct msg_via *via = relate_via(a->l, a->e->message); \
                                                                             \
		*text = via != NULL ? via->what : STR_NULL;                  \
		return text->n > 0;                                          \
	}

/* ---- field_parts.c, field_parts_via.c, field_parts_sdp.c,
 * field_parts_server.c ---- */

#define X(id) part_fn part_##id;
PARTS(X)
#undef X

#endif
