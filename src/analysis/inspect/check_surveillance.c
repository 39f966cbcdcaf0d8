/*
 * GB/T 28181: bodies of MANSCDP, keep-alives, queries, views, playbacks and
 * downloads (inspect/surveillance.h).
 */
#include "base/dates.h"
#include "inspect/check.h"
#include "inspect/surveillance.h"
#include "msg/header_names.h"

#define SECOND INT64_C(1000000000)
/* After that no client waits for an answer: platforms give up after 10 s to 20
 * s.
 */
#define PATIENCE_NS (30 * SECOND)
/* So many in vain, and who is alive registers again. */
#define LOSSES 3

/* ---- bodies ---- */

/* Another character set than is declared can be read here; elsewhere it may
 * not. */
enum verdict
check_gb_body(struct inspected_message *l)
{
	const struct manscdp *m = l->command;
	enum verdict v = verdict_of(m->fault == MANSCDP_FAULT_NONE);

	inspected_say(l, "%s", i18n_text(manscdp_fault_words(m->fault)));
	for (size_t i = 0; i < m->nfindings; i++)
		if (m->findings[i].kind == MANSCDP_IS_OTHER)
			v = SEEN;
	return v;
}

/* A node that declares GB 18030 follows the edition of 2022. */
enum verdict
check_gb_owner(struct inspected_message *l)
{
	const struct manscdp *m = l->command;
	enum verdict v = SILENT;

	if (m->fault != MANSCDP_FAULT_NONE || m->root != MANSCDP_RESPONSE ||
	    !str_is(manscdp_value(m, 0, "CmdType"), "Catalog") ||
	    str_ifind(m->declaration, STR("GB18030")) >= 0)
		return SILENT;
	for (size_t i = 1; i < m->n && v != BROKEN; i++) {
		struct str id = manscdp_value(m, i, "DeviceID");

		if (!str_is(m->elements[i].name, "Item") ||
		    !surveillance_is_device(id))
			continue;
		inspected_measured(
		    l, _("the catalogue has %.*s without Owner"), STR_ARG(id));
		v = verdict_of(manscdp_value(m, i, "Owner").n > 0);
	}
	return v;
}

/* ---- keep-alives ---- */

/* A keep-alive that is half as much late again as each of the two before it; an
 * earlier one tells of a fault (9.6). */
enum verdict
check_gb_beat(struct inspected_message *l)
{
	const struct gb_beat *b = l->beat;
	int64_t gap;

	if (b == NULL || b->tx == NULL || b->anew)
		return SILENT;
	gap = l->time - b->tx->t;
	if (b->gap[0] == 0 || b->gap[1] == 0)
		return SEEN;
	inspected_measured(l,
	    _("a keep-alive %lld s after the previous one; earlier ones came "
	      "every %lld s"),
	    (long long)(gap / SECOND), (long long)(b->gap[0] / SECOND));
	if (gap * 2 > b->gap[0] * 3 && gap * 2 > b->gap[1] * 3)
		return BROKEN;
	return gap * 3 < b->gap[0] * 2 ? SEEN : KEPT;
}

/* A challenge is not a rejection. */
enum verdict
check_gb_taken(struct inspected_message *l)
{
	unsigned status = l->msg->status;

	if (status == 401 || status == 407)
		return SILENT;
	inspected_measured(l,
	    _("%u to a keep-alive of a device that is registered and sends "
	      "keep-alives: the server counts by another interval, or has "
	      "forgotten the device"),
	    status);
	if (status < 300)
		return KEPT;
	return l->beat->until != 0 && l->time < l->beat->until ? BROKEN : SEEN;
}

enum verdict
check_gb_anew(struct inspected_message *l)
{
	if (l->beat == NULL || l->beat->tx == NULL)
		return SILENT;
	inspected_measured(l,
	    _("%u keep-alives in a row were rejected, and it does not register "
	      "again"),
	    l->beat->refused);
	return l->beat->refused >= LOSSES ? BROKEN
	       : l->beat->refused > 0     ? SEEN
	       : l->beat->anew            ? KEPT
					  : SILENT;
}

/* The device is alive, as this keep-alive says, but did not answer: nothing has
 * come to it. */
enum verdict
check_gb_reached(struct inspected_message *l)
{
	const struct followed_tx *tx = l->beat != NULL ? l->beat->asked : NULL;

	if (tx == NULL)
		return SILENT;
	if (tx->final != 0 || tx->provisional != 0)
		return KEPT;
	inspected_measured(l,
	    _("%.*s to it has no answer, %lld s after its last message; this "
	      "keep-alive comes %lld s later: a NAT on the way has removed its "
	      "mapping"),
	    STR_ARG(tx->method_name),
	    (long long)((tx->t - l->beat->asked_last) / SECOND),
	    (long long)((l->time - tx->t) / SECOND));
	l->at = tx->request;
	return l->time - tx->t >= SIP_64T1_NS ? BROKEN : SEEN;
}

/* ---- queries ---- */

enum verdict
check_gb_answered(struct inspected_message *l)
{
	const struct gb_query *q = l->query;
	const struct followed_tx *tx = q->tx;

	if (tx->final == 0 || tx->status / 100 != 2)
		return SILENT;
	if (q->answer != NULL)
		return KEPT;
	l->blame = tx->final_by;
	inspected_measured(l, _("no answer to %.*s, SN %.*s, except its 200"),
	    STR_ARG(q->name), STR_ARG(q->sn));
	return judge_missing(
	    l, true, tx->final_by, tx->t, PATIENCE_NS, tx->request);
}

enum verdict
check_gb_sum(struct inspected_message *l)
{
	const struct gb_query *q = l->query;
	const struct followed_tx *last = q->answer;

	if (q->sum < 0 || last == NULL)
		return SILENT;
	if (q->items == q->sum)
		return KEPT;
	l->at = last->request;
	l->blame = last->client;
	inspected_measured(l, _("SumNum is %lld, but %lld items have arrived"),
	    (long long)q->sum, (long long)q->items);
	return q->items > q->sum ? BROKEN
				 : judge_missing(l, true, last->client, last->t,
				       PATIENCE_NS, last->request);
}

/* GB/T 28181: views, playbacks and downloads (inspect/surveillance.h). */

/* A recording may take that much longer than it is. */
#define REST_NS (30 * SECOND)

/* Annex G.  A recording that is asked for has its times as well. */
enum verdict
check_gb_kind(struct inspected_message *l)
{
	const struct gb_view *v = l->view;
	char first = v->recorded ? '1' : '0';
	struct str server =
	    surveillance_user(msg_addr_uri(msg_value(l->msg, MSG_H_FROM)));

	if (!l->msg->request)
		return SILENT;
	inspected_measured(l,
	    v->recorded ? _("y=%.*s of a recording")
			: _("y=%.*s of live video"),
	    STR_ARG(str_slice(v->y, 0, 20)));
	if (v->y.n != 10 || v->y.p[0] != first ||
	    !date_has_form(v->y, "0000000000"))
		return BROKEN;
	/* Five digits of the domain that has allotted it. */
	return server.n == 20 &&
		       str_eq(str_slice(v->y, 1, 6), str_slice(server, 3, 8))
		   ? KEPT
		   : SEEN;
}

/* Another view of the same platform that has V's SSRC, and runs; not one that
 * goes on from a media server. */
static const struct gb_view *
find_rival(const struct inspected_message *l)
{
	const struct gb_view *v = l->view, *w = l->in->views;

	while (w != NULL &&
	       (w == v || w->ssrc != v->ssrc || w->bye != NULL ||
		   w->tx->client != v->tx->client || w->tx->status / 100 != 2 ||
		   !surveillance_is_device(w->channel) ||
		   str_eq(w->channel, v->channel)))
		w = w->next;
	return w;
}

enum verdict
check_gb_one(struct inspected_message *l)
{
	const struct gb_view *v = l->view, *other;

	if (l->msg->request || !surveillance_is_device(v->channel))
		return SILENT;
	other = find_rival(l);
	l->blame =
	    tx_facts(l, v->tx)->source == v->ssrc ? v->tx->client : l->node;
	inspected_measured(l,
	    _("y= of %.*s is that of %.*s, whose stream is still "
	      "running"),
	    STR_ARG(v->channel),
	    STR_ARG(other != NULL ? other->channel : v->channel));
	return verdict_of(other == NULL);
}

/* What the platform asks for beside what RecordInfo has said. */
static enum verdict
judge_asked(struct inspected_message *l)
{
	int64_t t = l->view->begins;

	inspected_measured(l,
	    _("t=%lld differs by 28,800 s from the beginning of a record: UTC "
	      "was taken for Beijing time, or Beijing time for UTC"),
	    (long long)t);
	if (surveillance_recorded(l->in, t))
		return KEPT;
	return surveillance_recorded(l->in, t - SURVEILLANCE_ZONE) ||
		       surveillance_recorded(l->in, t + SURVEILLANCE_ZONE)
		   ? BROKEN
		   : SEEN;
}

enum verdict
check_gb_time(struct inspected_message *l)
{
	const struct gb_view *v = l->view;
	uint32_t begins, ends;
	int64_t off;

	if (!v->recorded || v->begins == 0)
		return SILENT;
	if (l->msg->request)
		return judge_asked(l);
	if (!surveillance_span(l, &begins, &ends) || begins == 0)
		return SEEN;
	off = (int64_t)begins - v->begins;
	inspected_measured(
	    l, _("t=%u, and the offer has %u"), begins, v->begins);
	if (off == SURVEILLANCE_ZONE || off == -SURVEILLANCE_ZONE)
		return BROKEN;
	return off == 0 && ends == v->ends ? KEPT : SEEN;
}

/* It goes to who is outside of that network; who opens the connection to the
 * device can be anywhere. */
enum verdict
check_gb_address(struct inspected_message *l)
{
	const struct gb_view *v = l->view;
	struct addr at, to;

	if (!l->msg->request || addr_parse(v->place, &at) != 0 ||
	    addr_parse(l->send.dst_addr, &to) != 0)
		return SILENT;
	inspected_measured(l,
	    _("the stream is requested at %.*s, where %.*s can't send"),
	    STR_ARG(v->place), STR_ARG(l->send.dst_addr));
	if (addr_private(&at) == NULL)
		return KEPT;
	return addr_private(&to) != NULL || str_is(inspected_setup(l), "active")
		   ? SEEN
		   : BROKEN;
}

/* Of L's stream the first packet has come from src_addr. */
enum verdict
check_gb_port(struct inspected_message *l)
{
	const struct gb_view *v = l->view;

	l->blame = surveillance_sender(v);
	inspected_measured(l,
	    _("its stream comes from %.*s, and came from %.*s "
	      "before"),
	    STR_ARG(l->send.src_addr), STR_ARG(v->from));
	return verdict_of(v->from.n == 0 || str_eq(v->from, l->send.src_addr));
}

/* The sender ends the dialog, or the recording is long over. */
enum verdict
check_gb_end(struct inspected_message *l)
{
	const struct gb_view *v = l->view;
	int64_t begun = v->tx->t_final, over;

	if (!v->recorded || v->tx->status / 100 != 2)
		return SILENT;
	if (v->told)
		return KEPT;
	inspected_measured(l,
	    _("%.*s is played, and no MediaStatus reports its end"),
	    STR_ARG(v->channel));
	l->at = v->bye != NULL ? v->bye->request : v->tx->final;
	if (v->bye != NULL && v->bye->client == l->node)
		return BROKEN;
	over = ((int64_t)v->ends - v->begins) * SECOND + REST_NS;
	if (v->ends <= v->begins || v->controlled ||
	    (v->bye != NULL && v->bye->t - begun < over))
		return SEEN;
	return judge_missing(l, true, l->node, begun, over, l->at);
}
