/* The data of records, read and written; see dns/dns_message.h, dns/data_in.h.
 */
#include "dns/dns_message.h"

#include "base/err.h"
#include "dns/data_in.h"

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
