/*
 * Finding fields and values in a message that was read.  RFC 3261 7.3.1: two
 * fields of one list are the same as one field with commas.
 */
#include "msg/message.h"

#include "msg/chars.h"

struct str
msg_head(const struct msg *m)
{
	const char *end =
	    m->body.p != NULL ? m->body.p : m->bytes.p + m->bytes.n;

	return (struct str){ m->start_line.p, (size_t)(end - m->start_line.p) };
}

const struct msg_field *
msg_field(const struct msg *m, enum msg_header id, size_t n)
{
	if (!msg_may_have(m, id))
		return NULL;
	for (size_t i = 0; i < m->nfields; i++)
		if (m->fields[i].id == id && n-- == 0)
			return &m->fields[i];
	return NULL;
}

struct str
msg_value(const struct msg *m, enum msg_header id)
{
	const struct msg_field *f = msg_field(m, id, 0);

	return f != NULL ? f->value : STR_NULL;
}

const struct msg_field *
msg_field_named(const struct msg *m, const char *name, size_t n)
{
	struct str want = str_of(name);
	enum msg_header id = msg_header_find(want);

	if (id != MSG_H_OTHER)
		return msg_field(m, id, n);
	for (size_t i = 0; i < m->nfields; i++)
		if (m->fields[i].id == MSG_H_OTHER &&
		    str_ieq(m->fields[i].name, want) && n-- == 0)
			return &m->fields[i];
	return NULL;
}

struct str
msg_cut_value(struct str *rest)
{
	struct str s = *rest;
	bool in_uri = false;
	size_t i = 0, end;

	/* most fields hold one value */
	if (str_chr(s, ',') < 0)
		i = s.n;
	for (; i < s.n; i++) {
		char c = s.p[i];

		if (c == ',' && !in_uri)
			break;
		if (c == '<' || c == '>')
			in_uri = c == '<';
		if (c == '"') {
			end = chars_skip_quoted(s, i);
			/* an open quote takes all that follows */
			i = (end != 0 ? end : s.n) - 1;
		}
	}
	*rest = str_slice(s, i + 1, s.n);
	return str_trim(str_slice(s, 0, i));
}

bool
msg_next_value(const struct msg *m, enum msg_header id, struct msg_values *iter,
    struct str *value)
{
	const struct msg_header_info *row = msg_header_info(id);
	bool list = row != NULL && (row->flags & MSG_HF_LIST) != 0;

	iter->started = true;
	if (!msg_may_have(m, id))
		return false;
	for (; iter->field < m->nfields; iter->field++, iter->at = 0) {
		const struct msg_field *f = &m->fields[iter->field];
		struct str rest;

		if (f->id != id)
			continue;
		while (iter->at < f->value.n) {
			rest = str_slice(f->value, iter->at, f->value.n);
			*value = rest;
			if (list)
				*value = msg_cut_value(&rest);
			else
				rest.n = 0;
			iter->at = f->value.n - rest.n;
			if (value->n > 0)
				return true;
		}
	}
	return false;
}

size_t
msg_count_values(const struct msg *m, enum msg_header id)
{
	struct msg_values iter = { 0 };
	struct str value;
	size_t n = 0;

	while (msg_next_value(m, id, &iter, &value))
		n++;
	return n;
}

bool
msg_lists(const struct msg *m, enum msg_header id, const char *tag)
{
	struct msg_values it = { 0 };
	struct str v;

	while (msg_next_value(m, id, &it, &v))
		if (str_iis(v, tag))
			return true;
	return false;
}
