/*
 * Finding fields and values in a message that was read, and the faults'
 * sentences.  RFC 3261 7.3.1: two fields of one list are the same as one field
 * with commas.
 */
#include "msg/message.h"

#include "msg/chars.h"

static const char *const fault_names[MSG_FAULT_COUNT] = {
	[MSG_FAULT_NONE] = "none",
	[MSG_FAULT_EMPTY] = "empty",
	[MSG_FAULT_START_LINE] = "start-line",
	[MSG_FAULT_VERSION] = "version",
	[MSG_FAULT_NO_END] = "no-end",
	[MSG_FAULT_FIELD] = "field",
	[MSG_FAULT_BARE_CR] = "bare-cr",
	[MSG_FAULT_NUL] = "nul",
	[MSG_FAULT_MISSING] = "missing",
	[MSG_FAULT_TWICE] = "twice",
	[MSG_FAULT_VALUE] = "value",
	[MSG_FAULT_LENGTH] = "length",
	[MSG_FAULT_TOO_LARGE] = "too-large",
	[MSG_FAULT_TORN] = "torn",
};

static const char *const fault_texts[MSG_FAULT_COUNT] = {
#define X(id, status, text) [MSG_FAULT_##id] = text,
	MSG_FAULTS(X)
#undef X
};

static const unsigned fault_statuses[MSG_FAULT_COUNT] = {
#define X(id, status, text) [MSG_FAULT_##id] = status,
	MSG_FAULTS(X)
#undef X
};

const char *
msg_fault_name(enum msg_fault f)
{
	return fault_names[f];
}

const char *
msg_fault_text(enum msg_fault f)
{
	return _(fault_texts[f]);
}

unsigned
msg_fault_status(enum msg_fault f)
{
	return fault_statuses[f];
}

const struct msg_field *
msg_field(const struct msg *m, enum msg_header id, size_t n)
{
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
