/* Recognizes messages of other protocols; see packets/other_protocols.h. */
#include "packets/other_protocols.h"

#include "base/err.h"
#include "base/mem.h"
#include "diameter/diameter.h"
#include "dns/dns_message.h"
#include "isup/isup.h"
#include "isup/m3ua.h"
#include "megaco/megaco.h"
#include "stun/stun.h"
#include "tls/seen.h"
#include "trace/vocab.h"
#include "wire/bytes.h"

/* ---- in datagrams of their own ---- */

#define LOCATION_WORD 16
#define WORD_MOST     32

bool
other_protocols_is_dns(const struct datagram *d)
{
	return d->port[0] == TRACE_PORT_DNS || d->port[1] == TRACE_PORT_DNS;
}

/* RFC 1035 4.1.1: QR */
const char *
other_protocols_dns_name(struct str bytes)
{
	return bytes.n > 2 && (bytes.p[2] & 0x80) != 0 ? "answer" : "query";
}

static void
name_stun(struct str bytes, struct buf *name)
{
	/* RFC 8489 5: two bits of a type are the class. */
	unsigned type = get16(bytes.p);

	stun_write_name(type & 0x3eefu, (enum stun_class)(type & 0x110u), name);
}

/* RFC 3525 B.2: the long and the short word that a message begins with. */
static bool
name_megaco(struct str bytes, struct buf *name)
{
	struct str text;

	/* Media, of which there is most, does not begin so. */
	if (bytes.n == 0 || (bytes.p[0] & 0x80) != 0)
		return false;
	text = str_trim(bytes);
	if (!str_starts(text, "MEGACO/") && !str_starts(text, "!/"))
		return false;
	megaco_write_name(bytes, name);
	return name->n > 0;
}

/* What rung's own location services are asked and answer (docs/roles):
 * {"op":"query", … */
static bool
name_location(const struct datagram *d, struct buf *name)
{
	static const char head[] = "{\"op\":\"";
	struct str word, rest;

	if ((d->port[0] != TRACE_PORT_LOCATION &&
		d->port[1] != TRACE_PORT_LOCATION) ||
	    !str_starts(d->payload, head))
		return false;
	word = str_cut(
	    str_slice(d->payload, sizeof(head) - 1, d->payload.n), '"', &rest);
	if (rest.n > 0)
		buf_str(name, word);
	return name->n > 0 && name->n < LOCATION_WORD;
}

const char *
other_protocols_crlf_name(struct str bytes)
{
	return str_is(bytes, "\r\n\r\n") ? "ping"
	       : str_is(bytes, "\r\n")   ? "pong"
					 : NULL;
}

/* RFC 5626 3.5.1, to or from a port of SIP. */
static bool
name_crlf(const struct datagram *d, struct buf *name)
{
	const char *word = other_protocols_crlf_name(d->payload);

	if (word == NULL)
		return false;
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < ADDR_KNOWN_TRANSPORTS && name->n == 0;
		     i++)
			if (d->port[side] == addr_transports[i].port)
				buf_puts(name, word);
	return name->n > 0;
}

/* What rung's programs say by H.323 (docs/roles/script.md): a text, whose first
 * word is its name. */
static bool
name_h323(const struct datagram *d, struct buf *name)
{
	struct str rest, word = str_cut(d->payload, ' ', &rest);

	if ((d->port[0] != TRACE_PORT_H323 && d->port[1] != TRACE_PORT_H323) ||
	    word.n < 2 || word.n > WORD_MOST || word.p[0] < 'A' ||
	    word.p[0] > 'Z')
		return false;
	for (size_t i = 1; i < word.n; i++)
		if (!chr_is_alpha(word.p[i]))
			return false;
	buf_str(name, word);
	return true;
}

enum trace_proto
other_protocols_datagram(const struct datagram *d, struct buf *name)
{
	buf_clear(name);
	if (other_protocols_is_dns(d) && d->payload.n > 0) {
		buf_puts(name, other_protocols_dns_name(d->payload));
		return TRACE_PROTO_DNS;
	}
	if (name_megaco(d->payload, name))
		return TRACE_PROTO_MEGACO;
	if (name_location(d, name))
		return TRACE_PROTO_LOCATION;
	if (name_crlf(d, name))
		return TRACE_PROTO_CRLF;
	if (name_h323(d, name))
		return TRACE_PROTO_H323;
	if (!stun_is(d->payload))
		return TRACE_PROTO_UDP;
	name_stun(d->payload, name);
	return TRACE_PROTO_STUN;
}

static const char *
find_dns_fault(struct str bytes, const char **at)
{
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault = DNS_FAULT_NONE;
	int err = dns_message_read(dns_message_unframe(bytes), &m, &fault);
	bool response = m.response;

	dns_message_free(&m);
	*at = dns_fault_name(fault);
	return err != ERR_SYNTAX ? NULL
	       : response        ? trace_refusal_name(TRACE_REFUSAL_DNS_BYTES)
			  : trace_refusal_name(TRACE_REFUSAL_DNS_QUESTION);
}

static const char *
find_stun_fault(struct str bytes, const char **at)
{
	struct stun m;
	enum stun_fault fault = stun_read(bytes, &m);

	*at = stun_fault_words(fault);
	return fault != STUN_FAULT_NONE ? trace_refusal_name(TRACE_REFUSAL_STUN)
					: NULL;
}

static const char *
find_isup_fault(struct str bytes, const char **at)
{
	struct isup *m = mem_alloc(sizeof(*m));
	enum isup_fault fault = ISUP_FAULT_NONE;
	struct mtp_label label;
	struct str isup;
	unsigned cic;

	if (m != NULL && mtp3_read_isup(bytes, &label, &cic, &isup))
		fault = isup_read(isup, m);
	mem_free(m);
	*at = isup_fault_text(fault);
	return fault != ISUP_FAULT_NONE ? trace_refusal_name(TRACE_REFUSAL_ISUP)
					: NULL;
}

/* In a command that is not known nothing is a fault. */
static const char *
find_diameter_fault(struct str bytes, const char **at)
{
	struct diameter m;
	enum diameter_fault fault = diameter_read(bytes, &m);

	*at = diameter_fault_name(fault);
	return fault != DIAMETER_FAULT_NONE &&
		       m.command != DIAMETER_COMMAND_COUNT
		   ? trace_refusal_name(TRACE_REFUSAL_DIAMETER)
		   : NULL;
}

static const char *
find_megaco_fault(struct str bytes, const char **at)
{
	struct megaco m;
	unsigned fault = megaco_read(bytes, &m);

	*at = megaco_error_words(fault);
	return fault != 0 ? trace_refusal_name(TRACE_REFUSAL_MEGACO) : NULL;
}

const char *
other_protocols_fault(enum trace_proto proto, struct str bytes, const char **at)
{
	static const char *(*const faults[TRACE_PROTO_COUNT])(
	    struct str bytes, const char **at) = {
		[TRACE_PROTO_DNS] = find_dns_fault,
		[TRACE_PROTO_STUN] = find_stun_fault,
		[TRACE_PROTO_MEGACO] = find_megaco_fault,
		[TRACE_PROTO_ISUP] = find_isup_fault,
		[TRACE_PROTO_DIAMETER] = find_diameter_fault,
	};

	return faults[proto] != NULL ? faults[proto](bytes, at) : NULL;
}

/* ---- what SCTP carries ---- */

bool
other_protocols_is_diameter(const struct datagram *d)
{
	return d->port[0] == TRACE_PORT_DIAMETER ||
	       d->port[1] == TRACE_PORT_DIAMETER;
}

/* RFC 6733 3: version 1, then a length that is a multiple of four. */
ptrdiff_t
other_protocols_diameter(struct str in, struct buf *name)
{
	struct diameter m;
	size_t n;

	if (in.n > 0 && in.p[0] != 1)
		return -1;
	n = in.n >= 4 ? get24(in.p + 1) : 0;
	if (in.n >= 4 && (n < DIAMETER_HEAD || n % 4 != 0))
		return -1;
	if (n == 0 || in.n < n)
		return 0;
	diameter_read(str_slice(in, 0, n), &m);
	buf_clear(name);
	diameter_write_name(&m, name);
	return m.head ? (ptrdiff_t)n : -1;
}

/* BYTES of MTP3 are of ISUP, a message whose type is known. */
static bool
name_isup(struct str bytes, struct buf *name)
{
	const struct isup_row *row = NULL;
	struct mtp_label label;
	struct str isup;
	unsigned cic;

	if (mtp3_read_isup(bytes, &label, &cic, &isup) && isup.n > 0)
		row = isup_row((uint8_t)isup.p[0]);
	if (row != NULL)
		buf_puts(name, row->name);
	return row != NULL;
}

/* H.248 in the form of annex A, a sequence of ASN.1. */
static bool
is_binary_megaco(struct str bytes)
{
	return bytes.n > 2 && bytes.p[0] == 0x30 &&
	       memmem(bytes.p, bytes.n < 8 ? bytes.n : 8, "\x80\1", 2) != NULL;
}

#define PORT_BINARY (TRACE_PORT_MEGACO + 1) /* RFC 3525 D.1 */

bool
other_protocols_is_binary(const struct datagram *d)
{
	return (d->port[0] == PORT_BINARY || d->port[1] == PORT_BINARY) &&
	       is_binary_megaco(d->payload);
}

enum trace_proto
other_protocols_signalling(uint8_t proto, struct str *message, struct buf *room,
    struct buf *name, enum capture_remark_kind *why)
{
	ptrdiff_t n;

	buf_clear(name);
	buf_clear(room);
	if (proto == DECODE_MTP3 || m3ua_read(*message, room)) {
		*why = CAPTURE_USER_PART;
		if (proto != DECODE_MTP3)
			*message = buf_view(room);
		return name_isup(*message, name) ? TRACE_PROTO_ISUP
						 : TRACE_PROTO_UDP;
	}
	n = other_protocols_diameter(*message, name);
	if (n > 0 && (size_t)n == message->n)
		return TRACE_PROTO_DIAMETER;
	*why = is_binary_megaco(*message) ? CAPTURE_BINARY : CAPTURE_SCTP;
	buf_clear(name);
	return name_megaco(*message, name) ? TRACE_PROTO_MEGACO
					   : TRACE_PROTO_UDP;
}

/* ---- TLS ---- */

#define NAMES_MOST 200

/* What was named last is not named twice. */
static void
add_tls_name(struct buf *names, const struct tls_seen *s, size_t *last)
{
	bool alert = s->type == TLS_ALERT && !s->sealed;

	if (names->n > NAMES_MOST ||
	    (!alert &&
		str_is(str_slice(buf_view(names), *last, names->n), s->name)))
		return;
	buf_puts(names, names->n > 0 ? ", " : "");
	*last = names->n;
	buf_printf(names, "%s%s", alert ? "Alert " : "", s->name);
}

size_t
other_protocols_tls(struct str in, bool *sealed, struct buf *name, bool *bad)
{
	struct tls_seen s = { .rest = in, .sealed = *sealed };
	size_t last = 0;

	buf_clear(name);
	while (tls_see(&s))
		add_tls_name(name, &s, &last);
	*sealed = s.sealed;
	*bad = s.bad && s.rest.n == in.n;
	return in.n - s.rest.n;
}

/* RFC 8446 5.1, 4, 6 */
bool
other_protocols_begins_tls(struct str in)
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
