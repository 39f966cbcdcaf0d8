/* Keep-alives, queries and views as they go by; see inspect/surveillance.h. */
#include "inspect/surveillance.h"

#include "base/dates.h"
#include "base/err.h"
#include "inspect/relate.h"
#include "msg/bodies.h"
#include "msg/header_names.h"

/* ---- words ---- */

struct str
surveillance_user(struct str text)
{
	struct msg_uri uri;

	if (msg_uri_read(text, &uri) != 0 || !uri.sip ||
	    (uri.user.n != 20 && uri.user.n != 18) ||
	    !date_has_form(uri.user, "00000000000000000000"))
		return STR_NULL;
	return uri.user;
}

static struct str
user_of(const struct inspected_message *l, enum msg_header id)
{
	return surveillance_user(msg_addr_uri(msg_value(l->msg, id)));
}

/* The value of the first line of TYPE in the description that was read. */
static struct str
camera_line_of(const struct inspected_message *l, char type)
{
	const struct msg_sdp *s = l->in->sdp;

	for (size_t i = 0; i < s->nlines; i++)
		if (s->lines[i].type == type)
			return str_trim(s->lines[i].value);
	return STR_NULL;
}

/* "1772409600 1772409630" */
bool
surveillance_span(struct inspected_message *l, uint32_t *begins, uint32_t *ends)
{
	struct str rest, first;

	if (!inspected_sdp(l))
		return false;
	first = str_cut(camera_line_of(l, 't'), ' ', &rest);
	return str_u32(first, begins) == 0 &&
	       str_u32(str_trim(rest), ends) == 0;
}

/* ---- keep-alives ---- */

/* That of the device whose ID is given; one that is MADE where there is none.
 */
static struct gb_beat *
find_beat(struct inspected_message *l, struct str device, bool made)
{
	struct str key = inspect_key(l->in, device);
	struct gb_beat *b = kept_beat(l->in, key);

	if (b != NULL || !made || device.n == 0)
		return b;
	b = arena_get(l->in->arena, 1, sizeof(*b));
	keep_beat(l->in, key, b);
	return b;
}

static void
note_beat(struct inspected_message *l, struct gb_beat *b)
{
	bool goes_on = b->tx != NULL && !b->anew;

	b->gap[1] = goes_on ? b->gap[0] : 0;
	b->gap[0] = goes_on ? l->time - b->tx->t : 0;
	b->tx = l->tx;
	b->anew = false;
}

static void
answer_beat(struct inspected_message *l)
{
	struct gb_beat *b = find_beat(l, user_of(l, MSG_H_FROM), false);

	if (b == NULL || b->tx != l->tx)
		return;
	l->beat = b;
	inspect_look(l, AT_BEAT);
	b->refused = l->msg->status < 300 ? 0 : b->refused + 1;
}

static void
note_register(struct inspected_message *l)
{
	struct gb_beat *b =
	    find_beat(l, user_of(l, MSG_H_TO), !l->msg->request);
	int64_t seconds = relate_interval(l->msg);

	if (b != NULL && l->msg->request) {
		b->anew = true;
		b->refused = 0;
	} else if (b != NULL && l->msg->status / 100 == 2 && seconds >= 0) {
		b->until = l->time + seconds * INT64_C(1000000000);
	}
}

/* L's request goes to a device, or to a channel of one at that place. */
static struct gb_beat *
camera_find_asked(struct inspected_message *l)
{
	struct gb_beat *b = find_beat(l, surveillance_user(l->msg->uri), false);

	return b != NULL
		   ? b
		   : kept_beat_at(l->in, inspect_key(l->in, l->send.dst_addr));
}

/* L comes from a device, or is a request to it: what it does not answer until
 * its next one is kept. */
static void
camera_note_heard(struct inspected_message *l)
{
	bool request = l->msg->request;
	struct gb_beat *b =
	    find_beat(l, user_of(l, request ? MSG_H_FROM : MSG_H_TO), false);

	if (b != NULL) {
		b->t_heard = l->time;
		b->asked = request ? NULL : b->asked;
		keep_beat_at(l->in, inspect_key(l->in, l->send.src_addr), b);
	}
	if (!request || l->msg->method == MSG_ACK)
		return;
	b = camera_find_asked(l);
	if (b != NULL && (b->asked == NULL || b->asked->final != 0)) {
		b->asked = l->tx;
		b->asked_last = b->t_heard;
	}
}

/* ---- queries ---- */

/* Answers are matched by SN (A.1). */
static struct str
query_key(struct inspected_message *l, enum msg_header platform,
    const struct manscdp *m)
{
	return inspect_key(l->in, user_of(l, platform),
	    manscdp_value(m, 0, "CmdType"), manscdp_value(m, 0, "SN"));
}

static void
note_query(struct inspected_message *l, const struct manscdp *m)
{
	struct inspect *in = l->in;
	struct str key = query_key(l, MSG_H_FROM, m);
	struct gb_query *q;

	if (l->msg->method != MSG_MESSAGE)
		return;
	q = arena_get(in->arena, 1, sizeof(*q));
	keep_query(in, key, q);
	if (q == NULL)
		return;
	q->tx = l->tx;
	q->sum = -1;
	q->name = inspect_keep(in, manscdp_value(m, 0, "CmdType"));
	q->sn = inspect_keep(in, manscdp_value(m, 0, "SN"));
	*in->last_query = q;
	in->last_query = &q->next;
}

static struct str
camera_record_key(struct inspect *in, int64_t seconds)
{
	char room[24];

	return inspect_mark(
	    in, MARK_RECORDED, inspect_digits((uint64_t)seconds, room));
}

bool
surveillance_recorded(struct inspect *in, int64_t t)
{
	return inspect_number(in, camera_record_key(in, t)) != 0;
}

/* TEXT is Beijing time. */
static void
camera_note_record(struct inspected_message *l, struct str text)
{
	struct buf b = BUF_INIT;
	int64_t ns;

	buf_printf(&b, "%.*s+08:00", STR_ARG(text));
	if (text.n > 0 && date_read(buf_view(&b), &ns) == 0)
		inspect_put_number(
		    l->in, camera_record_key(l->in, ns / 1000000000), l->seq);
	buf_end(&b, &l->in->err);
}

static void
note_query_answer(struct inspected_message *l, const struct manscdp *m)
{
	struct gb_query *q = kept_query(l->in, query_key(l, MSG_H_TO, m));
	uint32_t sum;

	if (q == NULL)
		return;
	q->answer = l->tx;
	if (str_u32(manscdp_value(m, 0, "SumNum"), &sum) == 0)
		q->sum = sum;
	for (size_t i = 1; i < m->n; i++) {
		q->items += str_is(m->elements[i].name, "Item");
		camera_note_record(l, manscdp_value(m, i, "StartTime"));
	}
}

/* ---- views ---- */

static struct str
view_key(struct inspected_message *l)
{
	return inspect_key(l->in, msg_value(l->msg, MSG_H_CALL_ID));
}

static void
begin_view(struct inspected_message *l)
{
	struct inspect *in = l->in;
	struct gb_view *v;

	if (!inspected_sdp(l))
		return;
	v = arena_get(in->arena, 1, sizeof(*v));
	keep_view(in, view_key(l), v);
	if (v == NULL)
		return;
	v->tx = l->tx;
	v->ssrc = tx_facts(l, l->tx)->source;
	v->recorded = str_is(camera_line_of(l, 's'), "Playback") ||
		      str_is(camera_line_of(l, 's'), "Download");
	v->channel = inspect_keep(in, surveillance_user(l->msg->uri));
	v->y = inspect_keep(in, camera_line_of(l, 'y'));
	if (in->sdp->nmedia > 0)
		v->place = inspect_keep(in, in->sdp->media[0].address);
	surveillance_span(l, &v->begins, &v->ends);
	v->next = in->views;
	in->views = l->view = v;
	in->surveillance = true;
	inspect_look(l, AT_VIEW);
}

static void
follow_view(struct inspected_message *l)
{
	struct gb_view *v = kept_view(l->in, view_key(l));

	l->view = v;
	if (v == NULL)
		return;
	if (l->tx == v->tx && !l->msg->request && l->msg->status / 100 == 2) {
		/* The sender's own y= counts. */
		v->ssrc = inspected_ssrc(l) != 0 ? inspected_ssrc(l) : v->ssrc;
		inspect_look(l, AT_VIEW);
	}
	v->controlled |= l->msg->method == MSG_INFO;
	if (l->msg->request && l->msg->method == MSG_BYE && v->bye == NULL)
		v->bye = l->tx;
}

/* A recording is over: that of L's dialog, else one that L's node sends, that
 * of the channel which M names where there are several. */
static void
note_end(struct inspected_message *l, const struct manscdp *m)
{
	struct str id = manscdp_value(m, 0, "DeviceID");
	struct gb_view *found = kept_view(l->in, view_key(l));
	struct gb_view *v = found == NULL ? l->in->views : NULL;

	for (; v != NULL; v = v->next)
		if (v->recorded && !v->told && v->bye == NULL &&
		    surveillance_sender(v) == l->node &&
		    (found == NULL || str_eq(v->channel, id)))
			found = v;
	if (found != NULL)
		found->told = true;
}

/* ---- messages ---- */

/* 9.3, 9.12: any other command has no answer but its 200. */
static bool
wants_answer(const struct manscdp *m)
{
	return m->root == MANSCDP_QUERY ||
	       str_is(manscdp_value(m, 0, "CmdType"), "Broadcast") ||
	       manscdp_value(m, 0, "GuardCmd").n > 0 ||
	       manscdp_value(m, 0, "RecordCmd").n > 0 ||
	       manscdp_value(m, 0, "AlarmCmd").n > 0;
}

static void
camera_follow_command(struct inspected_message *l, const struct manscdp *m)
{
	if (l->beat != NULL)
		note_beat(l, l->beat);
	else if (m->root == MANSCDP_RESPONSE)
		note_query_answer(l, m);
	else if (wants_answer(m))
		note_query(l, m);
	else if (str_is(manscdp_value(m, 0, "NotifyType"), "121"))
		note_end(l, m);
}

static void
command_sent(struct inspected_message *l, struct str body)
{
	struct manscdp m = { .fault = MANSCDP_FAULT_NONE };
	int err = manscdp_read(&m, body);

	l->in->surveillance = true;
	if (err == ERR_NOMEM) {
		l->in->err = err;
		return;
	}
	l->command = &m;
	/* Each keep-alive is a call of its own, and so is each answer. */
	if (err == 0 && !l->in->partial &&
	    str_is(manscdp_value(&m, 0, "CmdType"), "Keepalive"))
		l->beat = find_beat(l, user_of(l, MSG_H_FROM), true);
	inspect_look(l, AT_COMMAND);
	if (err == 0) {
		camera_follow_command(l, &m);
		manscdp_free(&m);
	}
	l->command = NULL;
}

/* A capture may show it at several points of its way. */
static bool
camera_is_first(const struct inspected_message *l)
{
	return l->read && l->fault == MSG_FAULT_NONE && !l->forwarded &&
	       l->tx != NULL &&
	       l->seq == (l->msg->request ? l->tx->request : l->tx->final);
}

void
surveillance_sent(struct inspected_message *l)
{
	struct str body, params;

	if (!camera_is_first(l))
		return;
	if (l->msg->method == MSG_REGISTER)
		note_register(l);
	else if (l->msg->method == MSG_INVITE && l->msg->request &&
		 tx_facts(l, l->tx)->source != 0 && l->tx->initial)
		begin_view(l);
	else if (l->msg->request &&
		 msg_body_of(l->msg, MANSCDP_TYPE, &params, &body))
		command_sent(l, body);
	else if (l->in->surveillance && l->msg->method == MSG_MESSAGE)
		answer_beat(l);
	else if (l->in->surveillance)
		follow_view(l);
	if (l->in->surveillance)
		camera_note_heard(l);
}

void
surveillance_media(struct inspected_message *l, const struct trace_rec *rec)
{
	struct inspect *in = l->in;
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);
	char room[24];
	struct str key, *from;

	if (!in->surveillance ||
	    !str_is(trace_str(rec, "op", &in->fields), "hear"))
		return;
	l->send.src_addr =
	    inspect_keep(in, trace_str(rec, "peer", &in->fields));
	l->view = in->views;
	while (
	    l->view != NULL && (l->view->ssrc != ssrc || l->view->bye != NULL))
		l->view = l->view->next;
	if (l->view == NULL || l->send.src_addr.n == 0)
		return;
	/* A node that forwards it may keep the SSRC. */
	key = inspect_key(in, trace_name(l->t, l->node),
	    inspect_digits(l->view->tx->request, room));
	from = kept_heard_from(in, key);
	if (from == NULL) {
		from = arena_get(in->arena, 1, sizeof(*from));
		keep_heard_from(in, key, from);
	}
	if (from == NULL)
		return;
	l->view->from = *from;
	inspect_look(l, AT_HEARD);
	*from = l->send.src_addr;
}

void
surveillance_ended(struct inspected_message *l)
{
	if (l->in->partial)
		return;
	for (struct gb_query *q = l->in->first_query; q != NULL; q = q->next) {
		l->query = q;
		l->tx = q->tx;
		l->call = tx_facts(l, q->tx)->call;
		l->node = q->tx->client;
		inspect_look(l, AT_QUERY);
	}
	for (struct gb_view *v = l->in->views; v != NULL; v = v->next) {
		l->view = v;
		l->tx = v->tx;
		l->call = tx_facts(l, v->tx)->call;
		l->node = surveillance_sender(v);
		inspect_look(l, AT_VIEWED);
	}
	l->tx = NULL;
	l->call = NULL;
}
