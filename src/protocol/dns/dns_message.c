/*
 * DNS messages, read and written (RFC 1035 4.1), and their words: see
 * dns/dns_message.h.
 */
#include "dns/dns_message.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "dns/data_in.h"

struct word {
	const char *word;
	unsigned number;
};

static const struct word types[] = {
#define X(id, word, number) { word, number },
	DNS_TYPES(X)
#undef X
};
static const struct word rcodes[] = {
#define X(id, number, word) { word, number },
	DNS_RCODES(X)
#undef X
};
static const struct {
	const char *name, *text;
} faults[] = {
#define X(id, word, text) { word, text },
	DNS_FAULTS(X)
#undef X
};

/* The word of NUMBER, or OTHER with the number after it. */
static void
dns_message_write_word(const struct word *words, size_t n, unsigned number,
    const char *other, struct buf *out)
{
	size_t i = 0;

	while (i < n && words[i].number != number)
		i++;
	buf_puts(out, i < n ? words[i].word : other);
	if (i == n)
		buf_u64(out, number);
}

void
dns_type_write(unsigned type, struct buf *out)
{
	dns_message_write_word(types, COUNT_OF(types), type, "TYPE", out);
}

unsigned
dns_type_find(struct str word)
{
	uint32_t number = 0;

	for (size_t i = 0; i < COUNT_OF(types); i++)
		if (str_iis(word, types[i].word))
			return types[i].number;
	if (!str_istarts(word, "TYPE") ||
	    str_u32(str_slice(word, 4, word.n), &number) != 0)
		return 0;
	return number <= UINT16_MAX ? number : 0;
}

void
dns_rcode_write(unsigned rcode, struct buf *out)
{
	dns_message_write_word(rcodes, COUNT_OF(rcodes), rcode, "RCODE", out);
}

const char *
dns_fault_name(enum dns_fault fault)
{
	return faults[fault].name;
}

const char *
dns_fault_text(enum dns_fault fault)
{
	return fault != DNS_FAULT_NONE ? _(faults[fault].text) : "";
}

void
dns_message_free(struct dns_message *m)
{
	mem_free(m->records);
	buf_free(&m->bytes);
	*m = DNS_MESSAGE_INIT;
}

size_t
dns_message_count(const struct dns_message *m)
{
	size_t n = 0;

	for (int i = 0; i < DNS_SECTIONS; i++)
		n += m->counts[i];
	return n;
}

int
dns_message_add(
    struct dns_message *m, enum dns_section section, const struct dns_record *r)
{
	size_t n = dns_message_count(m);

	if (ARRAY_ROOM(&m->records, &m->cap, n + 1) != 0)
		return ERR_NOMEM;
	m->records[n] = *r;
	m->counts[section]++;
	return 0;
}

const struct dns_record *
dns_message_section(const struct dns_message *m, enum dns_section section)
{
	size_t n = 0;

	for (enum dns_section i = DNS_ANSWER; i < section; i++)
		n += m->counts[i];
	return m->counts[section] > 0 ? m->records + n : NULL;
}

/* ---- reading ---- */

#define OPT_FLAGS 4  /* bytes: upper bits of the rcode, version, flags */
#define RECORD    10 /* bytes between a record's name and its data */

struct reading {
	struct str in;
	size_t at;
	struct dns_message *m;
	enum dns_fault fault; /* the first */
};

static int
dns_message_fails(struct reading *r, enum dns_fault fault)
{
	if (r->fault == DNS_FAULT_NONE)
		r->fault = fault;
	return ERR_SYNTAX;
}

/*
 * The label at *AT, into NAME; *AT is past it, or where a pointer leads, which
 * is before *LEAST. A pointer leads to an earlier place than any that its name
 * has come from (4.1.4: "a prior occurrence"), so each name ends. *ENDS: it was
 * the root's.
 */
static int
read_label(struct reading *r, size_t *at, size_t *least, struct dns_name *name,
    bool *ends)
{
	size_t n = *at < r->in.n ? (uint8_t)r->in.p[*at] : 0;
	size_t to;

	if (*at >= r->in.n)
		return dns_message_fails(r, DNS_FAULT_SHORT);
	if (n >= 0xc0) {
		if (*at + 2 > r->in.n)
			return dns_message_fails(r, DNS_FAULT_SHORT);
		to = get16(r->in.p + *at) & 0x3fffu;
		if (to >= *least || to < DNS_HEADER)
			return dns_message_fails(r, DNS_FAULT_POINTER);
		*at = *least = to;
		return 0;
	}
	if (n > DNS_LABEL_MAX)
		return dns_message_fails(r, DNS_FAULT_LABEL);
	if (*at + 1 + n > r->in.n)
		return dns_message_fails(r, DNS_FAULT_SHORT);
	if (name->n + 1 + n > DNS_NAME_MAX)
		return dns_message_fails(r, DNS_FAULT_NAME);
	memcpy(name->b + name->n, r->in.p + *at, n + 1);
	name->n = (uint8_t)(name->n + n + 1);
	*at += n + 1;
	*ends = n == 0;
	return 0;
}

/* The name at r->at, which is moved past it. */
static int
read_message_name(struct reading *r, struct dns_name *name)
{
	size_t at = r->at, least = r->at, end = 0;
	bool ends = false;

	name->n = 0;
	while (!ends) {
		size_t before = at;
		int err = read_label(r, &at, &least, name, &ends);

		if (err != 0)
			return err;
		if (end == 0 && at < before)
			end = before + 2;
	}
	r->at = end != 0 ? end : at;
	return 0;
}

static struct str
dns_message_take(struct reading *r, size_t n)
{
	struct str s = str_slice(r->in, r->at, r->at + n);

	r->at += n;
	return s;
}

/* The part P of data that end at END, uncompressed, appended to the message's
 * bytes. */
static int
dns_message_read_part(struct reading *r, enum dns_part p, size_t end)
{
	struct dns_name name;
	size_t n;
	int err;

	if (p == DNS_NAME || p == DNS_TARGET) {
		err = read_message_name(r, &name);
		if (err != 0)
			return err;
		if (r->at > end)
			return dns_message_fails(r, DNS_FAULT_DATA);
		buf_str(&r->m->bytes, dns_name_view(&name));
		return 0;
	}
	n = dns_part_size(p, str_slice(r->in, r->at, end));
	if (n == 0)
		return dns_message_fails(r, DNS_FAULT_DATA);
	buf_str(&r->m->bytes, dns_message_take(r, n));
	return 0;
}

static int
dns_message_read_data(
    struct reading *r, const struct dns_record *record, size_t size)
{
	const char *form = dns_form(record->type, record->class);
	size_t end = r->at + size;

	if (end > r->in.n)
		return dns_message_fails(r, DNS_FAULT_SHORT);
	if (form == NULL) {
		buf_str(&r->m->bytes, dns_message_take(r, size));
		return 0;
	}
	while (*form != '\0') {
		int err = dns_message_read_part(r, (enum dns_part) * form, end);

		if (err != 0)
			return err;
		if (*form != DNS_STRINGS || r->at == end)
			form++;
	}
	return r->at == end ? 0 : dns_message_fails(r, DNS_FAULT_DATA);
}

/* RFC 6891 6.1.2: options, each behind its code and length. */
static bool
are_options(struct str data)
{
	while (data.n > 0) {
		size_t n = data.n >= 4 ? 4u + get16(data.p + 2) : 4;

		if (n > data.n)
			return false;
		data = str_slice(data, n, data.n);
	}
	return true;
}

/* RFC 6891 6.1.1: one at most, of the root, among the additional records. */
static int
read_opt(struct reading *r, enum dns_section section,
    const struct dns_name *owner, const struct dns_record *opt, size_t size)
{
	struct dns_message *m = r->m;

	if (r->at + size > r->in.n)
		return dns_message_fails(r, DNS_FAULT_SHORT);
	if (m->edns || section != DNS_ADDITIONAL || owner->n != 1 ||
	    !are_options(dns_message_take(r, size)))
		return dns_message_fails(r, DNS_FAULT_OPT);
	m->edns = true;
	m->udp_size = opt->class;
	m->rcode = (uint16_t)(m->rcode | opt->ttl >> 24 << OPT_FLAGS);
	m->edns_version = (uint8_t)(opt->ttl >> 16);
	return 0;
}

static int
read_message_record(struct reading *r, enum dns_section section)
{
	struct dns_record record = { 0 };
	struct dns_name owner;
	size_t from, size;
	const char *p;
	int err = read_message_name(r, &owner);

	if (err != 0)
		return err;
	if (r->at + RECORD > r->in.n)
		return dns_message_fails(r, DNS_FAULT_SHORT);
	p = dns_message_take(r, RECORD).p;
	record.type = get16(p);
	record.class = get16(p + 2);
	record.ttl = get32(p + 4);
	size = get16(p + 8);
	if (record.type == DNS_TYPE_OPT)
		return read_opt(r, section, &owner, &record, size);
	buf_str(&r->m->bytes, dns_name_view(&owner));
	from = r->m->bytes.n;
	err = dns_message_read_data(r, &record, size);
	record.name.n = owner.n;
	record.data.n = r->m->bytes.n - from;
	if (err == 0)
		err = dns_message_add(r->m, section, &record);
	return err;
}

static void
dns_message_read_head(struct reading *r)
{
	const char *p = r->in.p;
	struct dns_message *m = r->m;
	unsigned flags = r->in.n >= 4 ? get16(p + 2) : 0;

	if (r->in.n >= 2)
		m->id = get16(p);
	m->response = (flags & 0x8000) != 0;
	m->opcode = flags >> 11 & 15;
	m->authoritative = (flags & 0x0400) != 0;
	m->truncated = (flags & 0x0200) != 0;
	m->recursion_desired = (flags & 0x0100) != 0;
	m->recursion_available = (flags & 0x0080) != 0;
	m->rcode = flags & 15;
}

static int
read_question(struct reading *r, unsigned count)
{
	int err;

	/* RFC 9619: one at most. */
	if (count > 1)
		return dns_message_fails(r, DNS_FAULT_QUESTIONS);
	if (count == 0)
		return 0;
	err = read_message_name(r, &r->m->question);
	if (err != 0)
		return err;
	if (r->at + 4 > r->in.n)
		return dns_message_fails(r, DNS_FAULT_SHORT);
	r->m->type = get16(r->in.p + r->at);
	r->m->class = get16(r->in.p + r->at + 2);
	r->m->has_question = true;
	r->at += 4;
	return 0;
}

/* Where names and data stand is known only now that the bytes stay. */
static void
dns_message_place(struct dns_message *m)
{
	const char *p = m->bytes.p;
	size_t n = dns_message_count(m);

	for (size_t i = 0; i < n; i++) {
		m->records[i].name.p = p;
		p += m->records[i].name.n;
		m->records[i].data.p = p;
		p += m->records[i].data.n;
	}
}

static int
dns_message_read_all(struct reading *r)
{
	int err;

	dns_message_read_head(r);
	if (r->in.n < DNS_HEADER)
		return dns_message_fails(r, DNS_FAULT_SHORT);
	r->at = DNS_HEADER;
	err = read_question(r, get16(r->in.p + 4));
	for (enum dns_section s = DNS_ANSWER; s < DNS_SECTIONS; s++)
		for (unsigned n = get16(r->in.p + 6 + 2 * s); err == 0 && n > 0;
		     n--)
			err = read_message_record(r, s);
	if (err == 0 && r->at != r->in.n)
		err = dns_message_fails(r, DNS_FAULT_REST);
	return err;
}

int
dns_message_read(struct str bytes, struct dns_message *m, enum dns_fault *fault)
{
	struct reading r = { .in = bytes, .m = m };
	int err = dns_message_read_all(&r);

	if (m->bytes.err != 0)
		err = m->bytes.err;
	else
		dns_message_place(m);
	*fault = r.fault;
	return err;
}

void
dns_message_frame(struct str bytes, struct buf *out)
{
	put16(out, bytes.n);
	buf_str(out, bytes);
}

size_t
dns_message_framed(struct str in)
{
	size_t n = in.n >= 2 ? 2u + get16(in.p) : 2;

	return n <= in.n ? n : 0;
}

struct str
dns_message_unframe(struct str bytes)
{
	struct str rest = str_slice(bytes, 2, bytes.n);
	LOCAL(dns_message_free) struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	bool framed = rest.n >= DNS_HEADER &&
		      dns_message_framed(bytes) == bytes.n &&
		      dns_message_read(rest, &m, &fault) == 0;

	return framed ? rest : bytes;
}

/* ---- writing: names compressed (4.1.4), within a limit ---- */

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
dns_message_follow(const char *p, size_t at)
{
	while ((uint8_t)p[at] >= 0xc0)
		at = get16(p + at) & 0x3fffu;
	return at;
}

/* The name at AT of the bytes written is NAME, letter by letter. */
static bool
dns_message_stands_at(const struct writing *w, size_t at, struct str name)
{
	const char *p = w->out->p + w->start;

	while (name.n > 0) {
		size_t n = 1u + (uint8_t)name.p[0];

		at = dns_message_follow(p, at);
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
		if (dns_message_stands_at(w, w->at[i], name))
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

/* Drops the message behind its first N bytes. */
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
dns_message_write_head(struct writing *w, const struct dns_message *m)
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

/* RFC 1035 4.2.1, RFC 2181 9: the limit. */
int
dns_message_write(const struct dns_message *m, size_t limit, struct buf *out)
{
	struct writing w = { .out = out, .start = out->n };
	size_t counts[DNS_SECTIONS] = { m->counts[DNS_ANSWER],
		m->counts[DNS_AUTHORITY], 0 };
	size_t n = counts[DNS_ANSWER] + counts[DNS_AUTHORITY], question;

	if (m->edns)
		limit -= OPT_SIZE;
	dns_message_write_head(&w, m);
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
