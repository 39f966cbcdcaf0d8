/*
 * An arrow's label: the method of a request, the status of a response with the
 * words its sender chose, "(SDP)" where a session description comes along; the
 * changes made by a fault or a NAT on the way; and the style of each kind of
 * arrow.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "ladder/ladder_arrow.h"
#include "ladder/layout_in.h"
#include "msg/annotate.h"
#include "msg/methods.h"
#include "msg/parts.h"
#include "role/role.h"
#include "text/utf8.h"
#include "trace/protocol.h"
#include "words/changed_message.h"
#include "words/describe.h"

/* ---- changed by a fault ---- */

/* TEXT, if there is any, with WORD after it. */
static void
append_word(struct layout_making *m, const char *word, struct str *text)
{
	if (text->n == 0)
		return;
	buf_clear(&m->text);
	buf_str(&m->text, *text);
	/* TRANSLATORS: "INVITE (SDP), edited" */
	buf_printf(&m->text, _(", %s"), word);
	*text = layout_keep_text(m, buf_view(&m->text));
}

/*
 * A message that a fault changed on its way has a note on its arrow: the label
 * shows it as sent.
 */
void
layout_note_fault(struct layout_making *m, const struct trace_rec *fault,
    struct layout_row *row)
{
	const char *word = changed_message_word(fault, &m->name);

	/* Said once, whatever else happens to it. */
	if (word == NULL || row->changed)
		return;
	row->changed = true;
	append_word(m, word, &row->label);
	append_word(m, word, &row->named);
}

/* ---- changed by a NAT ---- */

/* The field KEY of A in OUT, then, where B has another, that as well. */
static void
put_both(const struct trace_rec *a, const struct trace_rec *b, const char *key,
    struct buf *out)
{
	LOCAL_BUF one = BUF_INIT, two = BUF_INIT;
	struct str before = trace_str(a, key, &one);
	struct str after = trace_str(b, key, &two);

	if (before.n > 0 && after.n > 0 && !str_eq(before, after)) {
		buf_puts(out, out->n > 0 ? ", " : "");
		utf8_add_safe(out, before);
		buf_puts(out, " = ");
		utf8_add_safe(out, after);
	}
}

static bool
is_nat(const struct trace_node *n)
{
	return role_plays(n->role, "nat");
}

bool
layout_translates(const struct trace_head *head)
{
	for (size_t i = 0; i < head->nnodes; i++)
		if (is_nat(&head->nodes[i]))
			return true;
	return head->inputs.type == JSON_NONE;
}

/*
 * What a NAT does to a message on its way: the addresses that it was sent with
 * and came with.
 */
void
layout_translated(struct layout_making *m, const struct trace_rec *rec,
    struct layout_row *row)
{
	struct trace_rec send;
	LOCAL_BUF both = BUF_INIT;

	trace_get(m->trace, row->seq, &send);
	put_both(&send, rec, "src_addr", &both);
	put_both(&send, rec, "dst_addr", &both);
	if (both.n > 0) {
		buf_clear(&m->text);
		buf_str(&m->text, row->detail);
		buf_printf(&m->text, " (%s)", buf_cstr(&both));
		row->detail = layout_keep_text(m, buf_view(&m->text));
	}
}

bool
layout_is_nat(const struct layout_making *m, const struct trace_rec *rec,
    const struct layout_row *row)
{
	const struct trace_head *head = trace_head(m->trace);
	uint32_t i = trace_find_name(m->trace, rec->node);

	return i < head->nnodes && is_nat(&head->nodes[i]) &&
	       !str_eq(rec->node, m->l->columns[row->to].name);
}

/* ---- the label of an arrow ---- */

#define OPEN_MAX 8
/* Longer words in a start line are clipped. */
#define REASON_CELLS 40
#define METHOD_CELLS 64

/* The requests one node sent another that no final response has ended. */
struct open_requests {
	struct str last; /* method of the last one, ACK aside; kept */
	struct {
		struct str method, call_id; /* kept */
	} open[OPEN_MAX];
	size_t n;
};

void
layout_labels_free(struct layout_making *m)
{
	size_t at = 0;
	struct str key;
	void *value;

	while (m->open != NULL && map_next(m->open, &at, &key, &value))
		mem_free(value);
	map_destroy(m->open);
	m->open = NULL;
}

/* NULL where memory is lacking. */
static struct open_requests *
open_of(struct layout_making *m, size_t from, size_t to)
{
	size_t pair[2] = { from, to };
	struct str key = { (const char *)pair, sizeof(pair) };
	struct open_requests *o;

	if (m->open == NULL && map_create(&m->open) != 0)
		return NULL;
	o = map_get(m->open, key);
	if (o != NULL || (o = mem_zalloc(1, sizeof(*o))) == NULL)
		return o;
	if (map_put(m->open, key, o) == 0)
		return o;
	mem_free(o);
	return NULL;
}

static void
label_text_note_request(struct layout_making *m, const struct trace_send *s,
    const struct layout_row *row)
{
	struct open_requests *o = open_of(m, row->from, row->to);
	struct str method, call;

	if (o == NULL || str_is(s->method, "ACK"))
		return;
	o->last = method = layout_keep_text(m, s->method);
	call = layout_keep_text(m, s->call_id);
	for (size_t i = 0; i < o->n; i++)
		if (str_eq(o->open[i].method, method) &&
		    str_eq(o->open[i].call_id, call))
			return;
	if (o->n == OPEN_MAX) {
		memmove(
		    o->open, o->open + 1, (OPEN_MAX - 1) * sizeof(o->open[0]));
		o->n--;
	}
	o->open[o->n].method = method;
	o->open[o->n++].call_id = call;
}

/* Whether a response to METHOD could be taken for another's. */
static bool
label_text_is_ambiguous(struct layout_making *m, const struct trace_send *s,
    const struct layout_row *row)
{
	struct open_requests *o = open_of(m, row->to, row->from);
	bool ambiguous;

	if (o == NULL || s->cseq_method.n == 0 || o->last.n == 0)
		return false;
	/* The 200 to a CANCEL is easily taken for that to its INVITE. */
	ambiguous = !str_eq(o->last, s->cseq_method) ||
		    str_is(s->cseq_method, "CANCEL");
	for (size_t i = 0; i < o->n; i++)
		ambiguous |= !str_eq(o->open[i].method, s->cseq_method);
	if (s->status < 200)
		return ambiguous;
	for (size_t i = 0; i < o->n; i++) {
		if (!str_eq(o->open[i].method, s->cseq_method) ||
		    !str_eq(o->open[i].call_id, s->call_id))
			continue;
		memmove(o->open + i, o->open + i + 1,
		    (--o->n - i) * sizeof(o->open[0]));
		break;
	}
	return ambiguous;
}

static bool
carries_sdp(const struct msg *msg)
{
	const struct msg_field *f = msg_field_named(msg, "Content-Type", 0);
	struct str type = f != NULL ? str_trim(f->value) : STR_NULL;

	return msg->body.n > 0 &&
	       (str_istarts(type, "application/sdp") ||
		   (str_istarts(type, "multipart/") &&
		       str_find(msg->body, "application/sdp") >= 0));
}

/* RFC 3515 2.4.5: a NOTIFY that says what became of a REFER. */
static void
put_sipfrag(struct layout_making *m)
{
	const struct msg_field *f = msg_field_named(m->msg, "Content-Type", 0);
	struct str reason;
	unsigned status;

	if (f == NULL || !str_istarts(str_trim(f->value), "message/sipfrag"))
		return;
	status = msg_sipfrag_status(m->msg->body, &reason);
	if (status == 0)
		return;
	buf_printf(&m->text, " (%u", status);
	if (reason.n > 0)
		buf_putc(&m->text, ' ');
	utf8_add_clipped(&m->text, reason, REASON_CELLS);
	buf_putc(&m->text, ')');
}

/* "MESSAGE Keepalive", "INFO SUS": what a body of GB/T 28181 is, or of ISUP. */
static void
label_text_put_body(struct layout_making *m)
{
	struct buf word = BUF_INIT;

	if (msg_body_word(m->msg, &word)) {
		buf_putc(&m->text, ' ');
		utf8_add_clipped(&m->text, buf_view(&word), REASON_CELLS);
	}
	buf_end(&word, &m->text.err);
}

/* The reason phrase as it was sent, whatever else is wrong with the message
 * (RFC 3261 7.2: it is for people, and may be any, or none); the usual one only
 * where its start line is not there. */
static struct str
label_text_reason_of(const struct layout_making *m, const struct trace_send *s)
{
	if (!m->msg->request && m->msg->status == s->status)
		return m->msg->reason;
	return str_of(msg_status_phrase(s->status));
}

/* With NAMED, the method of its request after it. */
static void
put_response(struct layout_making *m, const struct trace_send *s, bool named)
{
	struct str reason = label_text_reason_of(m, s);

	buf_printf(&m->text, "%u", s->status);
	if (reason.n > 0)
		buf_putc(&m->text, ' ');
	utf8_add_clipped(&m->text, reason, REASON_CELLS);
	if (named) {
		buf_puts(&m->text, " (");
		utf8_add_clipped(&m->text, s->cseq_method, 20);
		buf_putc(&m->text, ')');
	}
}

static void
keep_response(struct layout_making *m, const struct trace_send *s, bool well,
    struct layout_row *row)
{
	const char *sdp = well && carries_sdp(m->msg) ? " (SDP)" : "";

	row->ambiguous = label_text_is_ambiguous(m, s, row);
	put_response(m, s, true);
	buf_puts(&m->text, sdp);
	if (well)
		label_text_put_body(m);
	row->named = layout_keep_text(m, buf_view(&m->text));
	buf_clear(&m->text);
	put_response(m, s, false);
	buf_puts(&m->text, sdp);
	if (well)
		label_text_put_body(m);
}

/* The label of a SIP message into the scratch; ROW's brief one is its
 * beginning. */
static void
put_sip(struct layout_making *m, const struct trace_rec *rec,
    const struct trace_send *s, struct layout_row *row)
{
	LOCAL_BUF bytes = BUF_INIT;
	bool well =
	    msg_read(m->msg, trace_bytes(rec, &bytes), NULL) == MSG_FAULT_NONE;
	size_t brief = 3;

	if (s->status == 0) {
		label_text_note_request(m, s, row);
		utf8_add_clipped(&m->text, s->method, METHOD_CELLS);
		if (m->text.n == 0)
			buf_puts(&m->text, _("(not SIP)"));
		brief = m->text.n;
		if (well && carries_sdp(m->msg))
			buf_puts(&m->text, " (SDP)");
		if (well)
			put_sipfrag(m);
		if (well)
			label_text_put_body(m);
	} else {
		keep_response(m, s, well, row);
	}
	row->brief =
	    layout_keep_text(m, str_slice(buf_view(&m->text), 0, brief));
}

/* Of a flight of TLS the first message, changes of keys aside, and the number
 * of the others; the detail has them all. */
static struct str
label_text_put_flight(struct layout_making *m, struct str names)
{
	struct str name, first = STR_NULL;
	size_t more = 0;

	for (; names.n > 0; more++) {
		name = str_trim(str_cut(names, ',', &names));
		if (first.n == 0 || str_is(first, "ChangeCipherSpec"))
			first = name;
	}
	utf8_add_clipped(&m->text, first, REASON_CELLS);
	if (more > 1)
		buf_printf(&m->text, " +%zu", more - 1);
	return first;
}

/* Of "NewSessionTicket" the last word: which end says it is seen. */
static struct str
last_word(struct str name)
{
	size_t at = name.n;

	while (at > 1 && !(name.p[at - 1] >= 'A' && name.p[at - 1] <= 'Z'))
		at--;
	return str_slice(name, at > 0 ? at - 1 : 0, name.n);
}

/* A message other than SIP: its own word; ROW's brief one. */
static void
label_text_put_other(
    struct layout_making *m, const struct trace_send *s, struct layout_row *row)
{
	if (trace_proto_find(s->proto) == TRACE_PROTO_TLS) {
		row->brief = layout_keep_text(
		    m, last_word(label_text_put_flight(m, s->method)));
		return;
	}
	utf8_add_clipped(
	    &m->text, s->method.n > 0 ? s->method : s->proto, REASON_CELLS);
	row->brief = layout_keep_text(m, buf_view(&m->text));
}

/*
 * The method of a request, the status of a response with the words its sender
 * chose, "(SDP)" where a session description comes along, the outcome of a
 * REFER in its NOTIFY, which command of GB/T 28181 its body is, and the CSeq
 * method of a response where a reader could take it for the answer to something
 * else.
 */
void
layout_label(struct layout_making *m, const struct trace_rec *rec,
    const struct trace_send *s, struct layout_row *row)
{
	buf_clear(&m->text);
	row->gist = describe_message(rec, s->proto, &m->text);
	if (m->o->cost != NULL) {
		buf_clear(&m->text);
		row->gist = 0;
		row->cost =
		    m->o->cost(rec->seq, &m->text, &row->gist, m->o->cost_arg);
	}
	if (m->text.n > 0)
		row->detail = layout_keep_text(m, buf_view(&m->text));
	buf_clear(&m->text);
	if (row->class != TRACE_CLASS_SIP)
		label_text_put_other(m, s, row);
	else
		put_sip(m, rec, s, row);
	row->label = layout_keep_text(m, buf_view(&m->text));
}

/* ROW's label says its method if OTHER's has to, and the other way round. */
static void
label_text_agree(struct layout *l, struct layout_row *row, size_t other)
{
	if (other != LAYOUT_NONE &&
	    (row->ambiguous || l->rows[other].ambiguous))
		row->ambiguous = l->rows[other].ambiguous = true;
}

void
layout_labels_agree(struct layout *l)
{
	/* Back to where it came from, then on from there. */
	for (size_t k = 0; k < 2 * l->nrows; k++) {
		size_t i = k < l->nrows ? l->nrows - 1 - k : k - l->nrows;
		struct layout_row *row = &l->rows[i];

		if (row->item != LAYOUT_MESSAGE || row->named.n == 0)
			continue;
		label_text_agree(l, row, row->fwd);
		label_text_agree(l, row, row->repeat.first);
	}
	for (size_t i = 0; i < l->nrows; i++)
		if (l->rows[i].ambiguous)
			l->rows[i].label = l->rows[i].named;
}

void
layout_lost(struct layout_making *m, struct layout_row *row, struct str reason)
{
	row->lost = true;
	row->loss.reason = trace_drop_find(reason);
	if (row->loss.reason != TRACE_DROP_COUNT)
		reason = str_of(trace_drop_text(row->loss.reason));
	buf_clear(&m->text);
	utf8_add_safe(&m->text, reason);
	row->loss.text = layout_keep_text(m, buf_view(&m->text));
}

void
layout_put_packets(const struct layout_row *r, struct buf *out)
{
	if (r->media.flows)
		buf_puts(out, r->lost ? "×0" : "×…");
	else if (r->media.untold)
		/* TRANSLATORS: packets; how many of them came is unknown */
		buf_printf(out, _("of %u, not told"), r->media.sent);
	else if (r->media.missing > 0)
		/* TRANSLATORS: packets; "×72 of 89" arrived */
		buf_printf(out, _("×%u of %u"), r->copies,
		    r->copies + r->media.missing);
	else
		buf_printf(out, "×%u", r->copies);
}

void
layout_put_marks(const struct layout_row *r, const char *again, struct buf *out)
{
	if (r->item == LAYOUT_MEDIA) {
		buf_putc(out, ' ');
		layout_put_packets(r, out);
		if (r->media.amiss.n > 0)
			buf_printf(out, _(": %.*s"), STR_ARG(r->media.amiss));
		return;
	}
	if (r->repeat.retx > 0 || r->repeat.folded > 0)
		buf_puts(out, again);
	if (r->repeat.retx > 0)
		buf_printf(out, "%u", r->repeat.retx);
	if (r->repeat.folded > 0)
		buf_printf(out, "+%u", r->repeat.folded);
	if (r->repeat.gone > 0)
		buf_printf(out, " ╳%u", r->repeat.gone);
	if (r->copies > 1)
		buf_printf(out, " ×%u", r->copies);
}

static unsigned
label_text_marks_of(const struct layout_row *r)
{
	if (r->item != LAYOUT_MESSAGE)
		return r->item == LAYOUT_MEDIA
			   ? ladder_streams[r->media.kind].mark |
				 (r->lost ? LAYOUT_HAS_LOST : 0)
			   : 0;
	return ladder_arrows[r->arrow].mark | (r->lost ? LAYOUT_HAS_LOST : 0) |
	       (r->repeat.retx > 0 ? LAYOUT_HAS_AGAIN : 0) |
	       (r->repeat.folded > 0 ? LAYOUT_HAS_FOLDED : 0) |
	       (r->repeat.gone > 0 ? LAYOUT_HAS_GONE : 0) |
	       (r->copies > 1 ? LAYOUT_HAS_COPIES : 0) |
	       (r->under_way ? LAYOUT_HAS_UNDER_WAY : 0) |
	       (r->loss.discarded ? LAYOUT_HAS_DISCARDED : 0) |
	       (r->cost != LAYOUT_COST_UNKNOWN ? LAYOUT_HAS_COST : 0);
}

unsigned
layout_marks(const struct layout *l)
{
	unsigned marks = 0;

	for (size_t i = 0; i < l->nrows; i++)
		marks |= label_text_marks_of(&l->rows[i]);
	for (size_t i = 0; i < l->npieces; i++)
		if (l->pieces[i].cost == LAYOUT_COST_GOAL)
			marks |= LAYOUT_HAS_CRASH_GOAL;
		else if (l->pieces[i].cost == LAYOUT_COST_RULE)
			marks |= LAYOUT_HAS_CRASH_RULE;
	return marks;
}
