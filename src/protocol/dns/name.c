/* Domain names: see dns/name.h. */
#include "dns/name.h"

#include "base/addr.h"
#include "base/err.h"
#include "base/rows.h"
#include "dns/data_in.h"

const struct dns_name dns_root = { .n = 1 };

int
dns_unescape(struct str text, size_t *at)
{
	unsigned v = 0;

	if (text.p[*at] != '\\')
		return (unsigned char)text.p[(*at)++];
	if (++*at >= text.n)
		return -1;
	if (!chr_is_digit(text.p[*at]))
		return (unsigned char)text.p[(*at)++];
	for (unsigned k = 0; k < 3; k++, ++*at) {
		if (*at >= text.n || !chr_is_digit(text.p[*at]))
			return -1;
		v = 10 * v + (unsigned)(text.p[*at] - '0');
	}
	return v <= 255 ? (int)v : -1;
}

/* The labels of TEXT, behind the FROM bytes that NAME has; without the root's
 * label. *ENDS: the last one has a dot behind it. */
static int
read_labels(struct str text, struct dns_name *name, bool *ends)
{
	size_t at = 0, n = 1; /* of the label's length; past its bytes */

	*ends = false;
	for (size_t i = 0; i < text.n;) {
		if ((*ends = text.p[i] == '.')) {
			if (n - at < 2)
				return ERR_SYNTAX;
			name->b[at] = (uint8_t)(n - at - 1);
			at = n++;
			i++;
			continue;
		}
		int c = dns_unescape(text, &i);

		if (c < 0 || n >= DNS_NAME_MAX - 1 || n - at > DNS_LABEL_MAX)
			return ERR_SYNTAX;
		name->b[n++] = (uint8_t)c;
	}
	if (*ends) {
		name->n = (uint8_t)at;
		return 0;
	}
	if (n - at < 2)
		return ERR_SYNTAX;
	name->b[at] = (uint8_t)(n - at - 1);
	name->n = (uint8_t)n;
	return 0;
}

/* REST behind NAME's labels, which have no root's label yet. */
static int
dns_name_put_behind(struct dns_name *name, const struct dns_name *rest)
{
	if ((size_t)name->n + rest->n > DNS_NAME_MAX)
		return ERR_SYNTAX;
	memcpy(name->b + name->n, rest->b, rest->n);
	name->n = (uint8_t)(name->n + rest->n);
	return 0;
}

int
dns_name_read(
    struct str text, const struct dns_name *origin, struct dns_name *name)
{
	struct dns_name whole = { 0 };
	bool absolute = false;
	int err;

	if (origin == NULL)
		origin = &dns_root;
	if (str_is(text, "@") || str_is(text, ".")) {
		*name = text.p[0] == '@' ? *origin : dns_root;
		return 0;
	}
	err = read_labels(text, &whole, &absolute);
	if (err == 0)
		err =
		    dns_name_put_behind(&whole, absolute ? &dns_root : origin);
	if (err == 0)
		*name = whole;
	return err;
}

/* How many bytes the name at the beginning of BYTES has, uncompressed; 0: there
 * is none. */
static size_t
dns_name_size(struct str bytes)
{
	size_t n = 0;

	while (n < bytes.n && n < DNS_NAME_MAX) {
		uint8_t label = (uint8_t)bytes.p[n];

		if (label > DNS_LABEL_MAX)
			return 0;
		n += 1u + label;
		if (label == 0)
			return n;
	}
	return 0;
}

int
dns_name_take(struct str bytes, struct dns_name *name)
{
	if (bytes.n == 0 || dns_name_size(bytes) != bytes.n)
		return ERR_SYNTAX;
	name->n = (uint8_t)bytes.n;
	memcpy(name->b, bytes.p, bytes.n);
	return 0;
}

void
dns_name_write(const struct dns_name *name, struct buf *out)
{
	size_t at = 0;

	if (name->n == 1)
		buf_putc(out, '.');
	while (name->b[at] != 0) {
		size_t end = at + 1 + name->b[at];

		if (at++ > 0)
			buf_putc(out, '.');
		for (; at < end; at++) {
			char c = (char)name->b[at];

			if (c <= ' ' || c > '~') {
				buf_printf(out, "\\%03u", name->b[at]);
				continue;
			}
			if (str_chr(STR(".\\\"();@$"), c) >= 0)
				buf_putc(out, '\\');
			buf_putc(out, c);
		}
	}
}

bool
dns_name_eq(const struct dns_name *a, const struct dns_name *b)
{
	return str_ieq(dns_name_view(a), dns_name_view(b));
}

bool
dns_name_is_below(const struct dns_name *name, const struct dns_name *zone)
{
	unsigned n = dns_name_labels(name), least = dns_name_labels(zone);
	struct dns_name rest;

	if (n < least)
		return false;
	dns_name_cut(name, n - least, &rest);
	return dns_name_eq(&rest, zone);
}

unsigned
dns_name_labels(const struct dns_name *name)
{
	unsigned n = 0;

	for (size_t at = 0; name->b[at] != 0; at += 1u + name->b[at])
		n++;
	return n;
}

void
dns_name_cut(
    const struct dns_name *name, unsigned labels, struct dns_name *rest)
{
	size_t at = 0;
	struct dns_name cut = { 0 };

	for (; labels > 0 && name->b[at] != 0; labels--)
		at += 1u + name->b[at];
	cut.n = (uint8_t)(name->n - at);
	memcpy(cut.b, name->b + at, cut.n);
	*rest = cut;
}

int
dns_name_join(
    const char *first, const struct dns_name *name, struct dns_name *whole)
{
	struct dns_name joined = { 0 };
	bool absolute = false;
	int err = read_labels(str_of(first), &joined, &absolute);

	if (err == 0 && absolute)
		err = ERR_SYNTAX;
	if (err == 0)
		err = dns_name_put_behind(&joined, name);
	if (err == 0)
		*whole = joined;
	return err;
}

void
dns_name_fold(struct dns_name *name)
{
	/* Lengths are at most 63, below any letter. */
	for (size_t i = 0; i < name->n; i++)
		name->b[i] = (uint8_t)chr_lower((char)name->b[i]);
}

void
dns_name_of_addr(const struct addr *a, struct dns_name *name)
{
	LOCAL_BUF text = BUF_INIT;

	for (size_t i = a->len; i-- > 0;)
		if (a->len == 4)
			buf_printf(&text, "%u.", a->ip[i]);
		else
			buf_printf(
			    &text, "%x.%x.", a->ip[i] & 15u, a->ip[i] >> 4);
	buf_puts(&text, a->len == 4 ? "in-addr.arpa." : "ip6.arpa.");
	if (dns_name_read(buf_view(&text), NULL, name) != 0)
		*name = dns_root; /* without memory, which is counted */
}

/* What the data of records say: see dns/message.h, dns/data_in.h. */

static const struct {
	unsigned type;
	const char *form;
} forms[] = {
	{ DNS_TYPE_A, "4" },
	{ DNS_TYPE_NS, "n" },
	{ DNS_TYPE_CNAME, "n" },
	{ DNS_TYPE_SOA, "nnwwwww" },
	{ DNS_TYPE_PTR, "n" },
	{ DNS_TYPE_MX, "hn" },
	{ DNS_TYPE_TXT, "S" },
	{ DNS_TYPE_AAAA, "6" },
	{ DNS_TYPE_SRV, "hhhN" },
	{ DNS_TYPE_NAPTR, "hhsssN" },
};

const char *
dns_form(unsigned type, unsigned class)
{
	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (forms[i].type == type && class == DNS_CLASS_IN)
			return forms[i].form;
	return NULL;
}

size_t
dns_part_size(enum dns_part p, struct str data)
{
	size_t n = 0;

	switch (p) {
	case DNS_IP4:
	case DNS_32:
		n = 4;
		break;
	case DNS_IP6:
		n = 16;
		break;
	case DNS_16:
		n = 2;
		break;
	case DNS_NAME:
	case DNS_TARGET:
		return dns_name_size(data);
	case DNS_STRING:
	case DNS_STRINGS:
		n = data.n > 0 ? 1u + (uint8_t)data.p[0] : 1;
		break;
	}
	return n <= data.n ? n : 0;
}

bool
dns_data_fit(const char *form, struct str data)
{
	while (*form != '\0') {
		size_t n = dns_part_size((enum dns_part) * form, data);

		if (n == 0)
			return false;
		data = str_slice(data, n, data.n);
		if (*form != DNS_STRINGS || data.n == 0)
			form++;
	}
	return data.n == 0;
}

/* R is of TYPE, and its data are. */
static bool
dns_name_is_sound(const struct dns_record *r, unsigned type)
{
	const char *form = dns_form(type, r->class);

	return r->type == type && form != NULL && dns_data_fit(form, r->data);
}

/* The next part, cut off DATA. */
static struct str
dns_name_cut_label(enum dns_part p, struct str *data)
{
	size_t n = dns_part_size(p, *data);
	struct str part = str_slice(*data, 0, n);

	*data = str_slice(*data, n, data->n);
	return part;
}

static uint16_t
cut16(struct str *data)
{
	return get16(dns_name_cut_label(DNS_16, data).p);
}

static struct str
cut_string(struct str *data)
{
	struct str s = dns_name_cut_label(DNS_STRING, data);

	return str_slice(s, 1, s.n);
}

int
dns_record_addr(const struct dns_record *r, struct addr *a)
{
	if (!dns_name_is_sound(r, DNS_TYPE_A) &&
	    !dns_name_is_sound(r, DNS_TYPE_AAAA))
		return ERR_SYNTAX;
	*a = (struct addr){ .len = (uint8_t)r->data.n };
	memcpy(a->ip, r->data.p, a->len);
	return 0;
}

int
dns_record_target(const struct dns_record *r, struct dns_name *target)
{
	const char *form = dns_form(r->type, r->class);

	return form != NULL && strcmp(form, "n") == 0
		   ? dns_name_take(r->data, target)
		   : ERR_SYNTAX;
}

int
dns_record_srv(const struct dns_record *r, struct dns_srv *srv)
{
	struct str d = r->data;

	if (!dns_name_is_sound(r, DNS_TYPE_SRV))
		return ERR_SYNTAX;
	srv->priority = cut16(&d);
	srv->weight = cut16(&d);
	srv->port = cut16(&d);
	return dns_name_take(d, &srv->target);
}

int
dns_record_naptr(const struct dns_record *r, struct dns_naptr *naptr)
{
	struct str d = r->data;

	if (!dns_name_is_sound(r, DNS_TYPE_NAPTR))
		return ERR_SYNTAX;
	naptr->order = cut16(&d);
	naptr->preference = cut16(&d);
	naptr->flags = cut_string(&d);
	naptr->service = cut_string(&d);
	naptr->regexp = cut_string(&d);
	return dns_name_take(d, &naptr->replacement);
}

int
dns_record_soa(const struct dns_record *r, struct dns_soa *soa)
{
	uint32_t *numbers[] = { &soa->serial, &soa->refresh, &soa->retry,
		&soa->expire, &soa->minimum };
	struct str d = r->data;
	int err;

	if (!dns_name_is_sound(r, DNS_TYPE_SOA))
		return ERR_SYNTAX;
	err = dns_name_take(dns_name_cut_label(DNS_NAME, &d), &soa->server);
	if (err == 0)
		err = dns_name_take(
		    dns_name_cut_label(DNS_NAME, &d), &soa->mailbox);
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		*numbers[i] = get32(dns_name_cut_label(DNS_32, &d).p);
	return err;
}

void
dns_put_addr(const struct addr *a, struct buf *out)
{
	buf_add(out, (const char *)a->ip, a->len);
}

void
dns_put_target(const struct dns_name *target, struct buf *out)
{
	buf_str(out, dns_name_view(target));
}

void
dns_put_srv(const struct dns_srv *srv, struct buf *out)
{
	put16(out, srv->priority);
	put16(out, srv->weight);
	put16(out, srv->port);
	dns_put_target(&srv->target, out);
}

static void
put_character_string(struct str s, struct buf *out)
{
	s = str_slice(s, 0, 255);
	buf_putc(out, (char)s.n);
	buf_str(out, s);
}

void
dns_put_naptr(const struct dns_naptr *naptr, struct buf *out)
{
	put16(out, naptr->order);
	put16(out, naptr->preference);
	put_character_string(naptr->flags, out);
	put_character_string(naptr->service, out);
	put_character_string(naptr->regexp, out);
	dns_put_target(&naptr->replacement, out);
}

void
dns_put_soa(const struct dns_soa *soa, struct buf *out)
{
	const uint32_t numbers[] = { soa->serial, soa->refresh, soa->retry,
		soa->expire, soa->minimum };

	dns_put_target(&soa->server, out);
	dns_put_target(&soa->mailbox, out);
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		put32(out, numbers[i]);
}

/* ---- as a zone file has them (RFC 1035 5.1, RFC 3597 5) ---- */

static void
write_string(struct str s, struct buf *out)
{
	buf_putc(out, '"');
	for (size_t i = 1; i < s.n; i++) {
		char c = s.p[i];

		if (c < ' ' || c > '~') {
			buf_printf(out, "\\%03u", (unsigned)(uint8_t)c);
			continue;
		}
		if (c == '"' || c == '\\')
			buf_putc(out, '\\');
		buf_putc(out, c);
	}
	buf_putc(out, '"');
}

static void
dns_name_write_part(enum dns_part p, struct str part, struct buf *out)
{
	struct addr a = { .len = (uint8_t)part.n };
	struct dns_name name;

	buf_putc(out, ' ');
	switch (p) {
	case DNS_IP4:
	case DNS_IP6:
		memcpy(a.ip, part.p, part.n);
		addr_write(&a, out);
		break;
	case DNS_16:
		buf_u64(out, get16(part.p));
		break;
	case DNS_32:
		buf_u64(out, get32(part.p));
		break;
	case DNS_NAME:
	case DNS_TARGET:
		if (dns_name_take(part, &name) != 0)
			break;
		dns_name_write(&name, out);
		if (name.n > 1)
			buf_putc(out, '.');
		break;
	case DNS_STRING:
	case DNS_STRINGS:
		write_string(part, out);
		break;
	}
}

void
dns_record_write(const struct dns_record *r, struct buf *out)
{
	const char *form = dns_form(r->type, r->class);
	struct str d = r->data;

	dns_type_write(r->type, out);
	if (form == NULL || !dns_data_fit(form, d)) {
		buf_printf(out, " \\# %zu", d.n);
		if (d.n > 0)
			buf_putc(out, ' ');
		for (size_t i = 0; i < d.n; i++)
			buf_hex(out, (uint8_t)d.p[i], 2);
		return;
	}
	while (*form != '\0') {
		enum dns_part p = (enum dns_part) * form;

		dns_name_write_part(p, dns_name_cut_label(p, &d), out);
		if (p != DNS_STRINGS || d.n == 0)
			form++;
	}
}
