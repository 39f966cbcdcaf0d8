/*
 * A packet's layers.  A layer is a row of `layers`: its letter, which stands
 * before each of its rows, and its fields, each with its place, its name and
 * how its bytes are read.  Textual contents (SIP, SDP) have a row for each
 * line.
 *
 *	I 001a  c0 00 02 01              source        192.0.2.1
 */
#include "words/layers_doc_in.h"

#include "trace/protocol.h"

#include "base/addr.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "words/message_doc.h"

#include <string.h>

/* Cells before the bytes, of each byte, and of a field's name; of a line that
 * has 16 bytes, and of one that has 8. */
#define BEFORE 8
#define BYTE   3
#define NAME   18
#define WIDE   120
#define NARROW 72

typedef void value_fn(struct str bytes, struct buf *out);

struct layer_field {
	size_t at, n;
	const char *name;
	value_fn *value;
};

static uint64_t
read_field_number(struct str bytes)
{
	uint64_t v = 0;

	for (size_t i = 0; i < bytes.n; i++)
		v = v << 8 | (unsigned char)bytes.p[i];
	return v;
}

static void
layer_put_value(struct str bytes, struct buf *out)
{
	buf_u64(out, read_field_number(bytes));
}

static void
layer_put_hex(struct str bytes, struct buf *out)
{
	buf_puts(out, "0x");
	buf_hex(out, read_field_number(bytes), (unsigned)bytes.n * 2);
}

static void
layer_put_mac(struct str bytes, struct buf *out)
{
	for (size_t i = 0; i < bytes.n; i++) {
		if (i > 0)
			buf_putc(out, ':');
		buf_hex(out, (unsigned char)bytes.p[i], 2);
	}
}

static void
put_packet_address(struct str bytes, struct buf *out)
{
	struct addr a = { .len = (uint8_t)bytes.n };

	memcpy(a.ip, bytes.p, bytes.n);
	addr_write_host(&a, out);
}

struct word {
	uint64_t value;
	const char *word;
};

static void
put_named_value(
    struct str bytes, const struct word *words, size_t n, struct buf *out)
{
	buf_u64(out, read_field_number(bytes));
	for (size_t i = 0; i < n; i++)
		if (words[i].value == read_field_number(bytes))
			buf_printf(out, ": %s", words[i].word);
}

static void
put_ethertype(struct str bytes, struct buf *out)
{
	layer_put_hex(bytes, out);
	buf_puts(out, read_field_number(bytes) == 0x0800 ? ": IPv4" : ": IPv6");
}

static void
put_proto(struct str bytes, struct buf *out)
{
	static const struct word words[] = { { 6, "TCP" }, { 17, "UDP" },
		{ 44, "Fragment" }, { 132, "SCTP" } };

	put_named_value(bytes, words, COUNT_OF(words), out);
}

/* RFC 791 3.1: the header's length counts words of 4 bytes. */
static void
put_ipv4_version(struct str bytes, struct buf *out)
{
	unsigned v = (unsigned char)bytes.p[0];

	buf_printf(out, "%u", v >> 4);
	buf_puts(out, _(", "));
	message_put_bytes(out, (v & 15) * 4);
}

static void
put_version6(struct str bytes, struct buf *out)
{
	buf_u64(out, read_field_number(bytes) >> 28);
}

static void
put_fragment_place(uint64_t at, bool more, struct buf *out)
{
	/* TRANSLATORS: a fragment's place in its datagram: "from byte 1480" */
	buf_printf(out, _("from byte %llu"), (unsigned long long)at);
	buf_puts(out, _(", "));
	buf_puts(out, more ? _("more follow") : _("none follows"));
}

static void
put_part4(struct str bytes, struct buf *out)
{
	uint64_t v = read_field_number(bytes);

	put_fragment_place((v & 0x1fff) * 8, (v & 0x2000) != 0, out);
}

static void
put_part6(struct str bytes, struct buf *out)
{
	uint64_t v = read_field_number(bytes);

	put_fragment_place(v & 0xfff8, (v & 1) != 0, out);
}

static void
put_words_of_4(struct str bytes, struct buf *out)
{
	message_put_bytes(out, ((unsigned char)bytes.p[0] >> 4) * 4);
}

static void
layer_put_flags(struct str bytes, struct buf *out)
{
	static const char *const names[] = { "FIN", "SYN", "RST", "PSH", "ACK",
		"URG" };
	size_t start = out->n;

	for (unsigned i = 0; i < 6; i++)
		if (read_field_number(bytes) >> i & 1)
			buf_printf(
			    out, "%s%s", out->n > start ? " " : "", names[i]);
}

static void
put_content(struct str bytes, struct buf *out)
{
	static const struct word words[] = { { 20, "change_cipher_spec" },
		{ 21, "alert" }, { 22, "handshake" },
		{ 23, "application_data" } };

	put_named_value(bytes, words, COUNT_OF(words), out);
}

static void
layer_put_chunk(struct str bytes, struct buf *out)
{
	static const struct word words[] = { { 0, "DATA" } };

	put_named_value(bytes, words, 1, out);
}

static void
put_carried(struct str bytes, struct buf *out)
{
	static const struct word words[] = { { 3, "M3UA" },
		{ 46, "Diameter" } };

	put_named_value(bytes, words, COUNT_OF(words), out);
}

static void
put_payload_type(struct str bytes, struct buf *out)
{
	buf_u64(out, read_field_number(bytes) & 0x7f);
	buf_printf(out, ", M %u", (unsigned)(read_field_number(bytes) >> 7));
}

/* Of RTP (RFC 3550 5.1) two bits. */
static void
put_version_rtp(struct str bytes, struct buf *out)
{
	buf_u64(out, read_field_number(bytes) >> 6);
}

static const struct layer_field ethernet[] = {
	{ 0, 6, N_("destination"), layer_put_mac },
	{ 6, 6, N_("source"), layer_put_mac },
	{ 12, 2, N_("type"), put_ethertype },
	{ 0 },
};
/* RFC 791 3.1 */
static const struct layer_field ipv4[] = {
	{ 0, 1, N_("version, header"), put_ipv4_version },
	{ 1, 1, N_("type of service"), layer_put_hex },
	{ 2, 2, N_("total length"), layer_put_value },
	{ 4, 2, N_("identification"), layer_put_hex },
	{ 6, 2, N_("fragment"), put_part4 },
	{ 8, 1, N_("time to live"), layer_put_value },
	{ 9, 1, N_("protocol"), put_proto },
	{ 10, 2, N_("checksum"), layer_put_hex },
	{ 12, 4, N_("source"), put_packet_address },
	{ 16, 4, N_("destination"), put_packet_address },
	{ 0 },
};
/* RFC 8200 3 */
static const struct layer_field ipv6[] = {
	{ 0, 4, N_("version"), put_version6 },
	{ 4, 2, N_("payload length"), layer_put_value },
	{ 6, 1, N_("next header"), put_proto },
	{ 7, 1, N_("hop limit"), layer_put_value },
	{ 8, 16, N_("source"), put_packet_address },
	{ 24, 16, N_("destination"), put_packet_address },
	{ 0 },
};
/* RFC 8200 4.5 */
static const struct layer_field fragment[] = {
	{ 0, 1, N_("next header"), put_proto },
	{ 2, 2, N_("fragment"), put_part6 },
	{ 4, 4, N_("identification"), layer_put_hex },
	{ 0 },
};
/* RFC 768 */
static const struct layer_field udp[] = {
	{ 0, 2, N_("source port"), layer_put_value },
	{ 2, 2, N_("destination port"), layer_put_value },
	{ 4, 2, N_("length"), layer_put_value },
	{ 6, 2, N_("checksum"), layer_put_hex },
	{ 0 },
};
/* RFC 9293 3.1 */
static const struct layer_field tcp[] = {
	{ 0, 2, N_("source port"), layer_put_value },
	{ 2, 2, N_("destination port"), layer_put_value },
	{ 4, 4, N_("sequence number"), layer_put_value },
	{ 8, 4, N_("acknowledgement"), layer_put_value },
	{ 12, 1, N_("header"), put_words_of_4 },
	{ 13, 1, N_("flags"), layer_put_flags },
	{ 14, 2, N_("window"), layer_put_value },
	{ 16, 2, N_("checksum"), layer_put_hex },
	{ 18, 2, N_("urgent pointer"), layer_put_value },
	{ 0 },
};
/* RFC 9260 3.1, 3.3.1: the header, and one DATA chunk. */
static const struct layer_field sctp[] = {
	{ 0, 2, N_("source port"), layer_put_value },
	{ 2, 2, N_("destination port"), layer_put_value },
	{ 4, 4, N_("verification tag"), layer_put_hex },
	{ 8, 4, N_("checksum"), layer_put_hex },
	{ 12, 1, N_("type"), layer_put_chunk },
	{ 13, 1, N_("flags"), layer_put_hex },
	{ 14, 2, N_("length"), layer_put_value },
	{ 16, 4, "TSN", layer_put_value },
	{ 20, 2, N_("stream"), layer_put_value },
	{ 22, 2, N_("sequence number"), layer_put_value },
	{ 24, 4, N_("payload protocol"), put_carried },
	{ 0 },
};
/* RFC 4666 1.4.1, 3.3.1 */
static const struct layer_field m3ua[] = {
	{ 0, 1, N_("version"), layer_put_value },
	{ 2, 2, N_("class, type"), layer_put_hex },
	{ 4, 4, N_("length"), layer_put_value },
	{ 8, 2, N_("parameter"), layer_put_hex },
	{ 10, 2, N_("length"), layer_put_value },
	{ 12, 4, N_("origin (OPC)"), layer_put_value },
	{ 16, 4, N_("destination (DPC)"), layer_put_value },
	{ 20, 1, N_("user part"), layer_put_value },
	{ 21, 1, N_("network"), layer_put_value },
	{ 23, 1, N_("link selection"), layer_put_value },
	{ 0 },
};
/* RFC 8446 5.1: what follows is encrypted. */
static const struct layer_field tls[] = {
	{ 0, 1, N_("type"), put_content },
	{ 1, 2, N_("version"), layer_put_hex },
	{ 3, 2, N_("length"), layer_put_value },
	{ 0 },
};
/* RFC 3550 5.1 */
static const struct layer_field rtp[] = {
	{ 0, 1, N_("version"), put_version_rtp },
	{ 1, 1, N_("payload type"), put_payload_type },
	{ 2, 2, N_("sequence number"), layer_put_value },
	{ 4, 4, N_("timestamp"), layer_put_value },
	{ 8, 4, "SSRC", layer_put_hex },
	{ 0 },
};

static const struct layer {
	char letter;
	const char *name;
	size_t header;
	const struct layer_field *fields;
	enum canvas_style style;
} layers[] = {
#define X(id, letter, name, header, fields, style) \
	{ letter, name, header, fields, STYLE_##style },
	LAYERS(X)
#undef X
};

/* The letter, where they stand, and the first of N bytes at AT. */
static void
layer_put_bytes(struct writing *w, enum layer_id id, size_t at, size_t n)
{
	const struct layer *l = &layers[id];
	size_t most = n < w->bytes ? n : w->bytes;

	doc_line(w->d, w->m->seq);
	doc_printf(w->d, l->style, "%c ", l->letter);
	doc_printf(w->d, STYLE_DIM, "%04zx ", at);
	for (size_t i = at; i < at + most; i++)
		doc_printf(w->d, l->style, " %02x",
		    (unsigned)(unsigned char)w->p->frame.p[i]);
}

/* The bytes of a field behind the ones in its first row. */
static void
put_more_bytes(struct writing *w, enum layer_id id, size_t at, size_t n)
{
	for (size_t i = w->bytes; i < n && w->d->err == 0; i += w->bytes)
		layer_put_bytes(w, id, at + i, n - i);
}

void
layers_put_row(struct writing *w, enum layer_id id, size_t at, size_t n,
    const char *name, struct buf *value)
{
	size_t column = BEFORE + w->bytes * BYTE + 2;
	struct buf safe = BUF_INIT;

	utf8_add_safe(&safe, buf_view(value));
	layer_put_bytes(w, id, at, n);
	doc_pad(w->d, column);
	doc_puts(w->d, STYLE_DIM, name);
	if (doc_used(w->d) >= column + NAME)
		doc_puts(w->d, STYLE_PLAIN, " ");
	doc_pad(w->d, column + NAME);
	doc_wrap(w->d, STYLE_PLAIN, buf_view(&safe), column + NAME, w->width);
	put_more_bytes(w, id, at, n);
	buf_end(&safe, &w->d->err);
	buf_end(value, &w->d->err);
	*value = BUF_INIT;
}

static void
layer_put_field(
    struct writing *w, enum layer_id id, const struct layer_field *f)
{
	struct buf value = BUF_INIT;

	f->value(str_slice(w->p->frame, w->at + f->at, w->at + f->at + f->n),
	    &value);
	layers_put_row(w, id, w->at + f->at, f->n, _(f->name), &value);
}

/* "IPv4 · 20 bytes · 000e to 0021" */
void
layers_put_heading(
    struct writing *w, enum layer_id id, struct str name, size_t n)
{
	struct buf b = BUF_INIT;

	doc_line(w->d, 0);
	doc_line(w->d, w->m->seq);
	doc_put(
	    w->d, STYLE_TITLE, name.n > 0 ? name : str_of(_(layers[id].name)));
	buf_puts(&b, " · ");
	message_put_bytes(&b, n);
	/* TRANSLATORS: the first and the last byte: "000e to 0021" */
	buf_puts(&b, " · ");
	buf_printf(
	    &b, _("%04x to %04x"), (unsigned)w->at, (unsigned)(w->at + n - 1));
	doc_wrap(w->d, STYLE_DIM, buf_view(&b), 0, w->width);
	buf_end(&b, &w->d->err);
}

/* A header with its fields; false where the frame is too short for it. */
static bool
layer_put(struct writing *w, enum layer_id id)
{
	const struct layer *l = &layers[id];

	if (w->p->frame.n < w->at + l->header)
		return false;
	layers_put_heading(w, id, STR_NULL, l->header);
	for (const struct layer_field *f = l->fields; f->name != NULL; f++)
		layer_put_field(w, id, f);
	w->at += l->header;
	return true;
}

void
layers_put_data(struct writing *w, struct str name, size_t n)
{
	if (n == 0)
		return;
	layers_put_heading(w, LAYER_DATA, name, n);
	for (size_t i = 0; i < n && w->d->err == 0; i += w->bytes)
		layer_put_bytes(w, LAYER_DATA, w->at + i, n - i);
	w->at += n;
}

/* Bytes that say TEXT, a row for each line. */
static void
put_text_rows(
    struct writing *w, enum layer_id id, struct str name, struct str text)
{
	size_t column = BEFORE + w->bytes * BYTE + 2, n = text.n;
	struct str rest = text;

	if (n == 0)
		return;
	layers_put_heading(w, id, name, n);
	while (rest.n > 0 && w->d->err == 0) {
		size_t at = w->at + (size_t)(rest.p - text.p), all = rest.n;
		struct str line = str_cut_line(rest, &rest);

		all -= rest.n;
		layer_put_bytes(w, id, at, all);
		if (all > w->bytes)
			doc_puts(w->d, STYLE_DIM, " …");
		if (line.n > 0)
			doc_pad(w->d, column);
		doc_wrap_marked(w->d, line,
		    &(struct doc_marked){ .style = STYLE_PLAIN,
			.indent = column + 2,
			.width = w->width });
	}
	w->at += n;
}

/* The end of a message's head, its empty line included. */
static size_t
head_end(struct str message)
{
	ptrdiff_t end = str_find(message, "\r\n\r\n");

	return end < 0 ? message.n : (size_t)end + 4;
}

/* What of [at, at + N) of the message lies before END. */
static size_t
part_before(size_t at, size_t n, size_t end)
{
	if (at >= end)
		return 0;
	return n < end - at ? n : end - at;
}

void
layers_put_sip(struct writing *w, size_t at, size_t n)
{
	size_t end = head_end(w->m->bytes);
	size_t head = part_before(at, n, end);
	struct str text = str_slice(w->m->bytes, at, at + n);
	struct str body = str_slice(w->m->bytes, end, w->m->bytes.n);

	put_text_rows(w, LAYER_SIP, STR_NULL, str_slice(text, 0, head));
	put_text_rows(w, str_starts(body, "v=0") ? LAYER_SDP : LAYER_BODY,
	    STR_NULL, str_slice(text, head, n));
}

void
layers_put_http(struct writing *w, struct str text)
{
	put_text_rows(w, LAYER_WEBSOCKET, STR("HTTP"), text);
}

/* Whether the bytes begin with a record of TLS (RFC 8446 5.1). */
static bool
is_tls(struct str bytes)
{
	return bytes.n >= 5 && bytes.p[0] >= 20 && bytes.p[0] <= 23 &&
	       bytes.p[1] == 3;
}

static void
put_tls(struct writing *w)
{
	while (is_tls(str_slice(w->p->frame, w->at, w->p->frame.n))) {
		size_t n = (size_t)read_field_number(
		    str_slice(w->p->frame, w->at + 3, w->at + 5));
		bool data = w->p->frame.p[w->at] == 23;

		layer_put(w, LAYER_TLS);
		if (n > w->p->frame.n - w->at)
			n = w->p->frame.n - w->at;
		layers_put_data(w, data ? str_of(_("encrypted")) : STR_NULL, n);
	}
	layers_put_data(w, STR_NULL, w->p->frame.n - w->at);
}

/* All that is left, of which the first is byte AT of the message. */
static void
put_payload(struct writing *w, size_t at)
{
	struct str rest = str_slice(w->p->frame, w->at, w->p->frame.n);
	bool own = str_eq(rest, str_slice(w->m->bytes, at, at + rest.n));
	enum trace_proto proto = trace_proto_find(w->m->proto);
	bool sip = proto == TRACE_PROTO_SIP;

	if (rest.n == 0)
		return;
	if (own && sip)
		layers_put_sip(w, at, rest.n);
	else if (proto == TRACE_PROTO_RTP && at == 0 && layer_put(w, LAYER_RTP))
		layers_put_data(w, STR_NULL, w->p->frame.n - w->at);
	else if (proto == TRACE_PROTO_SRTP && at == 0 &&
		 layer_put(w, LAYER_RTP))
		layers_put_data(
		    w, str_of(_("encrypted")), w->p->frame.n - w->at);
	else if (own && proto == TRACE_PROTO_LOCATION)
		put_text_rows(w, LAYER_BODY, STR("JSON"), rest);
	else if (is_tls(rest))
		put_tls(w);
	else if (at == 0 && proto == TRACE_PROTO_DNS)
		layers_put_dns(w);
	else if (at == 0 && proto == TRACE_PROTO_STUN)
		layers_put_stun(w);
	else if (at == 0 && proto == TRACE_PROTO_DIAMETER)
		layers_put_diameter(w);
	else if (at == 0 && proto == TRACE_PROTO_ISUP &&
		 layer_put(w, LAYER_M3UA))
		layers_put_isup(w);
	else if (at == 0 && w->m->framed)
		layers_put_websocket(w);
	else
		layers_put_data(w, sip ? STR_NULL : w->m->proto, rest.n);
}

/* What IP carries, from byte PART of it on. */
static void
put_content_of_ip(struct writing *w, unsigned proto, size_t part)
{
	enum layer_id id = proto == 6     ? LAYER_TCP
			   : proto == 132 ? LAYER_SCTP
					  : LAYER_UDP;
	size_t header = layers[id].header;

	if (part == 0 && !layer_put(w, id))
		return;
	if (part > 0 && part < header) /* cut within the header */
		layers_put_data(w, STR_NULL, w->p->frame.n - w->at);
	else
		put_payload(w, w->p->at + (part > 0 ? part - header : 0));
}

static unsigned
number_at(const struct writing *w, size_t at, size_t n)
{
	return (unsigned)read_field_number(str_slice(w->p->frame, at, at + n));
}

void
layers_put_packet(const struct layers_message *m, const struct layers_packet *p,
    size_t width, struct doc *d)
{
	struct writing w = { .m = m,
		.p = p,
		.width = width,
		.bytes = width >= WIDE     ? 16
			 : width >= NARROW ? 8
					   : 4,
		.d = d };
	size_t ip;
	unsigned proto, part;

	if (!layer_put(&w, LAYER_ETHERNET))
		return;
	ip = w.at;
	if (number_at(&w, 12, 2) == 0x0800) {
		if (!layer_put(&w, LAYER_IPV4))
			return;
		proto = number_at(&w, ip + 9, 1);
		part = (number_at(&w, ip + 6, 2) & 0x1fff) * 8;
	} else {
		if (!layer_put(&w, LAYER_IPV6))
			return;
		proto = number_at(&w, ip + 6, 1);
		part = 0;
		if (proto == 44 && layer_put(&w, LAYER_FRAGMENT)) {
			proto = number_at(&w, ip + 40, 1);
			part = number_at(&w, ip + 42, 2) & 0xfff8;
		}
	}
	put_content_of_ip(&w, proto, part);
}
