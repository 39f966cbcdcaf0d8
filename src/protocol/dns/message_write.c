/*
 * A DNS message as bytes (RFC 1035 4.1), its names compressed (4.1.4), within a
 * limit (RFC 1035 4.2.1, RFC 2181 9).
 */
#include "dns/data_in.h"

#include "base/err.h"

#define OPT_SIZE 11
#define POINTERS 0x4000 /* so far a pointer reaches */
#define SUFFIXES 512

struct writing {
	struct buf *out;
	size_t start;          /* where the message begins in OUT */
	uint16_t at[SUFFIXES]; /* names that may be pointed to */
	size_t n;
};

/* What the pointer or label at AT of the message leads to. */
static size_t
follow(const char *p, size_t at)
{
	while ((uint8_t)p[at] >= 0xc0)
		at = get16(p + at) & 0x3fffu;
	return at;
}

/* The name at AT of what is written is NAME, letter by letter. */
static bool
stands_at(const struct writing *w, size_t at, struct str name)
{
	const char *p = w->out->p + w->start;

	while (name.n > 0) {
		size_t n = 1u + (uint8_t)name.p[0];

		at = follow(p, at);
		if (p[at] != name.p[0] || memcmp(p + at, name.p, n) != 0)
			return false;
		at += n;
		name = str_slice(name, n, name.n);
	}
	return true;
}

/* An offset at which NAME stands, of the first N that are known; 0: at none. */
static size_t
find_suffix(const struct writing *w, size_t n, struct str name)
{
	for (size_t i = 0; i < n && w->out->err == 0; i++)
		if (stands_at(w, w->at[i], name))
			return w->at[i];
	return 0;
}

static void
write_name(struct writing *w, struct str name, bool compress)
{
	size_t known = w->n; /* its own suffixes are not whole yet */

	while (name.n > 1) {
		size_t label = 1u + (uint8_t)name.p[0];
		size_t at = w->out->n - w->start;
		size_t same = find_suffix(w, known, name);

		if (same != 0 && compress) {
			put16(w->out, 0xc000 | (unsigned)same);
			return;
		}
		buf_str(w->out, str_slice(name, 0, label));
		name = str_slice(name, label, name.n);
		if (same == 0 && at < POINTERS && w->n < SUFFIXES)
			w->at[w->n++] = (uint16_t)at;
	}
	buf_putc(w->out, 0);
}

static void
write_data(struct writing *w, const struct dns_record *r)
{
	const char *form = dns_form(r->type, r->class);
	struct str d = r->data;

	if (form == NULL || !dns_data_fit(form, d)) {
		buf_str(w->out, d);
		return;
	}
	for (; *form != '\0' && *form != DNS_STRINGS; form++) {
		size_t n = dns_part_size((enum dns_part) * form, d);
		struct str part = str_slice(d, 0, n);

		if (*form == DNS_NAME || *form == DNS_TARGET)
			write_name(w, part, *form == DNS_NAME);
		else
			buf_str(w->out, part);
		d = str_slice(d, n, d.n);
	}
	buf_str(w->out, d);
}

static void
put_at(struct writing *w, size_t at, unsigned v)
{
	put16_at(w->out, w->start + at, v);
}

static void
write_record(struct writing *w, const struct dns_record *r)
{
	size_t at;

	write_name(w, r->name, true);
	put16(w->out, r->type);
	put16(w->out, r->class);
	put32(w->out, r->ttl);
	at = w->out->n - w->start;
	put16(w->out, 0);
	write_data(w, r);
	put_at(w, at, (unsigned)(w->out->n - w->start - at - 2));
}

/* What is behind N bytes of the message is gone. */
static void
cut_back(struct writing *w, size_t n)
{
	if (w->out->err == 0)
		buf_truncate(w->out, w->start + n);
	while (w->n > 0 && w->at[w->n - 1] >= n)
		w->n--;
}

/* How many of the N records at R are of the first one's set. */
static size_t
set_size(const struct dns_record *r, size_t n)
{
	size_t i = 1;

	while (i < n && r[i].type == r->type && str_ieq(r[i].name, r->name))
		i++;
	return i;
}

/* Additional records, as far as they fit, a set at a time (RFC 2181 9); how
 * many. */
static size_t
write_additional(struct writing *w, const struct dns_message *m, size_t limit)
{
	const struct dns_record *r = dns_message_section(m, DNS_ADDITIONAL);
	size_t left = m->counts[DNS_ADDITIONAL], written = 0;

	while (left > 0) {
		size_t before = w->out->n - w->start, n = set_size(r, left);

		for (size_t i = 0; i < n; i++)
			write_record(w, r + i);
		if (w->out->n - w->start > limit)
			cut_back(w, before);
		else
			written += n;
		r += n;
		left -= n;
	}
	return written;
}

/* RFC 6891 6.1.2, 6.1.3 */
static void
write_opt(struct writing *w, const struct dns_message *m)
{
	buf_putc(w->out, 0);
	put16(w->out, DNS_TYPE_OPT);
	put16(w->out, m->udp_size);
	put16(w->out, (unsigned)(m->rcode >> 4 << 8) | m->edns_version);
	put32(w->out, 0);
}

static void
write_head(struct writing *w, const struct dns_message *m)
{
	put16(w->out, m->id);
	put16(w->out,
	    (m->response ? 0x8000u : 0) | (m->opcode & 15u) << 11 |
		(m->authoritative ? 0x0400 : 0) | (m->truncated ? 0x0200 : 0) |
		(m->recursion_desired ? 0x0100 : 0) |
		(m->recursion_available ? 0x0080 : 0) | (m->rcode & 15));
	put16(w->out, m->has_question);
	for (int i = 0; i < DNS_SECTIONS; i++)
		put16(w->out, 0);
	if (!m->has_question)
		return;
	write_name(w, dns_name_view(&m->question), true);
	put16(w->out, m->type);
	put16(w->out, m->class);
}

int
dns_message_write(const struct dns_message *m, size_t limit, struct buf *out)
{
	struct writing w = { .out = out, .start = out->n };
	size_t counts[DNS_SECTIONS] = { m->counts[DNS_ANSWER],
		m->counts[DNS_AUTHORITY], 0 };
	size_t n = counts[DNS_ANSWER] + counts[DNS_AUTHORITY], question;

	if (m->edns)
		limit -= OPT_SIZE;
	write_head(&w, m);
	question = out->n - w.start;
	for (size_t i = 0; i < n && out->n - w.start <= limit; i++)
		write_record(&w, m->records + i);
	if (out->n - w.start > limit) {
		cut_back(&w, question);
		counts[DNS_ANSWER] = counts[DNS_AUTHORITY] = 0;
		if (out->err == 0)
			out->p[w.start + 2] |= 0x02;
	} else {
		counts[DNS_ADDITIONAL] = write_additional(&w, m, limit);
	}
	if (m->edns) {
		write_opt(&w, m);
		counts[DNS_ADDITIONAL]++;
	}
	for (unsigned i = 0; i < DNS_SECTIONS; i++)
		put_at(&w, 6 + 2 * i, (unsigned)counts[i]);
	return out->err;
}
