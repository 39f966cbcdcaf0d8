/*
 * Where in a message a fault lies: which limit is exceeded and by what, which
 * line it is.
 */
#include "msg/chars.h"
#include "msg/message.h"

#include "base/rows.h"

static const struct {
	const char *name;
	size_t most;
	const char *text;
} limits[MSG_LIMIT_COUNT] = { MSG_LIMITS(ROW_VALUES) };

const char *
msg_limit_name(enum msg_limit limit)
{
	return limits[limit].name;
}

enum msg_limit
msg_limit_find(struct str name)
{
	return (enum msg_limit)ROWS_FIND(name, limits);
}

size_t
msg_limit_most(enum msg_limit limit)
{
	return limits[limit].most;
}

void
msg_put_limit(enum msg_limit limit, size_t size, size_t most, struct buf *out)
{
	switch (limit) {
#define X(id, name, max, text)                        \
	case MSG_LIMIT_##id:                          \
		buf_printf(out, _(text), size, most); \
		break;
		MSG_LIMITS(X)
#undef X
	case MSG_LIMIT_COUNT:
		break;
	}
}

size_t
msg_most_params(struct str value)
{
	size_t count = 0, most = 0, end;
	bool in_uri = false, open = false;

	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		if (c == ';' || (c == '&' && in_uri)) {
			count++;
			most = count > most ? count : most;
		} else if (c == '<' || c == '>') {
			in_uri = c == '<';
			count = 0;
		} else if (c == ',' && !in_uri) {
			count = 0;
		} else if (c == '"' && !open) {
			end = chars_skip_quoted(value, i);
			open = end == 0;
			if (!open)
				i = end - 1;
		}
	}
	return most;
}

bool
msg_has_many_params(const struct msg *m, struct str value)
{
	size_t most = MSG_MAX_PARAMS + (m->request ? 0 : MSG_ANSWER_PARAMS);

	/* Most have too few of these for any list to be that long. */
	return value.n > most &&
	       str_count(value, ';') + str_count(value, '&') > most &&
	       msg_most_params(value) > most;
}

static bool
is_long_list(enum msg_header id)
{
	return id == MSG_H_VIA || id == MSG_H_ROUTE ||
	       id == MSG_H_RECORD_ROUTE || id == MSG_H_CONTACT;
}

const struct msg_field *
msg_long_list(const struct msg *m)
{
	static const enum msg_header lists[] = {
		MSG_H_VIA,
		MSG_H_ROUTE,
		MSG_H_RECORD_ROUTE,
		MSG_H_CONTACT,
	};
	size_t bytes = 0;

	for (size_t i = 0; i < m->nfields; i++)
		if (is_long_list(m->fields[i].id))
			bytes += m->fields[i].value.n;
	/* Each value has a field of its own, or a byte and a comma. */
	if (m->nfields + bytes / 2 <= MSG_MAX_VALUES)
		return NULL;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (msg_count_values(m, lists[i]) > MSG_MAX_VALUES)
			return msg_field(m, lists[i], 0);
	return NULL;
}

/* What it has, or of a stream is to have (18.3). */
static size_t
count_bytes(const struct msg *m)
{
	struct str length = msg_value(m, MSG_H_CONTENT_LENGTH);
	size_t body = 0, all;

	for (size_t i = 0; i < length.n && chr_is_digit(length.p[i]); i++)
		if (body <= UINT32_MAX)
			body = body * 10 + (size_t)(length.p[i] - '0');
	all = msg_head(m).n + body;
	return all > m->bytes.n ? all : m->bytes.n;
}

static size_t
count_fields(const struct msg *m)
{
	struct msg_field f;
	size_t at = 0, n = 0;

	if (m->nfields < MSG_MAX_HEADERS)
		return m->nfields;
	while (msg_next_field(m, &at, &f))
		n++;
	return n;
}

/* The list of parameters in VALUE, which stands AT, is too long. */
static bool
exceeds_params(
    const struct msg *m, struct msg_excess *x, struct str value, struct str at)
{
	if (!msg_has_many_params(m, value))
		return false;
	*x =
	    (struct msg_excess){ MSG_LIMIT_PARAMS, msg_most_params(value), at };
	return true;
}

static bool
exceeds(struct msg_excess *x, enum msg_limit limit, size_t size, struct str at)
{
	*x = (struct msg_excess){ limit, size, at };
	return size > limits[limit].most;
}

bool
msg_find_excess(const struct msg *m, struct msg_excess *x)
{
	const struct msg_field *f = msg_long_list(m);

	if (exceeds(x, MSG_LIMIT_BYTES, count_bytes(m), STR_NULL) ||
	    exceeds(x, MSG_LIMIT_HEAD, msg_head(m).n, STR_NULL) ||
	    exceeds(x, MSG_LIMIT_FIELDS, count_fields(m), STR_NULL) ||
	    exceeds_params(m, x, m->uri, m->uri))
		return true;
	for (size_t i = 0; i < m->nfields; i++)
		if (exceeds_params(m, x, m->fields[i].value, m->fields[i].line))
			return true;
	return f != NULL && exceeds(x, MSG_LIMIT_VALUES,
				msg_count_values(m, f->id), f->line);
}

size_t
msg_line_at(const struct msg *m, struct str at, struct str *line)
{
	struct str bytes = m->bytes, rest;
	size_t where, from = 0, n = 1;

	*line = STR_NULL;
	if ((uintptr_t)at.p < (uintptr_t)bytes.p ||
	    (uintptr_t)at.p >= (uintptr_t)bytes.p + bytes.n)
		return 0;
	where = (size_t)(at.p - bytes.p);
	for (size_t i = 0; i < where; i++)
		if (bytes.p[i] == '\n') {
			from = i + 1;
			n++;
		}
	*line = str_cut_line(str_slice(bytes, from, bytes.n), &rest);
	return n;
}
