/*
 * Captions: what the message is ("atl passes INVITE on to bil") and, behind a
 * colon, why. Forms are tried from the longest to the shortest until one
 * fits. Traces are outside bytes: what a record does not say is left out.
 */
#include "words/caption.h"

#include "base/addr.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "isup/q850.h"
#include "msg/annotate.h"
#include "msg/header_names.h"
#include "msg/message.h"
#include "msg/methods.h"
#include "msg/parts.h"
#include "rules/rule_names.h"
#include "rules/rules.h"
#include "text/utf8.h"
#include "trace/protocol.h"
#include "words/caption_words_in.h"
#include "words/record_text.h"
#include "words/telephony_doc.h"
#include "words/time_words.h"

/* Longer names are clipped: what happens matters more. */
#define NAME_CELLS   16
#define URI_CELLS    40
#define REASON_CELLS 40
/* A line that a hall can read. */
#define CELLS_USUAL 100
/* How far back a rule is looked for; chains are short where it matters. */
#define STEPS_MOST 64

/* The chain of causes that a caption explains begins with one of these. */
static bool
caption_begins(const struct trace_rec *rec)
{
	return rec->kind == TRACE_RECV || rec->kind == TRACE_ACT ||
	       rec->kind == TRACE_SEND;
}

/* The rule of SEQ or of what led to it; with NAMED only one that the record
 * names by its key: of a section alone the first row may be another's. */
static const struct rule *
find_rule(const struct trace *t, uint64_t seq, bool named)
{
	const struct rule *rule = NULL;
	struct trace_rec rec;

	if (seq == 0 || seq > trace_count(t))
		return NULL;
	trace_get(t, seq, &rec);
	for (int i = 0; i < STEPS_MOST; i++) {
		rule = named ? rule_find(trace_rule(&rec), STR_NULL)
			     : trace_rule_row(&rec);
		if (rule != NULL || rec.cause == 0 ||
		    (i > 0 && caption_begins(&rec)))
			break;
		trace_get(t, rec.cause, &rec);
	}
	return rule;
}

const struct rule *
caption_rule(const struct trace *t, uint64_t seq)
{
	return find_rule(t, seq, false);
}

/* How long the timer ran whose firing led to SEQ; 0 where none did. */
static int64_t
timer_length(const struct trace *t, uint64_t seq)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	int64_t length = 0;
	bool fired = false;

	trace_get(t, seq, &rec);
	for (int i = 0; i < STEPS_MOST && rec.cause != 0; i++) {
		trace_get(t, rec.cause, &rec);
		if (rec.kind == TRACE_TIMER) {
			if (str_is(trace_str(&rec, "op", &scratch), "fire"))
				fired = true;
			else if (fired)
				length = trace_int(&rec, "length", 0);
		}
		if (length != 0 || caption_begins(&rec))
			break;
	}
	return length > 0 ? length : 0;
}

/* The words for how the way of SEQ was chosen, or NULL. */
static const struct caption_words *
route_words(const struct trace *t, uint64_t seq, struct buf *scratch)
{
	const struct caption_words *words = NULL;
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	for (int i = 0; i < STEPS_MOST && rec.cause != 0; i++) {
		trace_get(t, rec.cause, &rec);
		if (rec.kind == TRACE_ROUTE)
			words = caption_words_route(
			    trace_str(&rec, "how", scratch));
		if (words != NULL || caption_begins(&rec))
			break;
	}
	return words;
}

/* The Request-URI without scheme and parameters, as a slice of BYTES. */
static struct str
caption_target_of(struct str bytes)
{
	struct str rest, uri;

	str_cut(str_slice(bytes, 0, 1024), ' ', &rest);
	uri = str_cut(rest, ' ', &rest);
	if (str_istarts(uri, "sip:"))
		uri = str_slice(uri, 4, uri.n);
	uri = str_cut(uri, ';', &rest);
	return str_chr(uri, '\n') < 0 ? uri : STR_NULL;
}

/* Words about one send. */
struct telling {
	const struct trace *t;
	struct trace_rec rec;
	struct trace_send send;
	struct buf scratch; /* what SEND lies in */
	struct buf src, dst, what, why, brief, line;
};

static void
put_node_name(struct buf *b, struct str name)
{
	struct str clipped = utf8_clip(name, NAME_CELLS);

	utf8_add_safe(b, clipped);
	if (clipped.n < name.n)
		buf_puts(b, "…");
	if (name.n == 0)
		buf_putc(b, '?');
}

void
caption_put_message(struct buf *b, struct str method, unsigned status)
{
	if (status != 0)
		buf_printf(b, "%u %s", status, msg_status_phrase(status));
	else
		put_node_name(b, method);
}

static void
put_argument(struct telling *w, enum caption_arg arg, struct buf *out)
{
	struct buf bytes = BUF_INIT;
	int64_t length;

	if (arg == CAPTION_URI) {
		struct str uri =
		    caption_target_of(trace_bytes(&w->rec, &bytes));

		utf8_add_safe(out, utf8_clip(uri, URI_CELLS));
	} else if (arg == CAPTION_LENGTH) {
		length = timer_length(w->t, w->rec.seq);
		if (length > 0)
			time_put_length(out, length);
	}
	buf_end(&bytes, &out->err);
}

/* The clauses of WORDS; none of them where its argument is not known. */
static void
put_clauses(struct telling *w, const struct caption_words *words)
{
	struct buf arg = BUF_INIT;
	const char *brief = words->brief != NULL ? words->brief : words->text;

	put_argument(w, words->arg, &arg);
	if (words->arg == CAPTION_PLAIN || arg.n > 0)
		buf_printf(&w->why, i18n_text(words->text), buf_cstr(&arg));
	/* A brief text may do without the argument. */
	if (words->arg == CAPTION_PLAIN || arg.n > 0 ||
	    str_find(str_of(brief), "%s") < 0)
		buf_printf(&w->brief, i18n_text(brief), buf_cstr(&arg));
	buf_end(&arg, &w->why.err);
}

static void
make_clauses(struct telling *w)
{
	const struct rule *rule = find_rule(w->t, w->rec.seq, true);
	const struct caption_words *words = NULL;
	struct buf how = BUF_INIT;

	/* Of a request on its way the route says more than the rule. */
	if (w->send.fwd != 0 && w->send.retx == 0 && w->send.status == 0)
		words = route_words(w->t, w->rec.seq, &how);
	if (words == NULL)
		words = caption_words_find(rule, w->send.method, w->send.status,
		    w->send.retx != 0, w->send.fwd != 0);
	if (words != NULL)
		put_clauses(w, words);
	buf_end(&how, &w->why.err);
}

/* "atl passes INVITE on to bil". */
static void
put_deed(struct telling *w, struct buf *out)
{
	/* For the first time, and again. */
	static const char *const answers[] = { N_("%s answers %s with %s"),
		N_("%s answers %s again with %s") };
	static const char *const back[] = { N_("%s forwards %s back to %s"),
		N_("%s forwards %s back to %s again") };
	static const char *const on[][2] = {
		{ N_("%s sends %s to %s"), N_("%s retransmits %s to %s") },
		{ N_("%s forwards %s to %s"),
		    N_("%s forwards %s to %s again") },
	};
	const char *src = buf_cstr(&w->src), *dst = buf_cstr(&w->dst);
	const char *what = buf_cstr(&w->what);
	bool response = w->send.status != 0, again = w->send.retx != 0;
	/* What a timer retransmits was passed on before. */
	bool passes =
	    w->send.fwd != 0 && !(again && timer_length(w->t, w->rec.seq) > 0);

	if (response && !passes)
		buf_printf(out, i18n_text(answers[again]), src, dst, what);
	else
		buf_printf(out,
		    i18n_text(response ? back[again] : on[passes][again]), src,
		    what, dst);
}

/* Form 0 is the longest; false behind the shortest. */
static bool
caption_put_form(struct telling *w, int form)
{
	const struct buf *why = form == 0 ? &w->why : &w->brief;

	buf_clear(&w->line);
	if (form == 3)
		buf_printf(&w->line, "%s → %s %s", buf_cstr(&w->src),
		    buf_cstr(&w->dst), buf_cstr(&w->what));
	else
		put_deed(w, &w->line);
	if (form < 2 && why->n > 0)
		/* TRANSLATORS: joins what happens and why */
		buf_printf(&w->line, _(": %s"), buf_cstr(why));
	return form < 3;
}

/* The message itself, a response with the reason that it has. */
static void
caption_put_what(struct telling *w)
{
	struct buf bytes = BUF_INIT;
	struct str line, code, reason, rest;
	unsigned status = w->send.status;

	if (status != 0) {
		line = str_cut(trace_bytes(&w->rec, &bytes), '\n', &rest);
		str_cut(str_trim(line), ' ', &rest);
		code = str_cut(rest, ' ', &reason);
		buf_printf(&w->what, "%u", status);
		if (code.n != 3)
			reason = str_of(msg_status_phrase(status));
		if (reason.n > 0)
			buf_putc(&w->what, ' ');
		utf8_add_clipped(&w->what, reason, REASON_CELLS);
	} else {
		caption_put_message(&w->what,
		    w->send.method.n > 0 ? w->send.method : w->send.proto, 0);
	}
	buf_end(&bytes, &w->what.err);
}

/* The longest form that CELLS hold into the line. */
static void
caption_choose_form(struct telling *w, size_t cells)
{
	int form = 0;

	put_node_name(&w->src, w->send.src);
	put_node_name(
	    &w->dst, w->send.dst.n > 0 ? w->send.dst : w->send.dst_addr);
	caption_put_what(w);
	make_clauses(w);
	while (
	    caption_put_form(w, form) && utf8_width(buf_view(&w->line)) > cells)
		form++;
}

void
caption_write(
    const struct trace *t, uint64_t seq, size_t cells, struct buf *out)
{
	struct telling w = { .t = t };

	if (cells == 0)
		cells = CELLS_USUAL;

	if (seq == 0 || seq > trace_count(t))
		return;
	trace_get(t, seq, &w.rec);
	if (w.rec.kind == TRACE_SEND &&
	    trace_get_send(&w.rec, &w.send, &w.scratch) == 0) {
		caption_choose_form(&w, cells);
	} else {
		record_sentence(t, &w.rec, &w.line);
	}
	utf8_add_clipped(out, buf_view(&w.line), cells);
	buf_end(&w.scratch, &out->err);
	buf_end(&w.src, &out->err);
	buf_end(&w.dst, &out->err);
	buf_end(&w.what, &out->err);
	buf_end(&w.why, &out->err);
	buf_end(&w.brief, &out->err);
	buf_end(&w.line, &out->err);
}

/* ---- reasons that messages give, in their fields and bodies ---- */

/* Cells of one field that are quoted. */
#define QUOTED 200

/* The fields, in the order in which they are quoted, and the least status with
 * which they tell a reason; 0: in requests as well. */
static const struct {
	enum msg_header id;
	unsigned least;
} fields[] = {
	{ MSG_H_WARNING, 0 },       /* RFC 3261 20.43 */
	{ MSG_H_REASON, 0 },        /* RFC 3326 2 */
	{ MSG_H_UNSUPPORTED, 300 }, /* RFC 3261 21.4.15 */
	{ MSG_H_MIN_EXPIRES, 300 }, /* RFC 3261 21.4.17 */
	{ MSG_H_MIN_SE, 300 },      /* RFC 4028 6 */
	{ MSG_H_RETRY_AFTER, 300 }, /* RFC 3261 20.33 */
	{ MSG_H_ERROR_INFO, 300 },  /* RFC 3261 20.18 */
};

/* What a Reason's cause of Q.850 means. */
static void
caption_put_cause(const struct msg_field *f, struct buf *out)
{
	struct str params, value;
	uint32_t cause;

	if (f->id == MSG_H_REASON &&
	    str_iis(msg_cut_params(f->value, &params), "Q.850") &&
	    msg_param(params, "cause", &value) && str_u32(value, &cause) == 0 &&
	    cause <= Q850_MOST)
		buf_printf(out, _(" (%s)"), q850_words(cause));
}

/* F's name and value; folds (RFC 3261 7.3.1) mean a space. */
static void
put_reason_field(const struct msg_field *f, struct buf *out)
{
	struct str rest = utf8_clip(f->value, QUOTED);

	utf8_add_safe(out, f->name);
	buf_putc(out, ':');
	while (rest.n > 0) {
		size_t n = 0;

		while (n < rest.n && !chr_is_space(rest.p[n]))
			n++;
		if (n > 0)
			buf_putc(out, ' ');
		utf8_add_safe(out, str_slice(rest, 0, n));
		rest = str_trim(str_slice(rest, n, rest.n));
	}
}

static void
caption_put_fields(const struct msg *m, struct buf *out)
{
	const struct msg_field *f;

	for (size_t i = 0; i < COUNT_OF(fields); i++)
		for (size_t n = 0; m->status >= fields[i].least &&
				   (f = msg_field(m, fields[i].id, n)) != NULL;
		     n++) {
			if (out->n > 0)
				buf_puts(out, _("; "));
			put_reason_field(f, out);
			caption_put_cause(f, out);
		}
}

bool
own_reason_put(const struct trace_rec *rec, struct buf *out)
{
	LOCAL_BUF bytes = BUF_INIT, quoted = BUF_INIT;
	enum trace_proto proto =
	    trace_proto_find(trace_str(rec, "proto", &bytes));
	struct msg *m = mem_alloc(sizeof(*m));
	bool says = false;

	if (m == NULL)
		out->err = ERR_NOMEM;
	if (rec->kind == TRACE_SEND && proto == TRACE_PROTO_ISUP)
		says = isup_doc_cause(trace_bytes(rec, &bytes), out);
	if (m != NULL && rec->kind == TRACE_SEND &&
	    trace_class_of(trace_str(rec, "proto", &bytes)) ==
		TRACE_CLASS_SIP) {
		/* As far as it can be read. */
		(void)msg_read(m, trace_bytes(rec, &bytes), NULL);
		caption_put_fields(m, &quoted);
		says = quoted.n == 0 && msg_body_gist(m, out);
	}
	if (quoted.n > 0)
		/* TRANSLATORS: header fields as they are in the message */
		buf_printf(out, _("Its own reason: %s"), buf_cstr(&quoted));
	says |= quoted.n > 0;
	mem_free(m);
	buf_end(&quoted, &out->err);
	return says;
}

/* ---- RFC 3261 18 and RFC 3263 4.1 in words ---- */

/* What decides by which transport a message goes. */
enum deciding {
	BY_SENDER,  /* the maker of the bytes, or their destination */
	BY_REQUEST, /* a response: the way of its request */
	BY_CANCELLED,
	BY_REFUSED, /* the ACK for a rejection: the way of its INVITE */
	BY_PARAM,   /* the next hop's URI names a transport */
	BY_DEFAULT, /* it names none */
};

/* The first row that fits; %s is the transport. */
static const struct {
	enum deciding by;
	const char *transport; /* NULL: any */
	const char *text;
} reasons[] = {
	{ BY_SENDER, NULL, N_("It goes by %s, as its sender chose.") },
	{ BY_REQUEST, NULL,
	    N_("It goes by %s, as its request did (RFC 3261 18.2.2).") },
	{ BY_CANCELLED, NULL,
	    N_("It goes by %s, to the same address as the INVITE that it "
	       "cancels (RFC 3261 9.1).") },
	{ BY_REFUSED, NULL,
	    N_("It goes by %s, to the same address as its INVITE (RFC 3261 "
	       "17.1.1.2).") },
	{ BY_PARAM, NULL,
	    N_("It goes by %s: the URI of the next hop names it in transport= "
	       "(RFC 3263 4.1).") },
	{ BY_DEFAULT, "udp",
	    N_("It goes by %s: the URI of the next hop names no other "
	       "transport (RFC 3263 4.1), and the request is small enough for "
	       "one datagram (RFC 3261 18.1.1).") },
	{ BY_DEFAULT, NULL,
	    N_("It goes by %s, the choice of its sender: the URI of the next "
	       "hop names no transport, and RFC 3263 4.1 leaves the choice to "
	       "the client.") },
};

/* Does the URI to which the request M goes next name its transport? */
static bool
asks_for_transport(const struct msg *m)
{
	struct str uri = m->uri, named;
	struct msg_addr a;
	struct msg_uri u;

	if (msg_field(m, MSG_H_ROUTE, 0) != NULL &&
	    msg_addr_read(msg_value(m, MSG_H_ROUTE), &a) == 0)
		uri = a.uri;
	return msg_uri_read(uri, &u) == 0 &&
	       msg_param(u.params, "transport", &named);
}

/* Has a message of SIP come in with RECV?  Else it is an answer of the DNS. */
static bool
brings_sip(const struct trace *t, const struct trace_rec *recv)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec sent;
	struct trace_send send;
	bool sip = true;

	if (recv->cause != 0) {
		trace_get(t, recv->cause, &sent);
		sip = sent.kind != TRACE_SEND ||
		      trace_get_send(&sent, &send, &scratch) != 0 ||
		      trace_class_of(send.proto) == TRACE_CLASS_SIP;
	}
	return sip;
}

/* Says REC, a lookup or a route, by which transport something goes? */
static bool
chooses_transport(const struct trace_rec *rec)
{
	static const struct {
		enum trace_kind kind;
		const char *key, *value;
	} chosen[] = {
		{ TRACE_ROUTE, "how", "size" },
		{ TRACE_ROUTE, "how", "alias" },
		{ TRACE_ROUTE, "how", "sent-by" },
		{ TRACE_LOOKUP, "op", "transport" },
	};
	LOCAL_BUF value = BUF_INIT;
	bool found = false;

	for (size_t i = 0; i < COUNT_OF(chosen) && !found; i++) {
		if (rec->kind != chosen[i].kind)
			continue;
		buf_clear(&value);
		found = str_is(
		    trace_str(rec, chosen[i].key, &value), chosen[i].value);
	}
	return found;
}

/* Did a record of its own choose the transport? */
static bool
was_chosen(const struct trace *t, const struct trace_rec *rec)
{
	struct trace_rec cause;

	for (uint64_t seq = rec->cause; seq != 0; seq = cause.cause) {
		trace_get(t, seq, &cause);
		if (cause.kind == TRACE_ACT ||
		    (cause.kind == TRACE_RECV && brings_sip(t, &cause)))
			break;
		if (chooses_transport(&cause))
			return true;
	}
	return false;
}

/* An act "send" that says where its message goes, or by what, or one of the
 * outside, which says all. */
static bool
says_where(const struct trace_rec *act, struct buf *scratch)
{
	struct json_value args = trace_member(act, "args");

	buf_clear(scratch);
	if (str_is(trace_str(act, "by", scratch), "outside"))
		return true;
	buf_clear(scratch);
	return str_is(trace_str(act, "verb", scratch), "send") &&
	       args.type == JSON_OBJECT &&
	       (json_member(args, "to").type == JSON_STRING ||
		   json_member(args, "transport").type == JSON_STRING);
}

/* Is REC what such an act has sent, to where it says? */
static bool
was_told_where(const struct trace *t, const struct trace_rec *rec)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec cause;
	bool told = false;

	for (uint64_t seq = rec->cause; seq != 0; seq = cause.cause) {
		trace_get(t, seq, &cause);
		if (cause.kind == TRACE_ACT)
			told = says_where(&cause, &scratch);
		if (cause.kind == TRACE_RECV || cause.kind == TRACE_ACT)
			break;
	}
	return told;
}

/* A proxy that keeps nothing of the request looks where a CANCEL goes as it
 * did with the request (16.10, 16.11). */
static bool
knows_cancelled(const struct rule *rule)
{
	return rule != rule_at(RULE_PROXY_STATELESS_CANCEL) &&
	       rule != rule_at(RULE_PROXY_CANCEL_UNKNOWN);
}

static enum deciding
find_deciding(
    const struct trace *t, const struct trace_rec *rec, const struct msg *m)
{
	const struct rule *rule = trace_rule_row(rec);

	if (rule == rule_at(RULE_RAW_SEND) || was_told_where(t, rec))
		return BY_SENDER;
	if (!m->request)
		return BY_REQUEST;
	if (m->method == MSG_CANCEL && knows_cancelled(rule))
		return BY_CANCELLED;
	if (rule == rule_at(RULE_ICT_ACK))
		return BY_REFUSED;
	return asks_for_transport(m) ? BY_PARAM : BY_DEFAULT;
}

static void
caption_put_reason(enum deciding by, struct str transport, struct buf *out)
{
	const struct addr_transport_row *row = addr_transport_known(transport);
	LOCAL_BUF name = BUF_INIT;

	/* One that is not known, of a trace from elsewhere, is as it says. */
	buf_str(&name, row != NULL ? str_of(row->name) : transport);
	for (size_t i = 0; i < COUNT_OF(reasons); i++) {
		if (reasons[i].by != by ||
		    (reasons[i].transport != NULL &&
			!str_is(transport, reasons[i].transport)))
			continue;
		buf_printf(out, i18n_text(reasons[i].text), buf_cstr(&name));
		break;
	}
	if (name.err != 0)
		out->err = name.err;
}

bool
transport_put_reason(
    const struct trace *t, const struct trace_rec *rec, struct buf *out)
{
	LOCAL_BUF scratch = BUF_INIT, bytes = BUF_INIT;
	LOCAL_MEM struct msg *m = mem_alloc(sizeof(*m));
	struct trace_send send;
	bool tells = m != NULL && rec->kind == TRACE_SEND &&
		     trace_get_send(rec, &send, &scratch) == 0 &&
		     trace_class_of(send.proto) == TRACE_CLASS_SIP &&
		     send.retx == 0 && !was_chosen(t, rec);

	if (m == NULL)
		out->err = ERR_NOMEM;
	tells = tells &&
		msg_read(m, trace_bytes(rec, &bytes), NULL) == MSG_FAULT_NONE;
	if (tells)
		caption_put_reason(
		    find_deciding(t, rec, m), send.transport, out);
	return tells;
}
