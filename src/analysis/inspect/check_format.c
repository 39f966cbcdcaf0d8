/* The form of a message, for any receiver: RFC 3261 7, 8.1.1, 20, 25. */
#include "inspect/check.h"

#include "msg/bodies.h"

#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"

/* ---- what msg_judge says: the first thing that is wrong ---- */

/* The text in place of a fault's words, which quote the message: the name of
 * the field that it is in. */
static const char *
name_fault(const struct inspected_message *l)
{
	const char *at = l->fault_at.p;

	for (size_t i = 0; at != NULL && i < l->msg->nfields; i++) {
		const struct msg_field *f = &l->msg->fields[i];

		if (f->id != MSG_H_OTHER && at >= f->name.p &&
		    at <= f->value.p + f->value.n)
			return msg_header_info(f->id)->name;
	}
	return msg_fault_text(l->fault);
}

enum verdict
check_fault(struct inspected_message *l)
{
	if (l->fault == MSG_FAULT_EMPTY)
		return SILENT;
	if ((l->check->faults >> l->fault & 1) == 0)
		return l->fault == MSG_FAULT_NONE ? KEPT : SILENT;
	inspected_say(l, "%s: %.*s", msg_fault_text(l->fault),
	    (int)(l->fault_at.n < 60 ? str_trim(l->fault_at).n : 60),
	    l->fault_at.n > 0 ? str_trim(l->fault_at).p : "");
	l->same = name_fault(l);
	return BROKEN;
}

enum verdict
check_mandatory(struct inspected_message *l)
{
	enum msg_header missing;

	if (l->fault != MSG_FAULT_MISSING)
		return check_fault(l);
	missing = msg_missing_header(l->msg);
	inspected_say(l, _("%s is missing"),
	    missing != MSG_H_OTHER ? msg_header_info(missing)->name : "?");
	return BROKEN;
}

/* A message ends where its Content-Length says, over a stream; in a WebSocket,
 * which packets show as TCP and the Via tells, it needs none (RFC 7118 5). */
static bool
is_cut_by_length(const struct inspected_message *l)
{
	const struct addr_transport_row *via =
	    addr_transport_known(l->via.transport);

	return addr_word_needs_length(l->send.transport) &&
	       (via == NULL || via->framing != ADDR_WEBSOCKET);
}

enum verdict
check_length(struct inspected_message *l)
{
	if (l->fault != MSG_FAULT_NONE)
		return check_fault(l);
	/* 18.3: over a stream it is a must. */
	if (!is_cut_by_length(l) ||
	    msg_field(l->msg, MSG_H_CONTENT_LENGTH, 0) != NULL)
		return KEPT;
	inspected_say(l, _("no Content-Length on a stream"));
	return BROKEN;
}

/* 21.5.7.  Of a message larger than rung takes nothing else is checked, which
 * is reported, lest it pass for clean. */
enum verdict
check_large(struct inspected_message *l)
{
	struct msg_excess x;

	if (l->fault != MSG_FAULT_TOO_LARGE)
		return SILENT;
	inspected_say(l, _("the rest of it is not checked: "));
	if (msg_find_excess(l->msg, &x))
		msg_put_limit(x.limit, x.size, msg_limit_most(x.limit), l->why);
	return BROKEN;
}

struct str
inspected_sent_body(const struct inspected_message *l)
{
	const struct msg *m = l->msg;

	if (m->body.p == NULL)
		return STR_NULL;
	return str_trim(
	    str_slice(m->bytes, (size_t)(m->body.p - m->bytes.p), m->bytes.n));
}

/* 18.3: what follows the body in a datagram is thrown away.  Line ends do no
 * harm. */
enum verdict
check_rest(struct inspected_message *l)
{
	size_t body = l->msg->body.n, sent = inspected_sent_body(l).n;

	if (!addr_word_is_udp(l->send.transport) ||
	    msg_field(l->msg, MSG_H_CONTENT_LENGTH, 0) == NULL)
		return SILENT;
	if (sent <= body)
		return KEPT;
	inspected_measured(l,
	    _("%zu bytes follow the %zu that Content-Length counts"),
	    sent - body, body);
	return BROKEN;
}

enum verdict
check_date(struct inspected_message *l)
{
	struct str date = msg_value(l->msg, MSG_H_DATE);
	const struct msg *came = inspected_source(l);
	int64_t seconds;

	if (date.n == 0 ||
	    (came != NULL && str_eq(msg_value(came, MSG_H_DATE), date)))
		return SILENT;
	inspected_measured(l, "Date: %.*s", STR_ARG(str_slice(date, 0, 60)));
	return verdict_of(msg_date_read(date, &seconds) == 0);
}

/* 18.1.1; in a run nodes know the MTUs of its links. */
enum verdict
check_size(struct inspected_message *l)
{
	if (!l->msg->request || !addr_word_is_udp(l->send.transport))
		return SILENT;
	if (l->in->whole)
		return SEEN;
	if (l->msg->bytes.n <= SIP_UDP_SIZE)
		return KEPT;
	inspected_measured(l, _("%zu bytes over UDP"), l->msg->bytes.n);
	return BROKEN;
}

/* ---- what a request has ---- */

static struct str
asks_key(struct inspected_message *l)
{
	return inspect_mark(l->in, MARK_ASKS, l->via.branch);
}

struct followed_tx *
inspect_tx_of_branch(struct inspected_message *l)
{
	return inspected_has_old_branch(l)
		   ? NULL
		   : follower_tx_of(
			 l->in->follower, inspect_number(l->in, asks_key(l)));
}

/* 8.1.1.7; the same request by the same hop is a repetition, and has another
 * Call-ID or CSeq never. */
enum verdict
check_branch(struct inspected_message *l)
{
	char cseq[24];
	struct inspect *in = l->in;
	uint64_t hash = STR_HASH_START, before;

	if (!l->msg->request || inspected_has_old_branch(l) ||
	    l->msg->method == MSG_ACK || l->msg->method == MSG_CANCEL)
		return SILENT;
	hash = str_hash_words(msg_value(l->msg, MSG_H_CALL_ID), hash);
	hash = str_hash_words(inspect_digits(l->cseq.number, cseq), hash);
	hash = str_hash_end(str_hash_words(l->msg->method_name, hash)) | 1;
	before = inspect_note_number(in,
	    inspect_mark(in, MARK_BRANCH, l->via.branch, l->via.sent_by), hash);
	inspect_put_number(in, asks_key(l), l->seq);
	inspected_say(l, _("the branch is that of an earlier request"));
	return verdict_of(before == 0 || before == hash);
}

/* ---- fields that a method asks for (msg/message_methods.c) ---- */
