/* Bodies of several parts; see msg/multipart.h. */
#include "msg/multipart.h"

#include "msg/parts.h"

#define DEPTH_MOST 3

/* The next line with its end; *REST what stands behind it. */
static struct str
next_body_line(struct str s, struct str *rest)
{
	ptrdiff_t end = str_chr(s, '\n');
	size_t n = end >= 0 ? (size_t)end + 1 : s.n;

	*rest = str_slice(s, n, s.n);
	return str_slice(s, 0, n);
}

/* The next header field, which goes on in lines that begin with space. */
static struct str
next_part_field(struct str s, struct str *rest)
{
	struct str line = next_body_line(s, rest);

	while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\t'))
		line.n += next_body_line(*rest, rest).n;
	return line;
}

/* LINE stands between parts: "--BOUNDARY"; *LAST: behind all, with "--" at its
 * end. */
static bool
is_delimiter(struct str line, struct str boundary, bool *last)
{
	if (!str_starts(line, "--") ||
	    !str_eq(str_slice(line, 2, 2 + boundary.n), boundary))
		return false;
	line = str_trim(str_slice(line, 2 + boundary.n, line.n));
	*last = str_is(line, "--");
	return *last || line.n == 0;
}

/* What stands before the next delimiter, with which P->rest begins then. */
static struct str
cut_to_delimiter(struct msg_parts *p)
{
	struct str all = p->rest, line;
	bool last;

	while (p->rest.n > 0) {
		struct str behind;

		line = next_body_line(p->rest, &behind);
		if (is_delimiter(line, p->boundary, &last))
			break;
		p->rest = behind;
	}
	return str_slice(all, 0, all.n - p->rest.n);
}

bool
msg_parts_begin(struct str params, struct str body, struct msg_parts *p)
{
	*p = (struct msg_parts){ .rest = body };
	if (!msg_param(params, "boundary", &p->boundary))
		return false;
	if (p->boundary.n > 1 && p->boundary.p[0] == '"')
		p->boundary = str_slice(p->boundary, 1, p->boundary.n - 1);
	cut_to_delimiter(p); /* 5.1.1: what stands before is not shown */
	return p->boundary.n > 0;
}

/* 5.1: a part without a type is text. */
static void
read_type(struct msg_part *part)
{
	struct str rest = part->head, name, value;
	enum msg_header id;

	part->type = STR("text/plain");
	while (rest.n > 0) {
		name = str_trim(
		    str_cut(next_part_field(rest, &rest), ':', &value));
		id = msg_header_find(name);
		if (id == MSG_H_CONTENT_TYPE)
			part->type =
			    msg_cut_params(str_trim(value), &part->params);
		else if (id == MSG_H_CONTENT_DISPOSITION)
			part->disposition = str_trim(value);
	}
}

/* The line end before a delimiter is the delimiter's (5.1.1). */
static struct str
without_end(struct str s)
{
	if (str_ends(s, "\r\n"))
		return str_slice(s, 0, s.n - 2);
	return str_ends(s, "\n") ? str_slice(s, 0, s.n - 1) : s;
}

bool
msg_parts_next(struct msg_parts *p, struct msg_part *part)
{
	struct str content, line, rest;

	*part =
	    (struct msg_part){ .delimiter = next_body_line(p->rest, &rest) };
	if (p->rest.n == 0)
		return false;
	is_delimiter(part->delimiter, p->boundary, &p->ended);
	p->rest = p->ended ? STR_NULL : rest;
	if (p->ended)
		return false;
	content = cut_to_delimiter(p);
	rest = content;
	do
		line = next_body_line(rest, &rest);
	while (rest.n > 0 && str_trim(line).n > 0);
	part->head = str_slice(content, 0, content.n - rest.n);
	part->body = p->rest.n > 0 ? without_end(rest) : rest;
	read_type(part);
	return true;
}

/* BODY of the type OWN with PARAMS, or the first part of it, becomes that of
 * TYPE; parts of parts are looked into (5.1.3, 5.1.4). */
static bool
find_body(struct str own, unsigned depth, const char *type, struct str *params,
    struct str *body)
{
	struct msg_parts parts;
	struct msg_part part;

	if (str_iis(own, type))
		return depth > 0 || body->n > 0;
	if (depth == DEPTH_MOST || !str_istarts(own, "multipart/") ||
	    !msg_parts_begin(*params, *body, &parts))
		return false;
	while (msg_parts_next(&parts, &part))
		if (find_body(
			part.type, depth + 1, type, &part.params, &part.body)) {
			*params = part.params;
			*body = part.body;
			return true;
		}
	return false;
}

bool
msg_body_of(
    const struct msg *m, const char *type, struct str *params, struct str *body)
{
	struct str own =
	    msg_cut_params(msg_value(m, MSG_H_CONTENT_TYPE), params);

	*body = m->body;
	return find_body(own, 0, type, params, body);
}

bool
msg_parts_lost(const struct msg *m, struct str *boundary)
{
	struct msg_parts parts = { .rest = STR_NULL };
	struct str params,
	    own = msg_cut_params(msg_value(m, MSG_H_CONTENT_TYPE), &params);

	if (!str_istarts(own, "multipart/") || m->body.n == 0)
		return false;
	msg_parts_begin(params, m->body, &parts);
	*boundary = parts.boundary;
	return boundary->n == 0 || parts.rest.n == 0;
}

struct str
msg_sdp_of(const struct msg *m)
{
	struct str params, body;

	return msg_body_of(m, "application/sdp", &params, &body) ? body
								 : STR_NULL;
}

bool
msg_isup_is_ansi(struct str params)
{
	static const char *const names[] = { "base", "version" };
	struct str v = STR_NULL;

	for (size_t i = 0; i < 2; i++)
		if (msg_param(params, names[i], &v) &&
		    (str_istarts(v, "ansi") || str_iis(v, "gr317")))
			return true;
	return false;
}
