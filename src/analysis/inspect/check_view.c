/* GB/T 28181: views, playbacks and downloads (inspect/surveillance.h). */
#include "inspect/checks.h"
#include "inspect/surveillance.h"

#include "base/dates.h"

#define SECOND INT64_C(1000000000)
/* A recording may take that much longer than it is. */
#define REST_NS (30 * SECOND)

/* Annex G.  A recording that is asked for has its times, too. */
enum verdict
check_gb_kind(struct look *l)
{
	const struct gb_view *v = l->view;
	char first = v->recorded ? '1' : '0';
	struct str server =
	    surveillance_user(msg_addr_uri(msg_value(l->msg, MSG_H_FROM)));

	if (!l->msg->request)
		return SILENT;
	look_measured(l,
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
find_rival(const struct look *l)
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
check_gb_one(struct look *l)
{
	const struct gb_view *v = l->view, *other;

	if (l->msg->request || !surveillance_is_device(v->channel))
		return SILENT;
	other = find_rival(l);
	l->blame = v->tx->source == v->ssrc ? v->tx->client : l->node;
	look_measured(l, _("y= of %.*s is that of %.*s, whose view runs"),
	    STR_ARG(v->channel),
	    STR_ARG(other != NULL ? other->channel : v->channel));
	return verdict_of(other == NULL);
}

/* What the platform asks for beside what RecordInfo has said. */
static enum verdict
judge_asked(struct look *l)
{
	int64_t t = l->view->begins;

	look_measured(l,
	    _("t=%lld is 28,800 s off the beginning of a record: UTC was taken "
	      "for Beijing time, or the reverse"),
	    (long long)t);
	if (surveillance_recorded(l->in, t))
		return KEPT;
	return surveillance_recorded(l->in, t - SURVEILLANCE_ZONE) ||
		       surveillance_recorded(l->in, t + SURVEILLANCE_ZONE)
		   ? BROKEN
		   : SEEN;
}

enum verdict
check_gb_time(struct look *l)
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
	look_measured(l, _("t=%u, and the offer has %u"), begins, v->begins);
	if (off == SURVEILLANCE_ZONE || off == -SURVEILLANCE_ZONE)
		return BROKEN;
	return off == 0 && ends == v->ends ? KEPT : SEEN;
}

/* It goes to who is outside of that network; who opens the connection to the
 * device can be anywhere. */
enum verdict
check_gb_address(struct look *l)
{
	const struct gb_view *v = l->view;
	struct addr at, to;

	if (!l->msg->request || addr_parse(v->place, &at) != 0 ||
	    addr_parse(l->send.dst_addr, &to) != 0)
		return SILENT;
	look_measured(l,
	    _("the stream is wanted at %.*s, where %.*s can't send"),
	    STR_ARG(v->place), STR_ARG(l->send.dst_addr));
	if (addr_private(&at) == NULL)
		return KEPT;
	return addr_private(&to) != NULL || str_is(look_setup(l), "active")
		   ? SEEN
		   : BROKEN;
}

/* Of L's stream the first packet has come from src_addr. */
enum verdict
check_gb_port(struct look *l)
{
	const struct gb_view *v = l->view;

	l->blame = surveillance_sender(v);
	look_measured(l, _("its stream comes from %.*s, and came from %.*s"),
	    STR_ARG(l->send.src_addr), STR_ARG(v->from));
	return verdict_of(v->from.n == 0 || str_eq(v->from, l->send.src_addr));
}

/* The sender ends the dialog, or the recording is long over. */
enum verdict
check_gb_end(struct look *l)
{
	const struct gb_view *v = l->view;
	int64_t begun = v->tx->t_final, over;

	if (!v->recorded || v->tx->status / 100 != 2)
		return SILENT;
	if (v->told)
		return KEPT;
	look_measured(l, _("%.*s is played, and no MediaStatus says its end"),
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
