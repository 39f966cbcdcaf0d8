/* Messages of DNS, STUN, H.248 and TLS in a capture; see packets/other.h. */
#include "packets/other.h"

#include "base/err.h"
#include "dns/message.h"
#include "megaco/megaco.h"
#include "stun/stun.h"
#include "tls/seen.h"
#include "trace/vocab.h"
#include "wire/bytes.h"

/* ---- DNS, STUN, H.248 ---- */

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

	stun_write_name(type & 0x3eefu, (enum stun_class)(type & 0x110u), name);
}

enum trace_proto
other_datagram(const struct datagram *d, struct buf *name)
{
	buf_clear(name);
	if (other_is_dns(d) && d->payload.n > 0) {
		buf_puts(name, other_dns_name(d->payload));
		return TRACE_PROTO_DNS;
	}
	if (d->port[0] == TRACE_PORT_MEGACO ||
	    d->port[1] == TRACE_PORT_MEGACO) {
		megaco_write_name(d->payload, name);
		if (name->n > 0)
			return TRACE_PROTO_MEGACO;
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
	bool response = m.response;

	dns_message_free(&m);
	*at = dns_fault_name(fault);
	return err != ERR_SYNTAX ? NULL
	       : response        ? trace_refusal_name(TRACE_REFUSAL_DNS_BYTES)
			  : trace_refusal_name(TRACE_REFUSAL_DNS_QUESTION);
}

static const char *
fault_of_stun(struct str bytes, const char **at)
{
	struct stun m;
	enum stun_fault fault = stun_read(bytes, &m);

	*at = stun_fault_words(fault);
	return fault != STUN_FAULT_NONE ? trace_refusal_name(TRACE_REFUSAL_STUN)
					: NULL;
}

static const char *
fault_of_megaco(struct str bytes, const char **at)
{
	struct megaco m;
	unsigned fault = megaco_read(bytes, &m);

	*at = megaco_error_words(fault);
	return fault != 0 ? trace_refusal_name(TRACE_REFUSAL_MEGACO) : NULL;
}

const char *
other_fault(enum trace_proto proto, struct str bytes, const char **at)
{
	static const char *(*const faults[TRACE_PROTO_COUNT])(
	    struct str bytes, const char **at) = {
		[TRACE_PROTO_DNS] = fault_of_dns,
		[TRACE_PROTO_STUN] = fault_of_stun,
		[TRACE_PROTO_MEGACO] = fault_of_megaco,
	};

	return faults[proto] != NULL ? faults[proto](bytes, at) : NULL;
}

/* ---- TLS ---- */

#define NAMES_MOST 200

/* What was named last is not named twice. */
static void
add_name(struct buf *names, const struct tls_seen *s, size_t *last)
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
other_tls(struct str in, bool *sealed, struct buf *name, bool *bad)
{
	struct tls_seen s = { .rest = in, .sealed = *sealed };
	size_t last = 0;

	buf_clear(name);
	while (tls_see(&s))
		add_name(name, &s, &last);
	*sealed = s.sealed;
	*bad = s.bad && s.rest.n == in.n;
	return in.n - s.rest.n;
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
