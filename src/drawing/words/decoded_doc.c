/*
 * Messages of binary protocols as lines for people, a function for each
 * protocol.
 */
#include "words/decoded_doc.h"

#include "base/err.h"
#include "base/i18n.h"
#include "diameter/diameter.h"
#include "stun/stun.h"
#include "text/json.h"
#include "text/utf8.h"
#include "tls/seen.h"
#include "trace/protocol.h"
#include "words/message_doc.h"
#include "words/telephony_doc.h"

/* ---- JSON as names and values ---- */

#define JSON_NAME 12 /* cells of a name */
#define STEP      2  /* of nested parts */

static void
put_member(struct doc *d, struct str name, struct json_value v, uint64_t seq,
    size_t indent, size_t width)
{
	struct buf b = BUF_INIT;

	doc_line(d, seq);
	doc_pad(d, indent);
	doc_put(d, STYLE_DIM, name);
	if (v.type == JSON_OBJECT || v.type == JSON_ARRAY)
		return;
	doc_pad(d, indent + JSON_NAME - 1);
	doc_puts(d, STYLE_PLAIN, " ");
	if (v.type == JSON_STRING)
		json_text(v, &b);
	else
		buf_str(&b, v.raw);
	doc_wrap_marked(d, buf_view(&b),
	    &(struct doc_marked){
		.indent = indent + JSON_NAME, .width = width });
	buf_end(&b, &d->err);
}

/* json_read bounds the depth. */
static void
decoded_message_put_members(struct doc *d, struct json_value in, uint64_t seq,
    size_t indent, size_t width)
{
	struct json_value v;
	struct str name;
	size_t at = 0;

	while (d->err == 0 && json_next(in.raw, &at, &name, &v) == 1) {
		put_member(
		    d, name.n > 0 ? name : STR("-"), v, seq, indent, width);
		if (v.type == JSON_OBJECT || v.type == JSON_ARRAY)
			decoded_message_put_members(
			    d, v, seq, indent + STEP, width);
	}
}

bool
json_doc(struct str text, uint64_t seq, size_t width, struct doc *d)
{
	struct json_value v;
	struct str rest = text;

	if (json_read(&rest, &v) != 0 || v.type != JSON_OBJECT)
		return false;
	json_skip_space(&rest);
	if (rest.n > 0)
		return false;
	decoded_message_put_members(d, v, seq, 0, width);
	return true;
}

#define LEAST  16 /* cells that a value has at the least (draw/doc.h) */
#define INDENT 4

void
named_rows_add(const struct named_rows *r, const char *name,
    enum canvas_style style, struct buf *value)
{
	bool narrow = r->width < r->name + LEAST;
	size_t indent = narrow ? INDENT : r->name;
	struct buf safe = BUF_INIT;

	utf8_add_safe(&safe, buf_view(value));
	doc_line(r->d, r->seq);
	if (narrow)
		doc_clip(r->d, STYLE_DIM, str_of(name), r->width);
	else
		doc_puts(r->d, STYLE_DIM, name);
	/* The value stands below its name. */
	if (narrow && name[0] != '\0')
		doc_line(r->d, r->seq);
	doc_pad(r->d, indent - 1);
	doc_puts(r->d, STYLE_PLAIN, " ");
	doc_wrap_marked(r->d, buf_view(&safe),
	    &(struct doc_marked){
		.style = style, .indent = indent, .width = r->width });
	buf_end(&safe, &r->d->err);
	buf_end(value, &r->d->err);
	*value = BUF_INIT;
}

#define DIAMETER_NAME 32 /* cells of a name */
#define DEPTH         4  /* groups in groups that are shown as such */

static void
put_avp_note(
    const struct named_rows *r, enum canvas_style style, struct buf *text)
{
	named_rows_add(r, "", style, text);
}

static void
put_avps(const struct named_rows *r, struct str avps, unsigned depth)
{
	struct diameter_avp a;
	size_t at = 0;

	while (r->d->err == 0 && diameter_next(avps, &at, &a)) {
		struct buf name = BUF_INIT, value = BUF_INIT, note = BUF_INIT;
		const char *words;

		buf_fill(&name, ' ', (size_t)depth * 2);
		diameter_write_avp_name(&a, &name);
		diameter_write_avp(&a, &value);
		named_rows_add(r, buf_cstr(&name), STYLE_PLAIN, &value);
		words = diameter_avp_words(&a, &note);
		if (words != NULL)
			buf_printf(&note, ": %s", words);
		else
			buf_puts(&note, _("not known"));
		put_avp_note(r, STYLE_DIM, &note);
		buf_end(&name, &r->d->err);
		if (diameter_is_group(&a) && depth < DEPTH)
			put_avps(r, a.value, depth + 1);
	}
}

/* RFC 6733 3 */
static void
decoded_message_put_head(const struct named_rows *r, const struct diameter *m)
{
	static const struct {
		uint8_t bit;
		const char *text;
	} flags[] = {
		{ DIAMETER_REQUEST, N_("question (R)") },
		{ DIAMETER_PROXIABLE, N_("proxiable (P)") },
		{ DIAMETER_ERROR, N_("error (E)") },
		{ DIAMETER_AGAIN, N_("potentially retransmitted (T)") },
	};
	struct buf b = BUF_INIT;

	diameter_write_name(m, &b);
	if (m->command != DIAMETER_COMMAND_COUNT)
		buf_printf(&b, " · %s", diameter_command_words(m->command));
	named_rows_add(r, "Diameter", STYLE_BOLD, &b);
	for (size_t i = 0; i < COUNT_OF(flags); i++)
		if ((m->flags & flags[i].bit) != 0)
			buf_printf(&b, "%s%s", b.n > 0 ? " · " : "",
			    i18n_text(flags[i].text));
	named_rows_add(r, _("flags"), STYLE_PLAIN, &b);
	buf_printf(&b, "0x%08lx · 0x%08lx", (unsigned long)m->hop,
	    (unsigned long)m->end);
	named_rows_add(r, "Hop-by-Hop, End-to-End", STYLE_PLAIN, &b);
}

/*
 * A Diameter message as lines for people: its head, then a line for each
 * AVP with what it holds and what it is for, those of a group below it.  False,
 * behind a line that says so, where BYTES have not even a head.
 */
static bool
list_diameter(struct str bytes, uint64_t seq, size_t width, struct doc *d)
{
	const struct named_rows r = { d, seq, width, DIAMETER_NAME };
	struct buf b = BUF_INIT;
	struct diameter m;

	diameter_read(bytes, &m);
	if (m.head) {
		decoded_message_put_head(&r, &m);
		put_avps(&r, m.avps, 0);
	}
	if (m.fault != DIAMETER_FAULT_NONE) {
		buf_printf(&b, "%s (%s)", diameter_fault_words(m.fault),
		    diameter_value_name(diameter_fault_result(m.fault)));
		named_rows_add(&r, _("wrong"), STYLE_LOST, &b);
	}
	return m.head;
}

#define DNS_NAME 13 /* cells of the part before a line */

/* RFC 1035 4.1.1: what the bits of the head say. */
static void
put_header_lines(const struct named_rows *s, const struct dns_message *m)
{
	const struct {
		bool is;
		const char *text;
	} flags[] = {
		{ m->authoritative, N_("authoritative (AA)") },
		{ m->truncated, N_("truncated (TC)") },
		{ m->recursion_desired, N_("recursion desired (RD)") },
		{ m->recursion_available, N_("recursion available (RA)") },
	};
	struct buf b = BUF_INIT;

	if (m->response)
		dns_rcode_write(m->rcode, &b);
	else
		buf_printf(&b, "QUERY");
	if (m->opcode != 0)
		buf_printf(&b, " · OPCODE %u", m->opcode);
	for (size_t i = 0; i < COUNT_OF(flags); i++)
		if (flags[i].is)
			buf_printf(&b, " · %s", i18n_text(flags[i].text));
	named_rows_add(
	    s, m->response ? _("answer") : _("question"), STYLE_BOLD, &b);
	buf_printf(&b, "%u", m->id);
	named_rows_add(s, "ID", STYLE_PLAIN, &b);
}

void
dns_doc_record(const struct dns_record *r, struct buf *out)
{
	struct dns_name owner;

	if (dns_name_take(r->name, &owner) == 0)
		dns_name_write(&owner, out);
	buf_printf(out, "  %lu  ", (unsigned long)r->ttl);
	dns_record_write(r, out);
}

static void
put_section_records(const struct named_rows *s, const char *name,
    const struct dns_record *r, size_t n)
{
	for (size_t i = 0; i < n && s->d->err == 0; i++) {
		struct buf b = BUF_INIT;

		dns_doc_record(&r[i], &b);
		named_rows_add(s, i == 0 ? name : "", STYLE_PLAIN, &b);
	}
}

static void
decoded_message_put(const struct named_rows *s, const struct dns_message *m)
{
	/* RFC 1035 4.1 */
	static const char *const names[] = { "ANSWER", "AUTHORITY",
		"ADDITIONAL" };
	struct buf b = BUF_INIT;

	put_header_lines(s, m);
	if (m->has_question) {
		dns_name_write(&m->question, &b);
		buf_puts(&b, "  ");
		dns_type_write(m->type, &b);
		named_rows_add(s, "QUESTION", STYLE_PLAIN, &b);
	}
	for (enum dns_section i = DNS_ANSWER; i < DNS_SECTIONS; i++)
		put_section_records(
		    s, names[i], dns_message_section(m, i), m->counts[i]);
	if (m->edns) {
		/* TRANSLATORS: what a DNS message's OPT record says */
		buf_printf(&b, _("version %u, takes %u bytes by UDP"),
		    m->edns_version, m->udp_size);
		named_rows_add(s, "EDNS", STYLE_PLAIN, &b);
	}
}

/*
 * A DNS message as lines for people: its head, its question, a line for
 * each record as a zone file would have it.  Where BYTES are no DNS message
 * false, behind a line that says why not.
 */
static bool
list_dns(struct str bytes, uint64_t seq, size_t width, struct doc *d)
{
	struct named_rows s = { d, seq, width, DNS_NAME };
	LOCAL(dns_message_free) struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	int err = dns_message_read(dns_message_unframe(bytes), &m, &fault);
	struct buf b = BUF_INIT;

	if (err == ERR_NOMEM) {
		d->err = err;
	} else if (err != 0) {
		/* TRANSLATORS: of bytes that should be a DNS message */
		buf_printf(&b, _("can't be read: %s"), dns_fault_text(fault));
		named_rows_add(&s, "DNS", STYLE_LOST, &b);
		doc_line(d, seq);
	} else {
		decoded_message_put(&s, &m);
	}
	return err == 0;
}

/* ---- STUN as names and values ---- */

#define STUN_NAME 22 /* cells of a name */

static void
decoded_message_put_attr(
    const struct named_rows *r, const struct stun *m, const struct stun_attr *a)
{
	struct buf name = BUF_INIT, value = BUF_INIT;

	stun_write_attr_name(a->type, &name);
	stun_attr_write(m, a, &value);
	named_rows_add(r, buf_cstr(&name), STYLE_PLAIN, &value);
	buf_end(&name, &r->d->err);
}

/* Appends BYTES to D, an attribute a line that leads to SEQ; false and nothing
 * where they are no STUN message. */
static bool
list_stun(struct str bytes, uint64_t seq, size_t width, struct doc *d)
{
	const struct named_rows r = { d, seq, width, STUN_NAME };
	struct buf text = BUF_INIT;
	struct stun_attr a;
	struct stun m;
	size_t at = 0;

	if (stun_read(bytes, &m) != STUN_FAULT_NONE)
		return false;
	stun_write_name(m.method, m.class, &text);
	named_rows_add(&r, "STUN", STYLE_PLAIN, &text);
	for (size_t i = 0; i < m.id.n; i++)
		buf_hex(&text, (unsigned char)m.id.p[i], 2);
	named_rows_add(&r, "transaction", STYLE_PLAIN, &text);
	while (d->err == 0 && stun_next(&m, &at, &a))
		decoded_message_put_attr(&r, &m, &a);
	return true;
}

/* ---- TLS as names and values ---- */

#define TLS_NAME 22 /* cells of a name */

static void
put_tls_version(struct buf *b, uint16_t version)
{
	for (size_t i = 0; i < TLS_VERSION_COUNT; i++)
		if (tls_versions[i].number == version) {
			buf_printf(b, "TLS %s", tls_versions[i].word);
			return;
		}
	buf_printf(b, "0x%04x", version);
}

static void
put_hello(const struct named_rows *s, const struct tls_seen *seen)
{
	bool client = seen->message == TLS_CLIENT_HELLO;
	struct buf b = BUF_INIT;
	struct tls_hello h;

	if (!tls_read_hello(seen->bytes, client, &h))
		return;
	put_tls_version(&b, h.version);
	named_rows_add(s, _("version"), STYLE_PLAIN, &b);
	if (client)
		buf_u64(&b, h.suites);
	else
		buf_printf(&b, "0x%04x", h.suite);
	named_rows_add(s, client ? _("cipher suites") : _("cipher suite"),
	    STYLE_PLAIN, &b);
	if (h.server_name.n > 0)
		buf_str(&b, h.server_name);
	if (h.server_name.n > 0)
		named_rows_add(s, _("server name"), STYLE_PLAIN, &b);
}

/* Of version 1.3 it is encrypted. */
static void
decoded_message_put_certificate(
    const struct named_rows *s, const struct tls_seen *seen)
{
	struct str der = tls_first_certificate(seen->bytes);
	struct buf names = BUF_INIT, b = BUF_INIT;
	struct tls_certificate c;

	if (der.n > 0 && tls_certificate_read(der, &c, &names) == 0) {
		buf_str(&b, c.subject);
		named_rows_add(s, _("subject"), STYLE_PLAIN, &b);
		buf_str(&b, c.issuer);
		named_rows_add(s, _("issuer"), STYLE_PLAIN, &b);
		buf_str(&b, c.names);
		named_rows_add(s, _("names"), STYLE_PLAIN, &b);
	}
	buf_end(&names, &s->d->err);
}

static void
put_seen(const struct named_rows *s, const struct tls_seen *seen)
{
	bool alert = seen->type == TLS_ALERT && !seen->sealed;
	struct buf b = BUF_INIT;

	buf_printf(&b, "%s%s · ", alert ? "Alert " : "", seen->name);
	message_put_bytes(&b, seen->bytes.n);
	named_rows_add(s, "TLS", alert ? STYLE_LOST : STYLE_BOLD, &b);
	if (seen->message == TLS_CLIENT_HELLO ||
	    seen->message == TLS_SERVER_HELLO)
		put_hello(s, seen);
	else if (seen->message == TLS_CERTIFICATE)
		decoded_message_put_certificate(s, seen);
}

/* Appends BYTES, records of one direction, to D: a row for each message, for
 * what it names, and for each record that is encrypted.  False: there are none.
 */
static bool
list_tls(struct str bytes, uint64_t seq, size_t width, struct doc *d)
{
	const struct named_rows s = { d, seq, width, TLS_NAME };
	struct tls_seen seen = { .rest = bytes };
	bool any = false;

	for (; d->err == 0 && tls_see(&seen); any = true)
		put_seen(&s, &seen);
	return any;
}

/* ---- which function lists a protocol's messages ---- */

typedef bool
decode_fn(struct str bytes, uint64_t seq, size_t width, struct doc *d);

static decode_fn *const decoders[TRACE_PROTO_COUNT] = {
	[TRACE_PROTO_DNS] = list_dns,
	[TRACE_PROTO_STUN] = list_stun,
	[TRACE_PROTO_DIAMETER] = list_diameter,
	[TRACE_PROTO_TLS] = list_tls,
	[TRACE_PROTO_ISUP] = isup_doc,
	[TRACE_PROTO_MEGACO] = megaco_doc,
};

bool
decoded_doc(struct str proto, struct str bytes, uint64_t seq, size_t width,
    struct doc *d)
{
	enum trace_proto p = trace_proto_find(proto);

	return p != TRACE_PROTO_COUNT && decoders[p] != NULL &&
	       decoders[p](bytes, seq, width, d);
}
