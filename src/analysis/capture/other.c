/* Messages of DNS, STUN and TLS in a capture; see capture/other.h. */
#include "capture/other.h"

#include "base/err.h"
#include "dns/message.h"
#include "stun/stun.h"
#include "tls/handshake.h"
#include "wire/bytes.h"

/* ---- DNS and STUN ---- */

bool
other_is_dns(const struct datagram *d)
{
	return d->port[0] == TRACE_PORT_DNS || d->port[1] == TRACE_PORT_DNS;
}

/* RFC 1035 4.1.1: QR */
const char *
other_dns_name(struct str bytes)
{
	return bytes.n > 2 && (bytes.p[2] & 0x80) != 0 ? "answer" : "query";
}

static void
name_stun(struct str bytes, struct buf *name)
{
	/* RFC 8489 5: two bits of a type are the class. */
	unsigned type = get16(bytes.p);

	if ((type & 0x3eefu) == STUN_BINDING)
		buf_puts(name, "Binding ");
	else
		buf_printf(name, "0x%03x ", type & 0x3eefu);
	buf_puts(name, stun_class_words((enum stun_class)(type & 0x110u)));
}

enum trace_proto
other_datagram(const struct datagram *d, struct buf *name)
{
	buf_clear(name);
	if (other_is_dns(d) && d->payload.n > 0) {
		buf_puts(name, other_dns_name(d->payload));
		return TRACE_PROTO_DNS;
	}
	if (!stun_is(d->payload))
		return TRACE_PROTO_UDP;
	name_stun(d->payload, name);
	return TRACE_PROTO_STUN;
}

static const char *
fault_of_dns(struct str bytes, const char **at)
{
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault = DNS_FAULT_NONE;
	int err = dns_message_read(dns_message_unframe(bytes), &m, &fault);

	dns_message_free(&m);
	*at = dns_fault_name(fault);
	return err == ERR_SYNTAX ? "dns" : NULL;
}

static const char *
fault_of_stun(struct str bytes, const char **at)
{
	struct stun m;
	enum stun_fault fault = stun_read(bytes, &m);

	*at = stun_fault_words(fault);
	return fault != STUN_FAULT_NONE ? "stun" : NULL;
}

const char *
other_fault(enum trace_proto proto, struct str bytes, const char **at)
{
	return proto == TRACE_PROTO_DNS    ? fault_of_dns(bytes, at)
	       : proto == TRACE_PROTO_STUN ? fault_of_stun(bytes, at)
					   : NULL;
}

/* ---- TLS ---- */

#define HEAD_OF_MESSAGE 4 /* RFC 8446 4: type and length */
#define NAMES_MOST      200

static const char *
message_name(uint8_t number)
{
	for (size_t i = 0; i < TLS_MESSAGE_COUNT; i++)
		if (tls_messages[i].number == number && i != TLS_CIPHER)
			return tls_messages[i].name;
	return "handshake";
}

/* What was named last is not named twice. */
static void
add_name(struct buf *names, const char *name, size_t *last)
{
	if (names->n > NAMES_MOST ||
	    str_is(str_slice(buf_view(names), *last, names->n), name))
		return;
	buf_puts(names, names->n > 0 ? ", " : "");
	*last = names->n;
	buf_puts(names, name);
}

static void
name_messages(struct str body, struct buf *names, size_t *last)
{
	while (body.n >= HEAD_OF_MESSAGE) {
		const uint8_t *p = (const uint8_t *)body.p;
		size_t n = (size_t)p[1] << 16 | get16(p + 2);

		add_name(names, message_name(p[0]), last);
		body = str_slice(body, HEAD_OF_MESSAGE + n, body.n);
	}
}

static void
name_record(
    const struct tls_record *r, bool *sealed, struct buf *names, size_t *last)
{
	const char *alert;

	if (r->type == TLS_CHANGE_CIPHER_SPEC) {
		add_name(names, tls_messages[TLS_CIPHER].name, last);
		*sealed = true;
	} else if (r->type == TLS_DATA) {
		add_name(names, "application data", last);
	} else if (*sealed) {
		add_name(names,
		    r->type == TLS_ALERT ? "sealed alert" : "sealed handshake",
		    last);
	} else if (r->type == TLS_HANDSHAKE) {
		name_messages(r->body, names, last);
	} else {
		alert =
		    r->body.n == 2 ? tls_alert_name((uint8_t)r->body.p[1]) : "";
		add_name(names, "Alert", last);
		buf_printf(names, " %s", alert != NULL ? alert : "");
	}
}

size_t
other_tls(struct str in, bool *sealed, struct buf *name, bool *bad)
{
	enum tls_cut cut = TLS_CUT_MORE;
	enum tls_alert alert;
	struct tls_record r;
	size_t n = 0, last = 0;

	buf_clear(name);
	while (n < in.n && (cut = tls_cut_record(str_slice(in, n, in.n), &r,
				&alert)) == TLS_CUT_RECORD) {
		name_record(&r, sealed, name, &last);
		n += r.n;
	}
	*bad = n == 0 && cut == TLS_CUT_BAD;
	return n;
}

/* RFC 8446 5.1, 4, 6 */
bool
other_begins_tls(struct str in)
{
	const uint8_t *p = (const uint8_t *)in.p;

	if (in.n <= TLS_HEAD || p[1] != 3 || p[2] > 4)
		return false;
	if (p[0] == TLS_ALERT)
		return get16(p + 3) == 2;
	return p[0] == TLS_HANDSHAKE &&
	       (p[TLS_HEAD] == tls_messages[TLS_CLIENT_HELLO].number ||
		   p[TLS_HEAD] == tls_messages[TLS_SERVER_HELLO].number);
}
