/* Parts of session descriptions, by name (inspect/field_parts.h). */
#include "inspect/field_parts_sdp.h"

/* ---- lines ---- */

static const struct msg_sdp *
sdp_of(const struct asked *a)
{
	return relate_sdp(a->l, a->e->message);
}

/* The first line of TYPE in S, which may be NULL; NULL: there is none. */
static const struct msg_sdp_line *
find_line(const struct msg_sdp *s, char type)
{
	for (size_t i = 0; s != NULL && i < s->nlines; i++)
		if (s->lines[i].type == type)
			return &s->lines[i];
	return NULL;
}

/* "- 2890844526 2890842807 IN IP4 192.0.2.1": word N, from 0. */
static bool
read_origin_word(const struct asked *a, int n, struct str *text)
{
	const struct msg_sdp_line *o = find_line(sdp_of(a), 'o');
	struct str rest = o != NULL ? o->value : STR_NULL;

	for (*text = STR_NULL; n >= 0; n--)
		*text = str_cut(rest, ' ', &rest);
	return text->n > 0;
}

PART(VERSION, read_origin_word(a, 2, text))
PART(SESSION_ID, read_origin_word(a, 1, text))

/* The lines of its description that are of TYPE (0: all but o=), each with END.
 */
static bool
put_lines(const struct asked *a, char type, char end, struct str *text)
{
	const struct msg_sdp *s = sdp_of(a);

	for (size_t i = 0; s != NULL && i < s->nlines; i++) {
		char is = s->lines[i].type;

		if (type != 0 ? is != type : is == 'o')
			continue;
		buf_str(a->room, s->lines[i].line);
		buf_putc(a->room, end);
	}
	return field_parts_take_lines(a, text);
}

PART(SESSION, put_lines(a, 0, '\n', text))
PART(TIMES, put_lines(a, 't', '\n', text))

bool
part_EDITION(const struct asked *a, struct str *text)
{
	const struct msg_sdp_line *o = find_line(sdp_of(a), 'o');

	if (o == NULL)
		return false;
	buf_str(a->room, o->line);
	buf_putc(a->room, '\t');
	return put_lines(a, 0, ' ', text);
}

bool
part_LINE(const struct asked *a, struct str *text)
{
	const struct msg_sdp_line *line = find_line(sdp_of(a), a->e->word[0]);

	*text = line != NULL ? line->line : STR_NULL;
	return line != NULL;
}

/* The types of lines of section MEDIA, each where it comes first. */
static void
put_order(struct buf *b, const struct msg_sdp *s, unsigned media)
{
	uint64_t seen = 0;

	for (size_t i = 0; i < s->nlines; i++) {
		char type = s->lines[i].type;
		uint64_t bit = UINT64_C(1) << (type & 63);

		if (s->lines[i].media != media || type == 0 ||
		    (seen & bit) != 0)
			continue;
		seen |= bit;
		buf_putc(b, type);
	}
	buf_putc(b, '\n');
}

bool
part_ORDER(const struct asked *a, struct str *text)
{
	if (sdp_of(a) == NULL)
		return false;
	put_order(a->room, sdp_of(a), 0);
	*text = buf_view(a->room);
	return true;
}

/* ---- streams ---- */

bool
part_STREAMS(const struct asked *a, struct str *text)
{
	const struct msg_sdp *s = sdp_of(a);

	return s != NULL && field_parts_put_number(a, s->nmedia, text);
}

/* Streams with more formats than that are not held against each other. */
#define FORMATS_MOST 256

/* RFC 9143 6: a stream with port 0 may be used with the port of another. */
static bool
is_used(const struct msg_sdp *s, unsigned m)
{
	struct str value;

	return (s->media[m - 1].port != 0 ||
		   msg_sdp_attribute_find(s, m, "bundle-only", 0, &value)) &&
	       str_count(s->media[m - 1].formats, ' ') < FORMATS_MOST;
}

bool
field_parts_put_streams(
    const struct asked *a, stream_put *put, struct str *text)
{
	const struct msg_sdp *s = sdp_of(a);

	for (unsigned m = 1; s != NULL && m <= s->nmedia; m++)
		if (is_used(s, m))
			put(a->room, a, s, m);
	return field_parts_take_lines(a, text);
}

/* A stream's number; there are at most 32 of them. */
static void
put_number(struct buf *b, unsigned m)
{
	if (m >= 10)
		buf_putc(b, (char)('0' + m / 10));
	buf_putc(b, (char)('0' + m % 10));
	buf_putc(b, ' ');
}

static void
put_word(struct buf *b, struct str word, char end)
{
	buf_str(b, word);
	buf_putc(b, end);
}

void
field_parts_put_line(struct buf *b, unsigned m, struct str word)
{
	put_number(b, m);
	put_word(b, word, '\n');
}

PUT(STREAM_ORDER)
{
	put_order(b, s, m);
}

bool
part_KINDS(const struct asked *a, struct str *text)
{
	const struct msg_sdp *s = sdp_of(a);

	for (size_t i = 0; s != NULL && i < s->nmedia; i++) {
		buf_str(a->room, s->media[i].type);
		buf_putc(a->room, '\n');
	}
	*text = buf_view(a->room);
	return s != NULL;
}

/* RFC 5939 3.6: one that a=acfg has chosen was offered elsewhere. */
PUT(PROTOCOLS)
{
	struct str value;

	if (!msg_sdp_attribute_find(s, m, "acfg", 0, &value))
		buf_printf(b, "%u\t%.*s\n", m, STR_ARG(s->media[m - 1].proto));
}

/* ---- formats ---- */

static void
put_formats(struct buf *b, const struct msg_sdp *s, unsigned m, uint32_t least)
{
	struct str rest = s->media[m - 1].formats, one;
	uint32_t type;

	while (rest.n > 0) {
		one = str_cut(rest, ' ', &rest);
		if (one.n > 0 &&
		    (least == 0 || (str_u32(one, &type) == 0 && type >= least)))
			field_parts_put_line(b, m, one);
	}
}

PUT(FORMATS)
{
	put_formats(b, s, m, 0);
}

/* RFC 3551 3: from here on types have no meaning of their own. */
#define DYNAMIC_LEAST 96

PUT(DYNAMIC)
{
	if (field_parts_is_rtp(&s->media[m - 1]))
		put_formats(b, s, m, DYNAMIC_LEAST);
}

struct codec {
	struct str type, name, clock; /* "111", "opus", "48000/2" */
	uint32_t number;
};

/* From *I on, the next codec that a=rtpmap names of a format of stream M. */
static bool
next_codec(const struct msg_sdp *s, unsigned m, size_t *i, struct codec *c)
{
	struct str value, rest;

	while (msg_sdp_attribute_next(s, m, "rtpmap", i, &value)) {
		c->type = str_cut(value, ' ', &rest);
		c->name = str_cut(str_trim(rest), '/', &c->clock);
		/* One channel need not be told. */
		if (str_ends(c->clock, "/1"))
			c->clock = str_slice(c->clock, 0, c->clock.n - 2);
		if (str_u32(c->type, &c->number) == 0 &&
		    str_has_word(s->media[m - 1].formats, c->type))
			return true;
	}
	return false;
}

static void
put_codec(struct buf *b, const struct codec *c, char end)
{
	put_word(b, c->name, '/');
	put_word(b, c->clock, end);
}

#define EACH_CODEC(c)   \
	struct codec c; \
	for (size_t at = 0; next_codec(s, m, &at, &c);)

PUT(CODECS)
{
	EACH_CODEC(c)
	if (c.number >= DYNAMIC_LEAST) {
		put_number(b, m);
		put_word(b, c.type, '\t');
		put_codec(b, &c, '\n');
	}
}

PUT(TYPES)
{
	EACH_CODEC(c)
	{
		put_number(b, m);
		put_codec(b, &c, '\t');
		put_word(b, c.type, '\n');
	}
}

static const char *
static_codec(const struct msg_sdp *s, unsigned m, uint32_t type)
{
	return field_parts_is_rtp(&s->media[m - 1]) && type < DYNAMIC_LEAST
		   ? msg_sdp_static_codec(type)
		   : NULL;
}

PUT(NAMED)
{
	EACH_CODEC(c)
	if (static_codec(s, m, c.number) != NULL) {
		put_word(b, c.type, '\t');
		put_codec(b, &c, '\n');
	}
}

PUT(STATIC)
{
	const char *codec;

	EACH_CODEC(c)
	{
		codec = static_codec(s, m, c.number);
		if (codec == NULL)
			continue;
		put_word(b, c.type, '\t');
		put_word(b, str_of(codec), '\n');
	}
}

PUT(CLOCKS)
{
	EACH_CODEC(c)
	{
		put_word(b, c.name, '\t');
		put_word(b, c.clock, '\n');
	}
}

static void
put_clock(struct buf *b, unsigned m, struct str clock)
{
	struct str channels;

	field_parts_put_line(b, m, str_cut(clock, '/', &channels));
}

PUT(EVENT_CLOCKS)
{
	EACH_CODEC(c)
	if (str_iis(c.name, "telephone-event"))
		put_clock(b, m, c.clock);
}

PUT(CODEC_CLOCKS)
{
	struct str rest = s->media[m - 1].formats, one, clock;
	uint32_t type;

	while (rest.n > 0) {
		one = str_cut(rest, ' ', &rest);
		if (str_u32(one, &type) != 0 ||
		    static_codec(s, m, type) == NULL)
			continue;
		(void)str_cut(str_of(static_codec(s, m, type)), '/', &clock);
		put_clock(b, m, clock);
	}
	EACH_CODEC(c)
	if (!str_iis(c.name, "telephone-event"))
		put_clock(b, m, c.clock);
}

/* Of a telephone's digits and of comfort noise no conversation is made. */
static bool
is_conversation(struct str codec)
{
	return !str_istarts(codec, "telephone-event/") &&
	       !str_istarts(codec, "CN/");
}

/* The codec of FORMAT, without its channels; empty: no line has it. */
static struct str
name_codec(
    const struct msg_sdp *s, unsigned m, struct str format, struct buf *room)
{
	struct str rest;
	const char *known;
	uint32_t type;

	buf_clear(room);
	EACH_CODEC(c)
	if (str_eq(c.type, format)) {
		put_word(room, c.name, '/');
		buf_str(room, str_cut(c.clock, '/', &rest));
		return buf_view(room);
	}
	known = str_u32(format, &type) == 0 ? static_codec(s, m, type) : NULL;
	return known != NULL ? str_of(known) : STR_NULL;
}

/* "1 <tab>#101" */
static void
put_keyed(struct buf *b, unsigned m, char sign, struct str word)
{
	put_number(b, m);
	buf_putc(b, '\t');
	buf_putc(b, sign);
	if (sign != '\n')
		put_word(b, word, '\n');
}

/* RFC 3264 6.1: a line "1 <tab>CODEC" for each format; "#0" for a payload type
 * that is known by its number alone, "~97" for one that the answer does not
 * name, "-" for a stream in which neither side sends: one that is not sendrecv
 * may have digits alone. */
static void
put_codecs(struct buf *b, const struct msg_sdp *s, unsigned m, bool taken)
{
	struct str rest = s->media[m - 1].formats;
	bool all = !taken || s->media[m - 1].direction != MSG_SDP_SENDRECV;
	bool speaks = taken && all;
	LOCAL_BUF room = BUF_INIT;

	while (rest.n > 0) {
		struct str one = str_cut(rest, ' ', &rest);
		struct str codec = name_codec(s, m, one, &room);
		uint32_t type;
		bool fixed = str_u32(one, &type) == 0 && type < DYNAMIC_LEAST;

		if (one.n == 0)
			continue;
		speaks |= !taken && is_conversation(codec);
		if (!all && !is_conversation(codec))
			continue;
		if (codec.n > 0)
			put_keyed(b, m, ' ', codec);
		if (taken || codec.n == 0 || fixed)
			put_keyed(b, m, '#', one);
		if (!taken || codec.n == 0)
			put_keyed(b, m, '~', one);
	}
	if (!speaks && s->media[m - 1].formats.n > 0)
		put_keyed(b, m, '-', STR_NULL);
}

/* Each stream by PUT; "1<tab>" of a rejected one, and of each that is offered:
 * it may be rejected. */
static bool
put_answered(const struct asked *a, stream_put *put, struct str *text)
{
	const struct msg_sdp *s = sdp_of(a);
	bool offered =
	    a->e->part == PART_OFFERED || a->e->part == PART_ANSWERABLE;

	for (unsigned m = 1; s != NULL && m <= s->nmedia; m++) {
		if (offered || !is_used(s, m))
			put_keyed(a->room, m, '\n', STR_NULL);
		if (offered || is_used(s, m))
			put(a->room, a, s, m);
	}
	return field_parts_take_lines(a, text);
}

PUT_BY(put_answered, TAKEN)
{
	put_codecs(b, s, m, true);
}

PUT_BY(put_answered, OFFERED)
{
	put_codecs(b, s, m, false);
}

PUT_BY(put_answered, DIRECTION)
{
	put_keyed(b, m, ' ',
	    str_of(msg_sdp_direction_name(s->media[m - 1].direction)));
}

/* Nothing answers a stream that was offered with port 0. */
PUT_BY(put_answered, ANSWERABLE)
{
	/* As bits. */
	static const unsigned may[] = {
		[MSG_SDP_SENDRECV] = 15,
		[MSG_SDP_SENDONLY] =
		    1u << MSG_SDP_RECVONLY | 1u << MSG_SDP_INACTIVE,
		[MSG_SDP_RECVONLY] =
		    1u << MSG_SDP_SENDONLY | 1u << MSG_SDP_INACTIVE,
		[MSG_SDP_INACTIVE] = 1u << MSG_SDP_INACTIVE,
	};

	for (int d = MSG_SDP_SENDRECV; is_used(s, m) && d <= MSG_SDP_INACTIVE;
	     d++)
		if ((may[s->media[m - 1].direction] >> d & 1) != 0)
			put_keyed(b, m, ' ',
			    str_of(msg_sdp_direction_name(
				(enum msg_sdp_direction)d)));
}

/* ---- attributes ---- */

bool
field_parts_next_value(const struct msg_sdp *s, unsigned media,
    const char *name, size_t *i, struct str *value)
{
	if (!msg_sdp_attribute_next(s, media, name, i, value))
		return false;
	*value = str_trim(*value);
	return true;
}

bool
field_parts_find_value(
    const struct msg_sdp *s, unsigned m, const char *name, struct str *value)
{
	size_t i = 0, k = 0;

	return field_parts_next_value(s, m, name, &i, value) ||
	       field_parts_next_value(s, 0, name, &k, value);
}

PUT(ATTRIBUTE)
{
	struct str value;
	size_t i = 0, from = b->n;

	while (field_parts_next_value(s, m, a->e->word, &i, &value))
		field_parts_put_line(b, m, value);
	if (b->n == from && field_parts_find_value(s, m, a->e->word, &value))
		field_parts_put_line(b, m, value);
}

PUT(LABELS)
{
	struct str value, rest;
	size_t i = 0;

	while (field_parts_next_value(s, m, a->e->word, &i, &value))
		field_parts_put_line(b, m, str_cut(value, ' ', &rest));
}

PUT(EACH)
{
	struct str value;
	size_t i = 0;

	while (field_parts_next_value(s, m, a->e->word, &i, &value))
		buf_printf(b, "%u\n", m);
}

bool
part_SAYS(const struct asked *a, struct str *text)
{
	const struct msg_sdp *s = sdp_of(a);
	struct str value;

	for (unsigned m = 0; s != NULL && m <= s->nmedia; m++)
		for (size_t i = 0;
		     field_parts_next_value(s, m, a->e->word, &i, &value);)
			put_word(a->room, value, '\n');
	return field_parts_take_lines(a, text);
}

bool
part_SHORTEST(const struct asked *a, struct str *text)
{
	struct str rest;
	size_t least = SIZE_MAX;

	if (!part_SAYS(a, &rest))
		return false;
	while (rest.n > 0) {
		size_t n = str_cut(rest, '\n', &rest).n;

		least = n < least ? n : least;
	}
	buf_clear(a->room);
	return field_parts_put_number(a, least, text);
}

bool
part_GROUPED(const struct asked *a, struct str *text)
{
	const struct msg_sdp *s = sdp_of(a);
	struct str value;

	for (size_t i = 0;
	     s != NULL && field_parts_next_value(s, 0, "group", &i, &value);)
		while (value.n > 0)
			put_word(a->room, str_cut(value, ' ', &value), '\n');
	return field_parts_take_lines(a, text);
}

/* What NAME says in a=fmtp of TYPE; "0" where nothing is said. */
static struct str
find_mode(
    const struct msg_sdp *s, unsigned m, struct str type, const char *name)
{
	struct str value, one, said;

	for (size_t i = 0; field_parts_next_value(s, m, "fmtp", &i, &value);) {
		if (!str_eq(str_cut(value, ' ', &value), type))
			continue;
		while (value.n > 0) {
			one = str_trim(str_cut(value, ';', &value));
			if (str_iis(str_trim(str_cut(one, '=', &said)), name))
				return str_trim(said);
		}
	}
	return STR("0");
}

/* RFC 6184 8.2.2, RFC 4867 8.3.1: parameters that make another format. */
PUT(MODES)
{
	static const struct {
		const char *codec, *name;
	} modes[] = { { "H264", "packetization-mode" },
		{ "AMR", "octet-align" }, { "AMR-WB", "octet-align" } };

	EACH_CODEC(c)
	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		if (!str_iis(c.name, modes[i].codec))
			continue;
		put_number(b, m);
		put_word(b, c.type, '\t');
		put_word(b, str_of(modes[i].name), '=');
		put_word(b, find_mode(s, m, c.type, modes[i].name), '\n');
	}
}

PUT(DIRECTIONS)
{
	for (int d = MSG_SDP_SENDRECV; d <= MSG_SDP_INACTIVE; d++) {
		struct str value;
		size_t i = 0;

		while (field_parts_next_value(s, m,
		    msg_sdp_direction_name((enum msg_sdp_direction)d), &i,
		    &value))
			buf_printf(b, "%u\n", m);
	}
}
