/*
 * A DNS message out of bytes (RFC 1035 4.1).  A pointer leads to an earlier
 * place than any that its name has come from (4.1.4: "a prior occurrence"), so
 * that each name ends.
 */
#include "dns/data_in.h"

#include "base/err.h"

#define OPT_FLAGS 4  /* bytes: upper bits of the rcode, version, flags */
#define RECORD    10 /* bytes between a record's name and its data */

struct reading {
	struct str in;
	size_t at;
	struct dns_message *m;
	enum dns_fault fault; /* the first */
};

static int
fails(struct reading *r, enum dns_fault fault)
{
	if (r->fault == DNS_FAULT_NONE)
		r->fault = fault;
	return ERR_SYNTAX;
}

/* The label at *AT, into NAME; *AT is past it, or where a pointer leads, which
 * is before *LEAST.  *ENDS: it was the root's. */
static int
read_label(struct reading *r, size_t *at, size_t *least, struct dns_name *name,
    bool *ends)
{
	size_t n = *at < r->in.n ? (uint8_t)r->in.p[*at] : 0;
	size_t to;

	if (*at >= r->in.n)
		return fails(r, DNS_FAULT_SHORT);
	if (n >= 0xc0) {
		if (*at + 2 > r->in.n)
			return fails(r, DNS_FAULT_SHORT);
		to = get16(r->in.p + *at) & 0x3fffu;
		if (to >= *least || to < DNS_HEADER)
			return fails(r, DNS_FAULT_POINTER);
		*at = *least = to;
		return 0;
	}
	if (n > DNS_LABEL_MAX)
		return fails(r, DNS_FAULT_LABEL);
	if (*at + 1 + n > r->in.n)
		return fails(r, DNS_FAULT_SHORT);
	if (name->n + 1 + n > DNS_NAME_MAX)
		return fails(r, DNS_FAULT_NAME);
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
take(struct reading *r, size_t n)
{
	struct str s = str_slice(r->in, r->at, r->at + n);

	r->at += n;
	return s;
}

/* The part P of data that end at END, uncompressed, appended to the message's
 * bytes. */
static int
read_part(struct reading *r, enum dns_part p, size_t end)
{
	struct dns_name name;
	size_t n;
	int err;

	if (p == DNS_NAME || p == DNS_TARGET) {
		err = read_message_name(r, &name);
		if (err != 0)
			return err;
		if (r->at > end)
			return fails(r, DNS_FAULT_DATA);
		buf_str(&r->m->bytes, dns_name_view(&name));
		return 0;
	}
	n = dns_part_size(p, str_slice(r->in, r->at, end));
	if (n == 0)
		return fails(r, DNS_FAULT_DATA);
	buf_str(&r->m->bytes, take(r, n));
	return 0;
}

static int
read_data(struct reading *r, const struct dns_record *record, size_t size)
{
	const char *form = dns_form(record->type, record->class);
	size_t end = r->at + size;

	if (end > r->in.n)
		return fails(r, DNS_FAULT_SHORT);
	if (form == NULL) {
		buf_str(&r->m->bytes, take(r, size));
		return 0;
	}
	while (*form != '\0') {
		int err = read_part(r, (enum dns_part) * form, end);

		if (err != 0)
			return err;
		if (*form != DNS_STRINGS || r->at == end)
			form++;
	}
	return r->at == end ? 0 : fails(r, DNS_FAULT_DATA);
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
		return fails(r, DNS_FAULT_SHORT);
	if (m->edns || section != DNS_ADDITIONAL || owner->n != 1 ||
	    !are_options(take(r, size)))
		return fails(r, DNS_FAULT_OPT);
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
		return fails(r, DNS_FAULT_SHORT);
	p = take(r, RECORD).p;
	record.type = get16(p);
	record.class = get16(p + 2);
	record.ttl = get32(p + 4);
	size = get16(p + 8);
	if (record.type == DNS_TYPE_OPT)
		return read_opt(r, section, &owner, &record, size);
	buf_str(&r->m->bytes, dns_name_view(&owner));
	from = r->m->bytes.n;
	err = read_data(r, &record, size);
	record.name.n = owner.n;
	record.data.n = r->m->bytes.n - from;
	if (err == 0)
		err = dns_message_add(r->m, section, &record);
	return err;
}

static void
read_head(struct reading *r)
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
		return fails(r, DNS_FAULT_QUESTIONS);
	if (count == 0)
		return 0;
	err = read_message_name(r, &r->m->question);
	if (err != 0)
		return err;
	if (r->at + 4 > r->in.n)
		return fails(r, DNS_FAULT_SHORT);
	r->m->type = get16(r->in.p + r->at);
	r->m->class = get16(r->in.p + r->at + 2);
	r->m->has_question = true;
	r->at += 4;
	return 0;
}

/* Where names and data stand is known only now that the bytes stay. */
static void
place(struct dns_message *m)
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
read_all(struct reading *r)
{
	int err;

	read_head(r);
	if (r->in.n < DNS_HEADER)
		return fails(r, DNS_FAULT_SHORT);
	r->at = DNS_HEADER;
	err = read_question(r, get16(r->in.p + 4));
	for (enum dns_section s = DNS_ANSWER; s < DNS_SECTIONS; s++)
		for (unsigned n = get16(r->in.p + 6 + 2 * s); err == 0 && n > 0;
		     n--)
			err = read_message_record(r, s);
	if (err == 0 && r->at != r->in.n)
		err = fails(r, DNS_FAULT_REST);
	return err;
}

int
dns_message_read(struct str bytes, struct dns_message *m, enum dns_fault *fault)
{
	struct reading r = { .in = bytes, .m = m };
	int err = read_all(&r);

	if (m->bytes.err != 0)
		err = m->bytes.err;
	else
		place(m);
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
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	bool framed = rest.n >= DNS_HEADER &&
		      dns_message_framed(bytes) == bytes.n &&
		      dns_message_read(rest, &m, &fault) == 0;

	dns_message_free(&m);
	return framed ? rest : bytes;
}
