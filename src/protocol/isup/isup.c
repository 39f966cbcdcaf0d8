/* ISUP messages, read and written; see isup/isup.h. */
#include "isup/isup.h"

const char *
isup_fault_text(enum isup_fault fault)
{
	static const char *const words[] = {
#define X(name, text) text,
		ISUP_FAULTS(X)
#undef X
	};

	return words[fault];
}

const char *
isup_fault_words(enum isup_fault fault)
{
	return fault != ISUP_FAULT_NONE ? _(isup_fault_text(fault)) : "";
}

#define P(name) ISUP_PARAM_##name
static const struct isup_row rows[] = {
#define X(name, type, a, b, c, d, variable, optional, words)              \
	{ type, #name, { P(a), P(b), P(c), P(d) }, P(variable), optional, \
		words },
	ISUP_MESSAGES(X)
#undef X
};
#undef P

/* Octets of the parameters that are in fixed parts. */
static const uint8_t fixed_octets[256] = {
#define X(name, code, octets, form, section, words) [code] = octets,
	ISUP_PARAMS(X)
#undef X
};

/* Types that only ANSI has: circuit reservation, validation and exit (T1.113);
 * RFC 3398 13 names three of them. */
#define ANSI_FIRST 0xE9
#define ANSI_LAST  0xED

const struct isup_row *
isup_row(unsigned type)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].type == type)
			return &rows[i];
	return NULL;
}

/* ---- reading ---- */

static uint8_t
octet(struct str s, size_t at)
{
	return (uint8_t)s.p[at];
}

static enum isup_fault
isup_take_param(
    struct isup *m, unsigned code, enum isup_part part, struct str all)
{
	size_t head = (size_t)part; /* octets before the contents: 0, 1, 2 */

	if (m->n == ISUP_PARAMS_MOST)
		return ISUP_FAULT_MANY;
	m->params[m->n++] = (struct isup_param){ (uint8_t)code, part, all,
		str_slice(all, head, all.n) };
	return ISUP_FAULT_NONE;
}

/* The parameter that begins at AT of BYTES with a length. */
static enum isup_fault
take_counted(struct isup *m, struct str bytes, size_t at, unsigned code,
    enum isup_part part)
{
	size_t head = (size_t)part, length;

	m->rest = str_slice(bytes, at, bytes.n);
	if (m->rest.n < head)
		return ISUP_FAULT_LENGTH;
	length = octet(m->rest, head - 1);
	if (m->rest.n - head < length)
		return ISUP_FAULT_LENGTH;
	return isup_take_param(
	    m, code, part, str_slice(m->rest, 0, head + length));
}

static enum isup_fault
take_optional(struct isup *m, struct str bytes, size_t at)
{
	enum isup_fault fault = ISUP_FAULT_NONE;

	for (;;) {
		m->rest = str_slice(bytes, at, bytes.n);
		if (m->rest.n == 0)
			return ISUP_FAULT_END;
		if (octet(m->rest, 0) == ISUP_PARAM_END)
			break;
		fault = take_counted(
		    m, bytes, at, octet(m->rest, 0), ISUP_OPTIONAL);
		if (fault != ISUP_FAULT_NONE)
			return fault;
		at += m->params[m->n - 1].all.n;
	}
	m->rest = str_slice(m->rest, 1, m->rest.n);
	return fault;
}

/* Where the pointer at AT leads; 0: nowhere, or not behind the pointers. */
static size_t
follow_pointer(struct str bytes, size_t at, size_t behind)
{
	size_t to = at + octet(bytes, at);

	return to >= behind && to < bytes.n ? to : 0;
}

static enum isup_fault
take_pointed(struct isup *m, struct str bytes, size_t at)
{
	size_t variable = m->row->variable != ISUP_PARAM_END ? 1 : 0, to;
	size_t behind = at + variable + (m->row->optional ? 1 : 0);
	enum isup_fault fault = ISUP_FAULT_NONE;

	m->rest = str_slice(bytes, at, bytes.n);
	if (behind > bytes.n)
		return ISUP_FAULT_POINTER;
	m->pointers = str_slice(bytes, at, behind);
	m->rest = str_slice(bytes, behind, bytes.n);
	if (variable != 0) {
		to = follow_pointer(bytes, at, behind);
		if (to == 0)
			return ISUP_FAULT_POINTER;
		fault =
		    take_counted(m, bytes, to, m->row->variable, ISUP_VARIABLE);
		if (fault != ISUP_FAULT_NONE)
			return fault;
		to += m->params[m->n - 1].all.n;
		m->rest = str_slice(bytes, to, bytes.n);
	}
	if (!m->row->optional || octet(bytes, at + variable) == 0)
		return fault;
	to = follow_pointer(bytes, at + variable, behind);
	return to != 0 ? take_optional(m, bytes, to) : ISUP_FAULT_POINTER;
}

enum isup_fault
isup_read(struct str bytes, struct isup *m)
{
	enum isup_fault fault = ISUP_FAULT_NONE;
	size_t at = 1, n;

	*m = (struct isup){ .rest = bytes };
	if (bytes.n == 0)
		return ISUP_FAULT_EMPTY;
	m->row = isup_row(octet(bytes, 0));
	if (m->row == NULL)
		return octet(bytes, 0) >= ANSI_FIRST &&
			       octet(bytes, 0) <= ANSI_LAST
			   ? ISUP_FAULT_ANSI
			   : ISUP_FAULT_TYPE;
	for (size_t i = 0; i < 4 && m->row->fixed[i] != ISUP_PARAM_END;
	     i++, at += n) {
		n = fixed_octets[m->row->fixed[i]];
		m->rest = str_slice(bytes, at, bytes.n);
		if (m->rest.n < n)
			return ISUP_FAULT_FIXED;
		fault = isup_take_param(
		    m, m->row->fixed[i], ISUP_FIXED, str_slice(m->rest, 0, n));
	}
	return fault != ISUP_FAULT_NONE ? fault : take_pointed(m, bytes, at);
}

const struct isup_param *
isup_find(const struct isup *m, enum isup_code code)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->params[i].code == code)
			return &m->params[i];
	return NULL;
}

unsigned
isup_octet(const struct isup *m, enum isup_code code, size_t at)
{
	const struct isup_param *p = isup_find(m, code);

	return p != NULL && p->value.n > at ? octet(p->value, at) : 0;
}

/* ---- writing ---- */

void
isup_begin(struct isup *m, enum isup_type type)
{
	*m = (struct isup){ .row = isup_row(type) };
}

enum isup_fault
isup_add(struct isup *m, enum isup_code code, struct str value)
{
	return value.n > UINT8_MAX
		   ? ISUP_FAULT_LENGTH
		   : isup_take_param(m, code, ISUP_FIXED, value);
}

/* The parts still to be written. */
struct writing {
	const struct isup *m;
	struct buf *out;
	bool done[ISUP_PARAMS_MOST];
};

/* The contents of the first parameter with CODE, which has its turn. */
static bool
next_value(struct writing *w, unsigned code, struct str *value)
{
	for (size_t i = 0; i < w->m->n; i++)
		if (!w->done[i] && w->m->params[i].code == code) {
			w->done[i] = true;
			*value = w->m->params[i].value;
			return true;
		}
	return false;
}

static enum isup_fault
write_optional(struct writing *w)
{
	for (size_t i = 0; i < w->m->n; i++) {
		const struct isup_param *p = &w->m->params[i];

		if (w->done[i])
			continue;
		if (p->code == ISUP_PARAM_END)
			return ISUP_FAULT_OPTIONAL;
		buf_putc(w->out, (char)p->code);
		buf_putc(w->out, (char)p->value.n);
		buf_str(w->out, p->value);
	}
	buf_putc(w->out, ISUP_PARAM_END);
	return ISUP_FAULT_NONE;
}

/* The pointers and what they lead to; LEFT: there are optional parameters. */
static enum isup_fault
write_pointed(struct writing *w, struct str variable, bool left)
{
	const struct isup_row *row = w->m->row;
	bool has = row->variable != ISUP_PARAM_END;
	/* From the optional pointer over the octets between. */
	size_t far = 1 + (has ? 1 + variable.n : 0);

	if (left && !row->optional)
		return ISUP_FAULT_OPTIONAL;
	if (left && far > UINT8_MAX)
		return ISUP_FAULT_LENGTH;
	if (has)
		buf_putc(w->out, row->optional ? 2 : 1);
	if (row->optional)
		buf_putc(w->out, left ? (char)far : 0);
	if (has) {
		buf_putc(w->out, (char)variable.n);
		buf_str(w->out, variable);
	}
	return left ? write_optional(w) : ISUP_FAULT_NONE;
}

static enum isup_fault
isup_write_all(struct writing *w)
{
	const struct isup_row *row = w->m->row;
	struct str value = STR_NULL;
	size_t written = 0;

	buf_putc(w->out, (char)row->type);
	for (size_t i = 0; i < 4 && row->fixed[i] != ISUP_PARAM_END; i++) {
		if (!next_value(w, row->fixed[i], &value))
			return ISUP_FAULT_MANDATORY;
		if (value.n != fixed_octets[row->fixed[i]])
			return ISUP_FAULT_LENGTH;
		buf_str(w->out, value);
		written++;
	}
	value = STR_NULL;
	if (row->variable != ISUP_PARAM_END) {
		if (!next_value(w, row->variable, &value))
			return ISUP_FAULT_MANDATORY;
		written++;
	}
	return write_pointed(w, value, w->m->n > written);
}

enum isup_fault
isup_write(const struct isup *m, struct buf *out)
{
	struct writing w = { .m = m, .out = out };
	size_t before = out->n;
	enum isup_fault fault =
	    m->row == NULL ? ISUP_FAULT_TYPE : isup_write_all(&w);

	if (fault != ISUP_FAULT_NONE)
		buf_truncate(out, before);
	return fault;
}
