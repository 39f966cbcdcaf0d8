/*
 * The packets of a message with their headings, and what they carry beside
 * SIP: a message of DNS (RFC 1035 4), STUN (RFC 8489 5, 14) or ISUP (Q.763),
 * a frame of WebSocket (RFC 6455 5.2). Bytes that are not as they have to be
 * are shown as bytes.
 */
#include "words/layers_doc.h"

#include "base/addr.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "diameter/diameter.h"
#include "dns/dns_message.h"
#include "isup/isup.h"
#include "stun/stun.h"
#include "text/utf8.h"
#include "trace/protocol.h"
#include "wire/bytes.h"
#include "wire/websocket.h"
#include "words/decoded_doc.h"
#include "words/layers_doc_in.h"
#include "words/message_doc.h"
#include "words/time_words.h"

/* "packet 1 of 2 · alice → r1 · 0.500 s · 742 bytes": number I of OF. */
static void
put_packet_heading(const struct layers_packet *p, size_t i, size_t of,
    uint64_t seq, size_t width, struct doc *d)
{
	char when[TIME_ROOM];
	struct buf b = BUF_INIT;

	if (i > 0)
		doc_line(d, 0);
	doc_line(d, 0);
	doc_line(d, seq);
	/* TRANSLATORS: "packet 1 of 2" */
	buf_printf(&b, _("packet %zu of %zu"), i + 1, of);
	doc_put(d, STYLE_BOLD, buf_view(&b));
	buf_clear(&b);
	buf_puts(&b, " · ");
	utf8_add_safe(&b, p->from);
	buf_puts(&b, " → ");
	utf8_add_safe(&b, p->to);
	buf_printf(&b, " · %s s · ", time_text(p->t_ns, when));
	message_put_bytes(&b, p->frame.n);
	doc_wrap(d, STYLE_PLAIN, buf_view(&b), 4, width);
	if (p->lost) {
		doc_puts(d, STYLE_DIM, " · ");
		doc_puts(d, STYLE_LOST, _("lost"));
	}
	buf_end(&b, &d->err);
}

void
layers_doc(const struct trace *t, const struct trace_rec *send,
    const struct layers_packet *packets, size_t n, size_t left_out,
    size_t width, struct doc *d)
{
	struct buf message = BUF_INIT, fields = BUF_INIT;
	struct layers_message m = { .seq = send->seq,
		.bytes = message_bytes(t, send, &message) };
	const struct addr_transport_row *row;
	struct trace_send what = { .fwd = 0 };

	if (trace_get_send(send, &what, &fields) == 0)
		m.proto = what.proto;
	row = addr_transport_known(what.transport);
	m.framed = row != NULL && row->framing == ADDR_WEBSOCKET;
	message_heading(t, send->seq, width, d);
	if (n == 0) {
		doc_line(d, send->seq);
		doc_wrap(d, STYLE_DIM, str_of(_("It was sent in no packet.")),
		    0, width);
	}
	for (size_t i = 0; i < n && d->err == 0; i++) {
		put_packet_heading(
		    &packets[i], i, n + left_out, send->seq, width, d);
		layers_put_packet(&m, &packets[i], width, d);
	}
	buf_end(&message, &d->err);
	buf_end(&fields, &d->err);
}

static struct str
rest_of(const struct writing *w)
{
	return str_slice(w->p->frame, w->at, w->p->frame.n);
}

/* ---- DNS ---- */

/* How many bytes the name at AT has there; it is known to end (3.1, 4.1.4). */
static size_t
name_size(struct str bytes, size_t at)
{
	size_t n = at;

	while (n < bytes.n && bytes.p[n] != 0 && (bytes.p[n] & 0xc0) == 0)
		n += 1 + (size_t)(uint8_t)bytes.p[n];
	return n - at + (n < bytes.n && bytes.p[n] != 0 ? 2 : 1);
}

/* 4.1.1 */
static void
put_dns_head(struct writing *w, struct str bytes, const struct dns_message *m)
{
	static const char *const names[] = { N_("questions"), "ANSWER",
		"AUTHORITY", "ADDITIONAL" };
	const struct {
		bool is;
		const char *word;
	} bits[] = { { m->authoritative, "AA" }, { m->truncated, "TC" },
		{ m->recursion_desired, "RD" },
		{ m->recursion_available, "RA" } };
	struct buf b = BUF_INIT;

	layers_put_heading(w, LAYER_DNS, STR_NULL, bytes.n);
	buf_u64(&b, m->id);
	layers_put_row(w, LAYER_DNS, w->at, 2, "ID", &b);
	if (m->response)
		dns_rcode_write(m->rcode, &b);
	buf_puts(&b, m->response ? " · QR" : "QUERY");
	for (size_t i = 0; i < COUNT_OF(bits); i++)
		if (bits[i].is)
			buf_printf(&b, " · %s", bits[i].word);
	layers_put_row(w, LAYER_DNS, w->at + 2, 2, _("flags"), &b);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		buf_u64(&b, get16(bytes.p + 4 + 2 * i));
		layers_put_row(w, LAYER_DNS, w->at + 4 + 2 * i, 2,
		    i18n_text(names[i]), &b);
	}
}

/* 4.1.3: the records of a section, each a row; OPT is none of M's. */
static size_t
put_dns_section(struct writing *w, struct str bytes, size_t at, size_t n,
    const char *name, const struct dns_record **r)
{
	for (; n > 0 && w->d->err == 0; n--) {
		size_t head = name_size(bytes, at), size;
		struct buf b = BUF_INIT;

		if (at + head + 10 > bytes.n)
			break;
		size = head + 10 + get16(bytes.p + at + head + 8);
		if (get16(bytes.p + at + head) == DNS_TYPE_OPT)
			buf_puts(&b, "OPT");
		else
			dns_doc_record((*r)++, &b);
		layers_put_row(w, LAYER_DNS, w->at + at, size, name, &b);
		at += size;
	}
	return at;
}

static void
put_dns_message(
    struct writing *w, struct str bytes, const struct dns_message *m)
{
	static const char *const names[] = { "ANSWER", "AUTHORITY",
		"ADDITIONAL" };
	const struct dns_record *r = m->records;
	struct buf b = BUF_INIT;
	size_t at = DNS_HEADER, n;

	put_dns_head(w, bytes, m);
	if (m->has_question) {
		n = name_size(bytes, at) + 4;
		dns_name_write(&m->question, &b);
		buf_puts(&b, "  ");
		dns_type_write(m->type, &b);
		layers_put_row(w, LAYER_DNS, w->at + at, n, "QUESTION", &b);
		at += n;
	}
	for (size_t i = 0; i < COUNT_OF(names); i++)
		at = put_dns_section(
		    w, bytes, at, get16(bytes.p + 6 + 2 * i), names[i], &r);
	w->at += bytes.n;
}

void
layers_put_dns(struct writing *w)
{
	struct str rest = rest_of(w), bytes = dns_message_unframe(rest);
	LOCAL(dns_message_free) struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	struct buf b = BUF_INIT;
	int err = dns_message_read(bytes, &m, &fault);

	if (err == ERR_NOMEM)
		w->d->err = err;
	if (err == 0 && bytes.n < rest.n) {
		/* RFC 1035 4.2.2: over TCP. */
		layers_put_heading(w, LAYER_DNS, STR_NULL, 2);
		buf_u64(&b, bytes.n);
		layers_put_row(w, LAYER_DNS, w->at, 2, _("length"), &b);
		w->at += 2;
	}
	if (err == 0)
		put_dns_message(w, bytes, &m);
	else
		layers_put_data(w, STR("DNS"), rest.n);
}

/* ---- STUN ---- */

static void
put_stun_head(struct writing *w, const struct stun *m)
{
	struct buf b = BUF_INIT;

	layers_put_heading(w, LAYER_STUN, STR_NULL, m->bytes.n);
	stun_write_name(m->method, m->class, &b);
	layers_put_row(w, LAYER_STUN, w->at, 2, _("type"), &b);
	buf_u64(&b, get16(m->bytes.p + 2));
	layers_put_row(w, LAYER_STUN, w->at + 2, 2, _("length"), &b);
	buf_puts(&b, "0x2112a442");
	layers_put_row(w, LAYER_STUN, w->at + 4, 4, "magic cookie", &b);
	for (size_t i = 0; i < m->id.n; i++)
		buf_hex(&b, (uint8_t)m->id.p[i], 2);
	layers_put_row(w, LAYER_STUN, w->at + 8, STUN_ID, "transaction", &b);
}

void
layers_put_stun(struct writing *w)
{
	struct str rest = rest_of(w);
	struct stun_attr a;
	struct stun m;
	size_t at = 0, begin;

	if (stun_read(rest, &m) != STUN_FAULT_NONE) {
		layers_put_data(w, STR("STUN"), rest.n);
		return;
	}
	put_stun_head(w, &m);
	for (begin = at; w->d->err == 0 && stun_next(&m, &at, &a); begin = at) {
		struct buf b = BUF_INIT, name = BUF_INIT;

		stun_write_attr_name(a.type, &name);
		stun_attr_write(&m, &a, &b);
		layers_put_row(w, LAYER_STUN, w->at + STUN_HEAD + begin,
		    at - begin, buf_cstr(&name), &b);
		buf_end(&name, &w->d->err);
	}
	w->at += rest.n;
}

/* ---- ISUP ---- */

/* PART of the frame. */
static void
put_isup_part(
    struct writing *w, struct str part, const char *name, const char *value)
{
	struct buf b = BUF_INIT;

	if (part.n == 0)
		return;
	buf_puts(&b, value);
	layers_put_row(
	    w, LAYER_ISUP, (size_t)(part.p - w->p->frame.p), part.n, name, &b);
}

static void
put_isup_params(struct writing *w, const struct isup *m)
{
	bool pointers = false;

	for (size_t i = 0; i < m->n; i++) {
		const struct isup_param *p = &m->params[i];
		const char *clause = "", *name;

		if (p->part != ISUP_FIXED && !pointers)
			put_isup_part(w, m->pointers, _("pointers"), "");
		pointers |= p->part != ISUP_FIXED;
		name = isup_param_words(p->code, &clause);
		put_isup_part(w, p->all, clause,
		    name != NULL ? name
				 : _("a parameter that rung does not know"));
	}
	if (!pointers)
		put_isup_part(w, m->pointers, _("pointers"), "");
}

void
layers_put_isup(struct writing *w)
{
	struct str rest = rest_of(w), message = str_slice(rest, 2, rest.n);
	LOCAL_MEM struct isup *m = mem_alloc(sizeof(*m));
	struct buf b = BUF_INIT;

	if (m == NULL) {
		w->d->err = ERR_NOMEM;
	} else if (rest.n < 3 || (isup_read(message, m), m->row == NULL)) {
		layers_put_data(w, STR("ISUP"), rest.n);
	} else {
		layers_put_heading(w, LAYER_ISUP, STR_NULL, rest.n);
		buf_u64(&b, (uint8_t)rest.p[0] | (uint8_t)rest.p[1] << 8);
		layers_put_row(w, LAYER_ISUP, w->at, 2, "CIC", &b);
		put_isup_part(
		    w, str_slice(message, 0, 1), _("type"), m->row->name);
		put_isup_params(w, m);
		w->at += rest.n;
	}
}

/* ---- Diameter ---- */

/* RFC 6733 3 */
static void
put_diameter_head(struct writing *w, const struct diameter *m, size_t n)
{
	const struct {
		size_t at, n;
		const char *name;
		uint32_t value;
	} rows[] = { { 1, 3, N_("length"), (uint32_t)n },
		{ 4, 1, N_("flags"), m->flags },
		{ 5, 3, N_("command"), m->code },
		{ 8, 4, N_("application"), m->application },
		{ 12, 4, "Hop-by-Hop", m->hop },
		{ 16, 4, "End-to-End", m->end } };
	struct buf b = BUF_INIT;

	diameter_write_name(m, &b);
	layers_put_heading(w, LAYER_DIAMETER, buf_view(&b), n);
	buf_clear(&b);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		buf_printf(&b, "%lu", (unsigned long)rows[i].value);
		layers_put_row(w, LAYER_DIAMETER, w->at + rows[i].at, rows[i].n,
		    i18n_text(rows[i].name), &b);
	}
}

void
layers_put_diameter(struct writing *w)
{
	struct str rest = rest_of(w);
	struct diameter_avp a;
	struct diameter m;
	size_t at = 0, begin = 0;

	diameter_read(rest, &m);
	if (!m.head) {
		layers_put_data(w, STR("Diameter"), rest.n);
		return;
	}
	put_diameter_head(w, &m, rest.n);
	for (; w->d->err == 0 && diameter_next(m.avps, &at, &a); begin = at) {
		struct buf b = BUF_INIT, name = BUF_INIT;

		diameter_write_avp_name(&a, &name);
		diameter_write_avp(&a, &b);
		layers_put_row(w, LAYER_DIAMETER, w->at + DIAMETER_HEAD + begin,
		    at - begin, buf_cstr(&name), &b);
		buf_end(&name, &w->d->err);
	}
	w->at += DIAMETER_HEAD + begin;
	layers_put_data(w, STR_NULL, w->p->frame.n - w->at);
}

/* ---- WebSocket ---- */

static const char *
opcode_word(unsigned opcode)
{
	static const char *const words[16] = {
		[WEBSOCKET_MORE] = "continuation",
		[WEBSOCKET_TEXT] = "text",
		[WEBSOCKET_BINARY] = "binary",
		[WEBSOCKET_CLOSE] = "Close",
		[WEBSOCKET_PING] = "Ping",
		[WEBSOCKET_PONG] = "Pong",
	};

	return words[opcode & 15] != NULL ? words[opcode & 15] : "";
}

/* RFC 6455 5.2 */
static void
put_frame_head(struct writing *w, const struct websocket_frame *f)
{
	size_t mask = f->masked ? WEBSOCKET_MASK : 0;
	struct buf b = BUF_INIT;

	layers_put_heading(w, LAYER_WEBSOCKET, STR_NULL, f->head);
	buf_printf(&b, "%u: %s%s", f->opcode, opcode_word(f->opcode),
	    f->last ? " · FIN" : "");
	layers_put_row(w, LAYER_WEBSOCKET, w->at, 1, _("opcode"), &b);
	buf_u64(&b, f->payload.n);
	buf_puts(&b, f->masked ? " · MASK" : "");
	layers_put_row(
	    w, LAYER_WEBSOCKET, w->at + 1, f->head - 1 - mask, _("length"), &b);
	for (size_t i = 0; i < mask; i++)
		buf_hex(&b, f->mask[i], 2);
	if (mask > 0)
		layers_put_row(w, LAYER_WEBSOCKET, w->at + f->head - mask, mask,
		    _("mask"), &b);
	w->at += f->head;
}

void
layers_put_websocket(struct writing *w)
{
	struct str rest = rest_of(w);
	bool masked = rest.n > 1 && (rest.p[1] & 0x80) != 0;
	struct websocket_frame f;
	unsigned status;

	if (str_starts(rest, "GET ") || str_starts(rest, "HTTP/")) {
		layers_put_http(w, rest);
		return;
	}
	if (websocket_cut(rest, masked, &f, &status) != WEBSOCKET_CUT_FRAME) {
		layers_put_data(w, STR("WebSocket"), rest.n);
		return;
	}
	put_frame_head(w, &f);
	/* With its mask undone it is the message. */
	if (trace_proto_find(w->m->proto) == TRACE_PROTO_SIP &&
	    f.payload.n == w->m->bytes.n)
		layers_put_sip(w, 0, f.payload.n);
	else
		layers_put_data(w, STR_NULL, f.payload.n);
	layers_put_data(w, STR_NULL, w->p->frame.n - w->at);
}
