/*
 * A Diameter message out of octets, checked against its command's rules: RFC
 * 6733 3, 4.1, 7.1, 7.5.  The first fault counts, in the order in which the
 * message is read; missing AVPs are known at its end.
 */
#include "diameter/rows_in.h"

#include "base/octets.h"

#define AVP_HEAD 8 /* and 4 of the vendor */
/* Groups in groups; Failed-AVP, which may hold anything, is not looked into. */
#define DEPTH 4

/* Whose an AVP is: of a message's questions, answers, or a group. */
enum owner { OWNER_Q, OWNER_A, OWNER_G };

static const struct part {
	enum owner kind;
	int whose; /* a command, PART_ANY, or an AVP's row */
	enum diameter_id id;
	unsigned least, most; /* MOST 0: any number */
} parts[] = {
#define PART_ANY      (-1)
#define WHOSE_Q(name) DIAMETER_##name
#define WHOSE_A(name) DIAMETER_##name
#define WHOSE_G(name) DIAMETER_AVP_##name
#define DIAMETER_ANY  PART_ANY
#define X(kind, whose, avp, least, most) \
	{ OWNER_##kind, WHOSE_##kind(whose), DIAMETER_AVP_##avp, least, most },
	DIAMETER_PARTS(X)
#undef X
};

static enum diameter_id
find_avp(uint32_t code, uint32_t vendor)
{
	size_t i = 0;

	while (i < DIAMETER_AVP_COUNT &&
	       (diameter_avps[i].code != code ||
		   vendor != (diameter_avps[i].vendors ? DIAMETER_3GPP : 0)))
		i++;
	return (enum diameter_id)i;
}

bool
diameter_next(struct str avps, size_t *at, struct diameter_avp *a)
{
	struct str rest = str_slice(avps, *at, avps.n);
	size_t head = AVP_HEAD, n;

	*a = (struct diameter_avp){ .id = DIAMETER_AVP_COUNT };
	if (rest.n < AVP_HEAD)
		return false;
	a->code = get32(rest.p);
	a->flags = (uint8_t)rest.p[4];
	n = get24(rest.p + 5);
	if ((a->flags & DIAMETER_VENDOR) != 0)
		head += 4;
	/* 4.1: with its head, without what fills it up. */
	if (n < head || n > rest.n)
		return false;
	if (head > AVP_HEAD)
		a->vendor = get32(rest.p + AVP_HEAD);
	a->all = str_slice(rest, 0, n);
	a->value = str_slice(rest, head, n);
	a->id = find_avp(a->code, a->vendor);
	*at += octets_padded(n);
	if (*at > avps.n)
		*at = avps.n;
	return true;
}

struct str
diameter_find(struct str avps, enum diameter_id id)
{
	struct diameter_avp a;
	size_t at = 0;

	while (diameter_next(avps, &at, &a))
		if (a.id == id)
			return a.value;
	return STR_NULL;
}

bool
diameter_find_u32(struct str avps, enum diameter_id id, uint32_t *v)
{
	struct str value = diameter_find(avps, id);

	if (value.n != 4)
		return false;
	*v = get32(value.p);
	return true;
}

enum diameter_value
diameter_result(const struct diameter *m)
{
	struct str group =
	    diameter_find(m->avps, DIAMETER_AVP_EXPERIMENTAL_RESULT);
	uint32_t v;

	if (diameter_find_u32(group, DIAMETER_AVP_EXPERIMENTAL_CODE, &v))
		return diameter_value_find(DIAMETER_AVP_EXPERIMENTAL_CODE, v);
	if (diameter_find_u32(m->avps, DIAMETER_AVP_RESULT_CODE, &v))
		return diameter_value_find(DIAMETER_AVP_RESULT_CODE, v);
	return DIAMETER_VALUE_COUNT;
}

/* ---- holding it against the tables ---- */

/* The first fault counts. */
static bool
diameter_in_fails(
    struct diameter *m, enum diameter_fault fault, struct str failed)
{
	if (m->fault == DIAMETER_FAULT_NONE) {
		m->fault = fault;
		m->failed = failed;
	}
	return false;
}

static unsigned
diameter_in_count(struct str avps, enum diameter_id id)
{
	struct diameter_avp a;
	unsigned n = 0;
	size_t at = 0;

	while (diameter_next(avps, &at, &a))
		n += a.id == id;
	return n;
}

static struct str
last_of(struct str avps, enum diameter_id id)
{
	struct str all = STR_NULL;
	struct diameter_avp a;
	size_t at = 0;

	while (diameter_next(avps, &at, &a))
		if (a.id == id)
			all = a.all;
	return all;
}

/* How often each part of KIND and WHOSE stands among AVPS. */
static bool
judge_counts(struct diameter *m, enum owner kind, int whose, struct str avps)
{
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		const struct part *p = &parts[i];
		unsigned n;

		if (p->kind != kind ||
		    (p->whose != whose &&
			(kind == OWNER_G || p->whose != PART_ANY)))
			continue;
		n = diameter_in_count(avps, p->id);
		if (n < p->least) {
			diameter_in_fails(m, DIAMETER_FAULT_MISSING, STR_NULL);
			m->missing = p->id;
			return false;
		}
		if (p->most > 0 && n > p->most)
			return diameter_in_fails(
			    m, DIAMETER_FAULT_MANY, last_of(avps, p->id));
	}
	return true;
}

static bool
judge_avp(struct diameter *m, const struct diameter_avp *a)
{
	const struct diameter_avp_row *row;

	/* 4.1: the other bits are reserved and ignored, except for P (0x20). */
	if (a->id == DIAMETER_AVP_COUNT)
		return (a->flags & DIAMETER_MANDATORY) == 0 ||
		       diameter_in_fails(m, DIAMETER_FAULT_UNKNOWN, a->all);
	row = &diameter_avps[a->id];
	if (row->mandatory && (a->flags & DIAMETER_MANDATORY) == 0)
		return diameter_in_fails(m, DIAMETER_FAULT_AVP_BITS, a->all);
	if (row->form != DIAMETER_NUMBER)
		return true;
	if (a->value.n != 4)
		return diameter_in_fails(m, DIAMETER_FAULT_AVP_LENGTH, a->all);
	return !diameter_is_enumerated(a->id) ||
	       diameter_value_find(a->id, get32(a->value.p)) !=
		   DIAMETER_VALUE_COUNT ||
	       diameter_in_fails(m, DIAMETER_FAULT_VALUE, a->all);
}

static bool
diameter_in_judge_all(struct diameter *m, enum owner kind, int whose,
    struct str avps, unsigned depth)
{
	struct diameter_avp a;
	size_t at = 0;

	while (diameter_next(avps, &at, &a)) {
		if (!judge_avp(m, &a))
			return false;
		if (diameter_is_group(&a) && a.id != DIAMETER_AVP_FAILED_AVP &&
		    depth < DEPTH &&
		    !diameter_in_judge_all(
			m, OWNER_G, (int)a.id, a.value, depth + 1))
			return false;
	}
	if (at < avps.n)
		return diameter_in_fails(
		    m, DIAMETER_FAULT_AVP_LENGTH, str_slice(avps, at, avps.n));
	return judge_counts(m, kind, whose, avps);
}

/* TS 29.229 6.1: an answer says how it went. */
static void
diameter_in_judge_answer(struct diameter *m)
{
	if (diameter_in_count(m->avps, DIAMETER_AVP_RESULT_CODE) +
		diameter_in_count(m->avps, DIAMETER_AVP_EXPERIMENTAL_RESULT) >
	    0)
		return;
	diameter_in_fails(m, DIAMETER_FAULT_MISSING, STR_NULL);
	m->missing = DIAMETER_AVP_RESULT_CODE;
}

static enum diameter_command
find_command(uint32_t code)
{
	size_t i = 0;

	while (i < DIAMETER_COMMAND_COUNT && diameter_commands[i].code != code)
		i++;
	return (enum diameter_command)i;
}

/* 3: what the head says; false: nothing after it means anything. */
static bool
diameter_in_read_head(struct str bytes, struct diameter *m)
{
	*m = (struct diameter){ .command = DIAMETER_COMMAND_COUNT };
	if (bytes.n < DIAMETER_HEAD)
		return diameter_in_fails(m, DIAMETER_FAULT_HEAD, STR_NULL);
	m->flags = (uint8_t)bytes.p[4];
	m->code = get24(bytes.p + 5);
	m->application = get32(bytes.p + 8);
	m->hop = get32(bytes.p + 12);
	m->end = get32(bytes.p + 16);
	m->head = true;
	m->command = find_command(m->code);
	m->avps = str_slice(bytes, DIAMETER_HEAD, bytes.n);
	if (bytes.p[0] != 1)
		return diameter_in_fails(m, DIAMETER_FAULT_VERSION, STR_NULL);
	if (get24(bytes.p + 1) != bytes.n || bytes.n % 4 != 0)
		return diameter_in_fails(m, DIAMETER_FAULT_LENGTH, STR_NULL);
	if ((m->flags & DIAMETER_REQUEST) != 0 &&
	    (m->flags & DIAMETER_ERROR) != 0)
		return diameter_in_fails(m, DIAMETER_FAULT_BITS, STR_NULL);
	if (m->application != DIAMETER_CX)
		return diameter_in_fails(
		    m, DIAMETER_FAULT_APPLICATION, STR_NULL);
	return m->command != DIAMETER_COMMAND_COUNT ||
	       diameter_in_fails(m, DIAMETER_FAULT_COMMAND, STR_NULL);
}

enum diameter_fault
diameter_read(struct str bytes, struct diameter *m)
{
	bool request;

	if (!diameter_in_read_head(bytes, m))
		return m->fault;
	request = (m->flags & DIAMETER_REQUEST) != 0;
	if (diameter_in_judge_all(
		m, request ? OWNER_Q : OWNER_A, (int)m->command, m->avps, 0) &&
	    !request)
		diameter_in_judge_answer(m);
	return m->fault;
}

/* ---- a Diameter message as octets: RFC 6733 3, 4.1 ---- */

static void
put24_at(struct buf *out, size_t at, size_t v)
{
	if (out->err != 0)
		return;
	out->p[at] = (char)(v >> 16 & 0xFF);
	put16_at(out, at + 1, v);
}

static void
diameter_in_put_head(struct buf *out, const struct diameter *m, uint8_t flags)
{
	buf_putc(out, 1);
	put24(out, 0); /* its length's place */
	buf_putc(out, (char)flags);
	put24(out, m->code);
	put32(out, m->application);
	put32(out, m->hop);
	put32(out, m->end);
}

void
diameter_begin(struct buf *out, enum diameter_command command, uint8_t flags,
    uint32_t hop, uint32_t end)
{
	const struct diameter m = { .code = diameter_commands[command].code,
		.application = DIAMETER_CX,
		.hop = hop,
		.end = end };

	diameter_in_put_head(out, &m, flags);
}

void
diameter_begin_answer(
    struct buf *out, const struct diameter *m, enum diameter_value v)
{
	const struct diameter_value_row *row = &diameter_values[v];
	bool error =
	    row->avp == DIAMETER_AVP_RESULT_CODE && row->value / 1000 == 3;

	diameter_in_put_head(out, m,
	    (uint8_t)((m->flags & DIAMETER_PROXIABLE) |
		      (error ? DIAMETER_ERROR : 0)));
}

void
diameter_end(struct buf *out)
{
	put24_at(out, 1, out->n);
}

size_t
diameter_open(struct buf *out, enum diameter_id id)
{
	const struct diameter_avp_row *row = &diameter_avps[id];
	size_t at = out->n;

	put32(out, row->code);
	buf_putc(out, (char)((row->vendors ? DIAMETER_VENDOR : 0) |
			     (row->mandatory ? DIAMETER_MANDATORY : 0)));
	put24(out, 0);
	if (row->vendors)
		put32(out, DIAMETER_3GPP);
	return at;
}

void
diameter_close(struct buf *out, size_t at)
{
	put24_at(out, at + 5, out->n - at);
	octets_put_padding(out, out->n - at);
}

void
diameter_put(struct buf *out, enum diameter_id id, struct str value)
{
	size_t at = diameter_open(out, id);

	buf_str(out, value);
	diameter_close(out, at);
}

void
diameter_put_u32(struct buf *out, enum diameter_id id, uint32_t value)
{
	size_t at = diameter_open(out, id);

	put32(out, value);
	diameter_close(out, at);
}

void
diameter_put_value(struct buf *out, enum diameter_value v)
{
	const struct diameter_value_row *row = &diameter_values[v];
	size_t at;

	if (row->avp != DIAMETER_AVP_EXPERIMENTAL_CODE) {
		diameter_put_u32(out, row->avp, row->value);
		return;
	}
	at = diameter_open(out, DIAMETER_AVP_EXPERIMENTAL_RESULT);
	diameter_put_u32(out, DIAMETER_AVP_VENDOR_ID, DIAMETER_3GPP);
	diameter_put_u32(out, row->avp, row->value);
	diameter_close(out, at);
}

void
diameter_put_application(struct buf *out)
{
	size_t at = diameter_open(out, DIAMETER_AVP_VENDOR_APPLICATION);

	diameter_put_u32(out, DIAMETER_AVP_VENDOR_ID, DIAMETER_3GPP);
	diameter_put_u32(out, DIAMETER_AVP_AUTH_APPLICATION_ID, DIAMETER_CX);
	diameter_close(out, at);
	diameter_put_value(out, DIAMETER_VALUE_NO_STATE);
}

void
diameter_put_failed(struct buf *out, const struct diameter *m)
{
	size_t at, missing;

	if (m->failed.n == 0 && m->fault != DIAMETER_FAULT_MISSING)
		return;
	at = diameter_open(out, DIAMETER_AVP_FAILED_AVP);
	if (m->fault == DIAMETER_FAULT_MISSING) {
		/* 7.5: an example of it, of zeros. */
		missing = diameter_open(out, m->missing);
		if (diameter_avps[m->missing].form == DIAMETER_NUMBER)
			put32(out, 0);
		diameter_close(out, missing);
	} else if (m->fault == DIAMETER_FAULT_AVP_LENGTH && m->failed.n >= 5) {
		/* 7.1.5: a head is enough of one whose length is wrong. */
		buf_str(out, str_slice(m->failed, 0, 4));
		buf_putc(out, m->failed.p[4] & ~DIAMETER_VENDOR);
		put24(out, 8);
	} else {
		buf_str(out, m->failed);
		octets_put_padding(out, m->failed.n);
	}
	diameter_close(out, at);
}
