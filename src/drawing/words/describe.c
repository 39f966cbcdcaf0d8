/* What a message that is no SIP is about, a function for each protocol. */
#include "words/describe.h"

#include "base/err.h"
#include "base/i18n.h"
#include "diameter/diameter.h"
#include "dns/dns_message.h"
#include "stun/stun.h"
#include "text/json.h"
#include "text/utf8.h"

/* ---- which function describes a protocol's messages ---- */

size_t
describe_message(const struct trace_rec *send, struct str name, struct buf *out)
{
	static describe_fn *const describes[] = {
#define X(id, name, class, arrow, port, describe) [TRACE_PROTO_##id] = describe,
		TRACE_PROTOS(X)
#undef X
	};
	enum trace_proto proto = trace_proto_find(name);
	struct buf bytes = BUF_INIT;
	size_t gist;

	if (proto == TRACE_PROTO_COUNT || describes[proto] == NULL)
		return 0;
	gist = describes[proto](trace_bytes(send, &bytes), out);
	buf_end(&bytes, &out->err);
	return gist;
}

#define IDENTITY_CELLS 40

/* Whom a Diameter question is for, how an answer goes. */
size_t
describe_diameter(struct str bytes, struct buf *out)
{
	enum diameter_value result;
	struct diameter m;
	struct str who;

	diameter_read(bytes, &m);
	if (!m.head)
		return 0;
	result = diameter_result(&m);
	who = diameter_find(m.avps, DIAMETER_AVP_PUBLIC_IDENTITY);
	if (who.n == 0)
		who = diameter_find(m.avps, DIAMETER_AVP_USER_NAME);
	if ((m.flags & DIAMETER_REQUEST) == 0 &&
	    result != DIAMETER_VALUE_COUNT) {
		buf_printf(out, ": %s",
		    diameter_value_name(result) + strlen("DIAMETER_"));
	} else if (who.n > 0) {
		buf_puts(out, ": ");
		utf8_add_clipped(out, who, IDENTITY_CELLS);
	}
	return 0;
}

/* ---- questions and answers of the DNS (RFC 1035), in a few words ---- */

#define NAME_CELLS 40 /* longer ones are clipped */
#define KINDS      6  /* of records that are counted */

static void
put_clipped_name(const struct dns_name *name, struct buf *out)
{
	struct buf text = BUF_INIT;

	dns_name_write(name, &text);
	utf8_add_clipped(out, buf_view(&text), NAME_CELLS);
	buf_end(&text, &out->err);
}

/* "2 SRV, 2 A": how many of each type, in the order in which they come. */
static void
put_type_counts(const struct dns_record *r, size_t n, struct buf *out)
{
	uint16_t types[KINDS];
	size_t counts[KINDS] = { 0 }, k = 0;

	for (size_t i = 0; i < n; i++) {
		size_t at = 0;

		while (at < k && types[at] != r[i].type)
			at++;
		if (at == KINDS)
			continue;
		if (at == k)
			types[k++] = r[i].type;
		counts[at]++;
	}
	for (size_t i = 0; i < k; i++) {
		buf_printf(out, "%s%zu ", i > 0 ? ", " : "", counts[i]);
		dns_type_write(types[i], out);
	}
}

/* One record by its data, several by their types; at *GIST ends the type of the
 * first, or the part without additional ones. */
static void
gist_put_records(const struct dns_message *m, struct buf *out, size_t *gist)
{
	size_t n = m->counts[DNS_ANSWER];
	size_t more = m->counts[DNS_ADDITIONAL];
	struct buf text = BUF_INIT;

	if (n == 1 && more == 0) {
		dns_type_write(m->records->type, &text);
		*gist = out->n + text.n;
		buf_clear(&text);
		dns_record_write(m->records, &text);
		utf8_add_clipped(out, buf_view(&text), NAME_CELLS);
		buf_end(&text, &out->err);
		return;
	}
	put_type_counts(m->records, n, out);
	*gist = out->n;
	if (more > 0) {
		buf_puts(out, ", ");
		put_type_counts(
		    dns_message_section(m, DNS_ADDITIONAL), more, out);
	}
}

/* An answer without answers: where else to ask, or that there is nothing. */
static void
gist_put_nothing(const struct dns_message *m, struct buf *out)
{
	const struct dns_record *r = dns_message_section(m, DNS_AUTHORITY);
	struct dns_name zone;

	if (r != NULL && r->type == DNS_TYPE_NS && !m->authoritative &&
	    dns_name_take(r->name, &zone) == 0) {
		buf_puts(out, "→ ");
		put_clipped_name(&zone, out);
	} else {
		buf_puts(out, _("no such record"));
	}
}

static void
gist_put_answer(const struct dns_message *m, struct buf *out, size_t *gist)
{
	buf_puts(out, ": ");
	if (m->rcode != DNS_NOERROR)
		dns_rcode_write(m->rcode, out);
	else if (m->truncated)
		buf_puts(out, _("truncated"));
	else if (m->counts[DNS_ANSWER] > 0)
		gist_put_records(m, out, gist);
	else
		gist_put_nothing(m, out);
}

size_t
describe_dns(struct str bytes, struct buf *out)
{
	LOCAL(dns_message_free) struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	size_t before = out->n, gist = before;
	int err = dns_message_read(dns_message_unframe(bytes), &m, &fault);

	if (err == ERR_NOMEM)
		out->err = err;
	if (err == 0 && m.response) {
		gist_put_answer(&m, out, &gist);
	} else if (err == 0 && m.has_question) {
		buf_putc(out, ' ');
		dns_type_write(m.type, out);
		gist = out->n;
		buf_putc(out, ' ');
		put_clipped_name(&m.question, out);
	}
	return gist - before;
}

#define URI_CELLS 40 /* longer ones are clipped */

/* "bob@b.example" of a JSON string with a SIP URI. */
static void
gist_put_uri(struct json_value uri, struct buf *out)
{
	struct buf word = BUF_INIT;
	struct str text;

	if (json_text(uri, &word) == 0) {
		text = buf_view(&word);
		if (str_istarts(text, "sip:"))
			text = str_slice(text, 4, text.n);
		utf8_add_clipped(out, text, URI_CELLS);
	}
	buf_end(&word, &out->err);
}

/*
 * The questions to a location service, and its answers:
 * roles/location/location.h.
 */
size_t
describe_location(struct str bytes, struct buf *out)
{
	struct json_value v, item;
	size_t at = 0, before = out->n, lead;

	if (json_read(&bytes, &v) != 0)
		return 0;
	item = json_member(v, "aor");
	/* What was asked stands behind the word, an answer behind a colon. */
	buf_puts(out, item.type == JSON_STRING ? " " : ": ");
	lead = out->n;
	if (item.type != JSON_STRING) {
		v = json_member(v, "contacts");
		if (json_item(v, &at, &item))
			item = json_member(item, "uri");
		else if (v.type == JSON_ARRAY)
			buf_puts(out, _("nobody"));
	}
	if (item.type == JSON_STRING)
		gist_put_uri(item, out);
	if (out->n == lead)
		buf_truncate(out, before);
	return 0;
}

/* ---- what a STUN message is about: RFC 8489, RFC 5780 ---- */

#define REASON_CELLS 30

size_t
describe_stun(struct str bytes, struct buf *out)
{
	size_t before = out->n, gist = 0;
	struct stun m;

	if (stun_read(bytes, &m) != STUN_FAULT_NONE)
		return 0;
	if (m.mapped.len != 0) {
		buf_puts(out, ": ");
		addr_write(&m.mapped, out);
	} else if (m.code != 0) {
		buf_printf(out, ": %u", m.code);
		gist = out->n - before;
		buf_putc(out, ' ');
		utf8_add_clipped(out, m.reason, REASON_CELLS);
	} else if (m.change != 0) {
		buf_puts(out, " (");
		buf_puts(out, (m.change & STUN_CHANGE_IP) != 0
				  ? _("from the other address")
				  : _("from the other port"));
		buf_putc(out, ')');
	}
	return gist;
}
