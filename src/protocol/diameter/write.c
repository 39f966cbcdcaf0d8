/* A Diameter message as octets: RFC 6733 3, 4.1. */
#include "diameter/rows.h"

#include "base/octets.h"

static void
put24_at(struct buf *out, size_t at, size_t v)
{
	if (out->err != 0)
		return;
	out->p[at] = (char)(v >> 16 & 0xFF);
	put16_at(out, at + 1, v);
}

static void
put_head(struct buf *out, const struct diameter *m, uint8_t flags)
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

	put_head(out, &m, flags);
}

void
diameter_begin_answer(
    struct buf *out, const struct diameter *m, enum diameter_value v)
{
	const struct diameter_value_row *row = &diameter_values[v];
	bool error =
	    row->avp == DIAMETER_AVP_RESULT_CODE && row->value / 1000 == 3;

	put_head(out, m,
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
	buf_fill(out, '\0', (4 - (out->n - at) % 4) % 4);
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
		buf_fill(out, '\0', (4 - m->failed.n % 4) % 4);
	}
	diameter_close(out, at);
}
