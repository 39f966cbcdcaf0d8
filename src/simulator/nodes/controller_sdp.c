/* See nodes/controller_sdp.h. */
#include "nodes/controller_sdp.h"

#include "base/err.h"
#include "base/mem.h"

#include <string.h>

/* ---- lines and sections ---- */

/* The next line of *REST, with its end; empty behind the last. */
static struct str
next_line(struct str *rest)
{
	size_t n = 0;
	struct str line;

	while (n < rest->n && rest->p[n] != '\n')
		n++;
	if (n < rest->n)
		n++;
	line = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->n);
	return line;
}

/* Up to the next m= line: the head, where *REST is the whole text, else a
 * section. */
static struct str
next_part(struct str *rest)
{
	struct str at = *rest, part;

	if (str_starts(at, "m="))
		next_line(&at);
	while (at.n > 0 && !str_starts(at, "m="))
		next_line(&at);
	part = str_slice(*rest, 0, rest->n - at.n);
	*rest = at;
	return part;
}

/* Section I of TEXT; empty where there is none. */
static struct str
find_section(struct str text, int i)
{
	struct str part = STR_NULL;

	if (i < 0)
		return part;
	next_part(&text);
	while (i-- >= 0)
		part = next_part(&text);
	return part;
}

static bool
has_line(struct str part, const char *start)
{
	while (part.n > 0)
		if (str_starts(next_line(&part), start))
			return true;
	return false;
}

/* ---- streams ---- */

void
controller_sdp_free(struct controller_sdp *s)
{
	for (size_t i = 0; i < s->n; i++)
		mem_free(s->streams[i].refused);
	s->n = 0;
}

/* "m=audio 49170 RTP/AVP 0 8" with port 0; NULL when out of memory. */
static char *
refuse_line(struct str section)
{
	struct str line = str_trim(next_line(&section)), rest, formats;
	struct str type = str_cut(line, ' ', &rest);
	struct buf b = BUF_INIT;

	str_cut(rest, ' ', &formats);
	buf_printf(&b, "%.*s 0 %.*s", STR_ARG(type), STR_ARG(formats));
	return buf_take(&b);
}

static bool
is_alike(const char *refused, struct str section)
{
	struct str rest;

	return str_eq(
	    str_cut(str_of(refused), ' ', &rest), str_cut(section, ' ', &rest));
}

static bool
is_known(const struct controller_sdp *s, int side, int at)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->streams[i].at[side] == at)
			return true;
	return false;
}

/* The stream that SIDE has not spoken of yet, and that SECTION may be. */
static struct controller_stream *
find_free(struct controller_sdp *s, int side, struct str section)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->streams[i].at[side] < 0 &&
		    is_alike(s->streams[i].refused, section))
			return &s->streams[i];
	return NULL;
}

static int
place_stream(struct controller_sdp *s, int side, int at, struct str section)
{
	struct controller_stream *stream = find_free(s, side, section);

	if (stream == NULL && s->n == CONTROLLER_STREAMS)
		return ERR_LIMIT;
	if (stream == NULL) {
		char *refused = refuse_line(section);

		if (refused == NULL)
			return ERR_NOMEM;
		stream = &s->streams[s->n++];
		stream->at[!side] = -1;
		stream->refused = refused;
	}
	stream->at[side] = at;
	return 0;
}

int
controller_sdp_hear(struct controller_sdp *s, int side, struct str text)
{
	int err = 0, at = 0;

	next_part(&text);
	for (; err == 0 && text.n > 0; at++) {
		struct str section = next_part(&text);

		if (!is_known(s, side, at))
			err = place_stream(s, side, at, section);
	}
	if (at > s->count[side])
		s->count[side] = at;
	return err;
}

/* ---- texts ---- */

static void
put_address(const struct controller_sdp *s, struct buf *out)
{
	buf_puts(out, s->addr.len == 4 ? "IN IP4 " : "IN IP6 ");
	addr_write_host(&s->addr, out);
	buf_puts(out, "\r\n");
}

/* RFC 3725 4.4: the controller's own o= goes on from description to
 * description. */
static void
put_origin(struct controller_sdp *s, int side, struct buf *out)
{
	buf_printf(out, "o=- 1 %u ", ++s->version[side]);
	put_address(s, out);
}

static void
put_own_head(
    struct controller_sdp *s, int side, struct str connection, struct buf *out)
{
	buf_puts(out, "v=0\r\n");
	put_origin(s, side, out);
	buf_printf(out, "s=-\r\nc=%.*s\r\nt=0 0\r\n", STR_ARG(connection));
}

static struct str
nowhere(const struct controller_sdp *s)
{
	return s->addr.len == 4 ? STR("IN IP4 0.0.0.0") : STR("IN IP6 ::");
}

static void
put_passed_head(
    struct controller_sdp *s, int side, struct str head, struct buf *out)
{
	while (head.n > 0) {
		struct str line = next_line(&head);

		if (str_starts(line, "o=") && s->version[side] > 0)
			put_origin(s, side, out);
		else
			buf_str(out, line);
	}
}

static void
put_refused(const struct controller_sdp *s, const char *line, bool connected,
    struct buf *out)
{
	buf_printf(out, "%s\r\n", line);
	if (!connected)
		buf_printf(out, "c=%.*s\r\n", STR_ARG(nowhere(s)));
}

/* Place AT of SIDE: the other side's section of TEXT. */
static void
put_section(struct controller_sdp *s, int side, int at, struct str text,
    bool connected, struct buf *out)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct controller_stream *stream = &s->streams[i];
		struct str section;

		if (stream->at[side] != at)
			continue;
		section = find_section(text, stream->at[!side]);
		if (section.n > 0)
			buf_str(out, section);
		else
			put_refused(s, stream->refused, connected, out);
	}
}

/* What SIDE has not heard of gets the next places. */
static void
place_new(struct controller_sdp *s, int side)
{
	for (int at = 0; at < s->count[!side]; at++)
		for (size_t i = 0; i < s->n; i++)
			if (s->streams[i].at[!side] == at &&
			    s->streams[i].at[side] < 0)
				s->streams[i].at[side] = s->count[side]++;
}

void
controller_sdp_pass(struct controller_sdp *s, int side, struct str text,
    bool offers, struct buf *out)
{
	struct str rest = text, head = next_part(&rest);
	bool connected = has_line(head, "c=");

	if (offers)
		place_new(s, side);
	put_passed_head(s, side, head, out);
	for (int at = 0; at < s->count[side]; at++)
		put_section(s, side, at, text, connected, out);
}

void
controller_sdp_empty(struct controller_sdp *s, int side, struct buf *out)
{
	put_own_head(s, side, nowhere(s), out);
	for (int at = 0; at < s->count[side]; at++)
		put_section(s, side, at, STR_NULL, true, out);
}

/* The lines of a section that say where media go, and whether. */
static bool
is_of_way(struct str line)
{
	static const char *const starts[] = { "c=", "a=sendrecv", "a=sendonly",
		"a=recvonly", "a=inactive", "a=rtcp:", "a=candidate:" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (str_starts(line, starts[i]))
			return true;
	return false;
}

void
controller_sdp_hole(
    struct controller_sdp *s, int side, struct str offer, struct buf *out)
{
	struct str rest = offer;

	next_part(&rest);
	put_own_head(s, side, nowhere(s), out);
	while (rest.n > 0) {
		struct str line = next_line(&rest);

		if (!is_of_way(line))
			buf_str(out, line);
		/* RFC 3264 6.1: fits whatever direction was offered. */
		if (str_starts(line, "m="))
			buf_puts(out, "a=inactive\r\n");
	}
}
