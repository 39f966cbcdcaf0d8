/* STUN messages, read and written; see stun/stun.h. */
#include "stun/stun.h"

#include "base/octets.h"

#include <string.h>

/* ---- names ---- */

const char *
stun_fault_words(enum stun_fault fault)
{
	static const char *const words[] = {
#define X(name, words) words,
		STUN_FAULTS(X)
#undef X
	};

	return words[fault];
}

static const char *class_words(enum stun_class class)
{
	switch (class) {
#define X(name, bits, words) \
	case STUN_##name:    \
		return words;
		STUN_CLASSES(X)
#undef X
	}
	return "";
}

/* How a value is read. */
enum form {
	FORM_BYTES,
	FORM_TEXT,
	FORM_SIZE, /* only how long it is says something */
	FORM_NUMBER,
	FORM_ADDRESS,
	FORM_XOR_ADDRESS,
	FORM_CHANGE,
	FORM_CODE,
	FORM_TYPES,
	FORM_PORT,
};

static const struct attr_row {
	unsigned type;
	const char *name;
	enum form form;
} rows[] = {
#define X(name, type, words, form) { type, words, FORM_##form },
	STUN_ATTRS(X)
#undef X
};

static const struct attr_row *
stun_find_row(unsigned type)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].type == type)
			return &rows[i];
	return NULL;
}

const char *
stun_attr_name(unsigned type)
{
	const struct attr_row *row = stun_find_row(type);

	return row != NULL ? row->name : NULL;
}

/* ---- FINGERPRINT: 14.7, the CRC-32 of ITU-T V.42 ---- */

#define FINGERPRINT_XOR 0x5354554Eu

/* Of BYTES, whose length field is LENGTH. */
static uint32_t
fingerprint_of(struct str bytes, unsigned length)
{
	uint32_t crc = ~0u;

	for (size_t i = 0; i < bytes.n; i++) {
		unsigned byte = i == 2   ? length >> 8
				: i == 3 ? length
					 : (unsigned char)bytes.p[i];

		crc ^= byte & 0xFF;
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
	}
	return ~crc ^ FINGERPRINT_XOR;
}

/* ---- values ---- */

/* 14.1, 14.2: the second is the first with the magic cookie, and for IPv6 the
 * transaction id, laid over it. */
static bool
read_addr(struct str v, const struct stun *m, bool xored, struct addr *a)
{
	size_t n = v.n == 8 ? 4 : v.n == 20 ? 16 : 0;
	struct str key = str_slice(m->bytes, 4, STUN_HEAD);

	if (n == 0 || (unsigned char)v.p[1] != (n == 4 ? 1 : 2))
		return false;
	*a = (struct addr){ .len = (uint8_t)n };
	a->port = get16(v.p + 2);
	memcpy(a->ip, v.p + 4, n);
	if (!xored)
		return true;
	a->port ^= (uint16_t)(STUN_MAGIC >> 16);
	for (size_t i = 0; i < n; i++)
		a->ip[i] ^= (uint8_t)key.p[i];
	return true;
}

static bool
stun_read_code(struct str v, unsigned *code)
{
	if (v.n < 4)
		return false;
	*code = ((unsigned char)v.p[2] & 7) * 100 + (unsigned char)v.p[3];
	return *code >= 300 && *code <= 699 && (unsigned char)v.p[3] < 100;
}

/* A is of M, and of type ROW. */
static bool
stun_take_value(
    struct stun *m, const struct stun_attr *a, const struct attr_row *row)
{
	struct addr at = { 0 };

	switch (row->form) {
	case FORM_ADDRESS:
	case FORM_XOR_ADDRESS:
		if (!read_addr(a->value, m, row->form == FORM_XOR_ADDRESS, &at))
			return false;
		if (a->type == STUN_RESPONSE_ORIGIN)
			m->origin = at;
		else if (a->type == STUN_OTHER_ADDRESS)
			m->other = at;
		else if (a->type == STUN_XOR_MAPPED_ADDRESS ||
			 m->mapped.len == 0)
			m->mapped = at;
		return true;
	case FORM_CODE:
		m->reason = str_slice(a->value, 4, a->value.n);
		return stun_read_code(a->value, &m->code);
	case FORM_CHANGE:
		if (a->value.n == 4)
			m->change = get32(a->value.p);
		return a->value.n == 4;
	case FORM_PORT:
		if (a->value.n >= 2)
			m->response_port = get16(a->value.p);
		return a->value.n == 4 || a->value.n == 2;
	case FORM_NUMBER:
		return a->value.n == 4;
	default:
		return true;
	}
}

/* ---- reading ---- */

bool
stun_is(struct str bytes)
{
	return bytes.n >= STUN_HEAD &&
	       ((unsigned char)bytes.p[0] & 0xC0) == 0 &&
	       get32(bytes.p + 4) == STUN_MAGIC;
}

bool
stun_next(const struct stun *m, size_t *at, struct stun_attr *a)
{
	size_t n;

	if (m->attrs.n - *at < 4)
		return false;
	n = get16(m->attrs.p + *at + 2);
	if (n > m->attrs.n - *at - 4)
		return false;
	a->type = get16(m->attrs.p + *at);
	a->value = str_slice(m->attrs, *at + 4, *at + 4 + n);
	*at += 4 + octets_padded(n);
	if (*at > m->attrs.n)
		*at = m->attrs.n;
	return true;
}

/* A ends at END of M's bytes. */
static enum stun_fault
take_attr(struct stun *m, const struct stun_attr *a, size_t end)
{
	const struct attr_row *row = stun_find_row(a->type);

	/* 14.7: nothing stands after it. */
	if (m->fingerprint)
		return STUN_FAULT_BEHIND;
	if (a->type == STUN_FINGERPRINT) {
		m->fingerprint = true;
		return a->value.n == 4 && get32(a->value.p) ==
					      fingerprint_of(str_slice(m->bytes,
								 0, end - 8),
						  (unsigned)(end - STUN_HEAD))
			   ? STUN_FAULT_NONE
			   : STUN_FAULT_FINGERPRINT;
	}
	if (row == NULL && a->type < 0x8000 && m->unknown == 0)
		m->unknown = (uint16_t)a->type;
	return row == NULL || stun_take_value(m, a, row) ? STUN_FAULT_NONE
							 : STUN_FAULT_VALUE;
}

static enum stun_fault
stun_judge_head(struct str bytes)
{
	if (bytes.n < STUN_HEAD)
		return STUN_FAULT_SHORT;
	if (((unsigned char)bytes.p[0] & 0xC0) != 0)
		return STUN_FAULT_BITS;
	if (get32(bytes.p + 4) != STUN_MAGIC)
		return STUN_FAULT_MAGIC;
	/* 5: of attributes alone, which are multiples of four. */
	return get16(bytes.p + 2) != bytes.n - STUN_HEAD || bytes.n % 4 != 0
		   ? STUN_FAULT_LENGTH
		   : STUN_FAULT_NONE;
}

enum stun_fault
stun_read(struct str bytes, struct stun *m)
{
	enum stun_fault fault = stun_judge_head(bytes);
	struct stun_attr a;
	size_t at = 0;
	unsigned type;

	*m = (struct stun){ .bytes = bytes };
	if (fault != STUN_FAULT_NONE)
		return fault;
	type = get16(bytes.p);
	m->class = (enum stun_class)(type & 0x110);
	m->method = (type & 0xF) | (type & 0xE0) >> 1 | (type & 0x3E00) >> 2;
	m->id = str_slice(bytes, 8, STUN_HEAD);
	m->attrs = str_slice(bytes, STUN_HEAD, bytes.n);
	while (fault == STUN_FAULT_NONE && stun_next(m, &at, &a))
		fault = take_attr(m, &a, STUN_HEAD + at);
	if (fault == STUN_FAULT_NONE && at < m->attrs.n)
		fault = STUN_FAULT_ATTRIBUTE;
	return fault;
}

bool
stun_integrity(const struct stun *m, struct buf *out, struct str *mac)
{
	struct stun_attr a;
	size_t at = 0, before = 0;

	while (stun_next(m, &at, &a)) {
		if (a.type == STUN_MESSAGE_INTEGRITY && a.value.n == 20) {
			buf_str(out, str_slice(m->bytes, 0, 2));
			put16(out, (unsigned)at);
			buf_str(
			    out, str_slice(m->bytes, 4, STUN_HEAD + before));
			*mac = a.value;
			return true;
		}
		before = at;
	}
	return false;
}

/* ---- for people ---- */

static void
write_hex(struct str v, struct buf *out)
{
	for (size_t i = 0; i < v.n && i < 32; i++)
		buf_hex(out, (unsigned char)v.p[i], 2);
	buf_puts(out, v.n > 32 ? "…" : "");
}

void
stun_write_attr_name(unsigned type, struct buf *out)
{
	const char *name = stun_attr_name(type);

	if (name != NULL)
		buf_puts(out, name);
	else
		buf_printf(out, "0x%04x", type);
}

static void
write_types(struct str v, struct buf *out)
{
	for (size_t i = 0; i + 2 <= v.n; i += 2) {
		buf_puts(out, i > 0 ? ", " : "");
		stun_write_attr_name(get16(v.p + i), out);
	}
}

static void
write_change(unsigned bits, struct buf *out)
{
	buf_puts(out, (bits & STUN_CHANGE_IP) != 0 ? "address" : "");
	buf_puts(out, bits == (STUN_CHANGE_IP | STUN_CHANGE_PORT) ? ", " : "");
	buf_puts(out, (bits & STUN_CHANGE_PORT) != 0 ? "port" : "");
	buf_puts(out,
	    (bits & (STUN_CHANGE_IP | STUN_CHANGE_PORT)) == 0 ? "nothing" : "");
}

void
stun_write_name(unsigned method, enum stun_class class, struct buf *out)
{
	if (method == STUN_BINDING)
		buf_puts(out, "Binding ");
	else
		buf_printf(out, "0x%03x ", method);
	buf_puts(out, class_words(class));
}

void
stun_attr_write(
    const struct stun *m, const struct stun_attr *a, struct buf *out)
{
	const struct attr_row *row = stun_find_row(a->type);
	enum form form = row != NULL ? row->form : FORM_BYTES;
	struct addr at;
	unsigned code;

	if ((form == FORM_ADDRESS || form == FORM_XOR_ADDRESS) &&
	    read_addr(a->value, m, form == FORM_XOR_ADDRESS, &at)) {
		addr_write(&at, out);
	} else if (form == FORM_TEXT) {
		buf_str(out, a->value);
	} else if (form == FORM_SIZE) {
		buf_printf(out, "%zu bytes", a->value.n);
	} else if (form == FORM_CODE && stun_read_code(a->value, &code)) {
		buf_printf(out, "%u ", code);
		buf_str(out, str_slice(a->value, 4, a->value.n));
	} else if (form == FORM_TYPES) {
		write_types(a->value, out);
	} else if (form == FORM_CHANGE && a->value.n == 4) {
		write_change(get32(a->value.p), out);
	} else if (form == FORM_PORT && a->value.n >= 2) {
		buf_u64(out, get16(a->value.p));
	} else if (form == FORM_NUMBER && a->value.n == 4) {
		buf_u64(out, get32(a->value.p));
	} else {
		write_hex(a->value, out);
	}
}

/* ---- writing ---- */

static void
set_length(struct buf *out)
{
	put16_at(out, 2, out->n - STUN_HEAD);
}

void
stun_begin(
    struct buf *out, unsigned method, enum stun_class class, const char *id)
{
	put16(out, (unsigned)class | (method & 0xF) | (method & 0x70) << 1 |
		       (method & 0xF80) << 2);
	put16(out, 0);
	put32(out, STUN_MAGIC);
	buf_add(out, id, STUN_ID);
}

void
stun_put(struct buf *out, enum stun_type type, struct str value)
{
	put16(out, type);
	put16(out, (unsigned)value.n);
	buf_str(out, value);
	octets_put_padding(out, value.n);
	set_length(out);
}

void
stun_put_u32(struct buf *out, enum stun_type type, uint32_t value)
{
	char b[4] = { (char)(value >> 24), (char)(value >> 16),
		(char)(value >> 8), (char)value };

	stun_put(out, type, (struct str){ b, sizeof(b) });
}

void
stun_put_addr(struct buf *out, enum stun_type type, const struct addr *a)
{
	bool xored = type == STUN_XOR_MAPPED_ADDRESS;
	unsigned port = xored ? a->port ^ STUN_MAGIC >> 16 : a->port;
	char b[20] = { 0, a->len == 4 ? 1 : 2, (char)(port >> 8), (char)port };

	if (out->err != 0)
		return;
	for (size_t i = 0; i < a->len; i++)
		b[4 + i] = (char)(a->ip[i] ^ (xored ? out->p[4 + i] : 0));
	stun_put(out, type, (struct str){ b, 4u + a->len });
}

void
stun_put_error(struct buf *out, unsigned code, const char *reason)
{
	LOCAL_BUF value = BUF_INIT;

	put16(&value, 0);
	buf_putc(&value, (char)(code / 100));
	buf_putc(&value, (char)(code % 100));
	buf_puts(&value, reason);
	stun_put(out, STUN_ERROR_CODE, buf_view(&value));
	if (value.err != 0)
		out->err = value.err;
}

void
stun_put_fingerprint(struct buf *out)
{
	if (out->err == 0)
		stun_put_u32(out, STUN_FINGERPRINT,
		    fingerprint_of(
			buf_view(out), (unsigned)(out->n + 8 - STUN_HEAD)));
}
