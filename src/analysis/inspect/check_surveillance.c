/* GB/T 28181: bodies of MANSCDP, keep-alives, queries
 * (inspect/surveillance.h). */
#include "inspect/checks.h"
#include "inspect/surveillance.h"

#define SECOND INT64_C(1000000000)
/* After that nobody waits for an answer: platforms give up after 10 s to 20 s.
 */
#define PATIENCE_NS (30 * SECOND)
/* So many in vain, and who is alive registers anew. */
#define LOSSES 3

/* ---- bodies ---- */

/* Another character set than is declared can be read here; elsewhere it may
 * not. */
enum verdict
check_gb_body(struct look *l)
{
	const struct manscdp *m = l->command;
	enum verdict v = verdict_of(m->fault == MANSCDP_FAULT_NONE);

	look_say(l, "%s", i18n_text(manscdp_fault_words(m->fault)));
	for (size_t i = 0; i < m->nfindings; i++)
		if (m->findings[i].kind == MANSCDP_IS_OTHER)
			v = SEEN;
	return v;
}

/* Who declares GB 18030 goes by the edition of 2022. */
enum verdict
check_gb_owner(struct look *l)
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
		look_measured(
		    l, _("the catalogue has %.*s without Owner"), STR_ARG(id));
		v = verdict_of(manscdp_value(m, i, "Owner").n > 0);
	}
	return v;
}

/* ---- keep-alives ---- */

/* One that is half as much late again as each of the two before it; what comes
 * earlier tells of something that is broken (9.6). */
enum verdict
check_gb_beat(struct look *l)
{
	const struct gb_beat *b = l->beat;
	int64_t gap;

	if (b == NULL || b->tx == NULL || b->anew)
		return SILENT;
	gap = l->time - b->tx->t;
	if (b->gap[0] == 0 || b->gap[1] == 0)
		return SEEN;
	look_measured(l,
	    _("a keep-alive %lld s after the one before it, and before that "
	      "they came each %lld s"),
	    (long long)(gap / SECOND), (long long)(b->gap[0] / SECOND));
	if (gap * 2 > b->gap[0] * 3 && gap * 2 > b->gap[1] * 3)
		return BROKEN;
	return gap * 3 < b->gap[0] * 2 ? SEEN : KEPT;
}

/* A challenge is no refusal. */
enum verdict
check_gb_taken(struct look *l)
{
	unsigned status = l->msg->status;

	if (status == 401 || status == 407)
		return SILENT;
	look_measured(l,
	    _("%u to a keep-alive of who is registered, and beats: it counts "
	      "by another interval, or has forgotten"),
	    status);
	if (status < 300)
		return KEPT;
	return l->beat->until != 0 && l->time < l->beat->until ? BROKEN : SEEN;
}

enum verdict
check_gb_anew(struct look *l)
{
	if (l->beat == NULL || l->beat->tx == NULL)
		return SILENT;
	look_measured(l,
	    _("%u keep-alives were refused one after the other, and it does "
	      "not register anew"),
	    l->beat->refused);
	return l->beat->refused >= LOSSES ? BROKEN
	       : l->beat->refused > 0     ? SEEN
	       : l->beat->anew            ? KEPT
					  : SILENT;
}

/* Who is there, as this keep-alive says, did not answer: nothing has come to
 * it. */
enum verdict
check_gb_reached(struct look *l)
{
	const struct tx *tx = l->beat != NULL ? l->beat->asked : NULL;

	if (tx == NULL)
		return SILENT;
	if (tx->final != 0 || tx->provisional != 0)
		return KEPT;
	look_measured(l,
	    _("%.*s to it has no answer, %lld s after its last message; this "
	      "keep-alive comes %lld s later: a NAT on the way has forgotten "
	      "it"),
	    STR_ARG(tx->method_name),
	    (long long)((tx->t - l->beat->asked_last) / SECOND),
	    (long long)((l->time - tx->t) / SECOND));
	l->at = tx->request;
	return l->time - tx->t >= SIP_64T1_NS ? BROKEN : SEEN;
}

/* ---- queries ---- */

enum verdict
check_gb_answered(struct look *l)
{
	const struct gb_query *q = l->query;
	const struct tx *tx = q->tx;

	if (tx->final == 0 || tx->status / 100 != 2)
		return SILENT;
	if (q->answer != NULL)
		return KEPT;
	l->blame = tx->final_by;
	look_measured(l, _("no answer to %.*s, SN %.*s, but for its 200"),
	    STR_ARG(q->name), STR_ARG(q->sn));
	return judge_missing(
	    l, true, tx->final_by, tx->t, PATIENCE_NS, tx->request);
}

enum verdict
check_gb_sum(struct look *l)
{
	const struct gb_query *q = l->query;
	const struct tx *last = q->answer;

	if (q->sum < 0 || last == NULL)
		return SILENT;
	if (q->items == q->sum)
		return KEPT;
	l->at = last->request;
	l->blame = last->client;
	look_measured(l, _("SumNum is %lld, and %lld items have come"),
	    (long long)q->sum, (long long)q->items);
	return q->items > q->sum ? BROKEN
				 : judge_missing(l, true, last->client, last->t,
				       PATIENCE_NS, last->request);
}
