/* Domain names: see dns/name.h. */
#include "dns/name.h"

#include "base/addr.h"
#include "base/err.h"
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
 * label. *ENDS: the last one has a dot after it. */
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

/* ---- what the data of records say: see dns/dns_message.h, dns/data_in.h ----
 */

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
