/*
 * Session descriptions: their form, whether each offer has its answer, and what
 * may change from one to the next.
 * RFC 8866, RFC 3264, RFC 3261 13.2.1.
 */
#include "inspect/check.h"

/* Of these lines there is one in a session, and how many words each has (5.1 to
 * 5.9); of others both are free. */
static const struct {
	char type;
	bool once;
	size_t words;
} forms[] = { { 'v', true, 1 }, { 'o', true, 6 }, { 's', true, 0 },
	{ 't', false, 2 }, { 'c', false, 3 }, { 'b', false, 1 } };

/* 6.6: "rtpmap:96 opus/48000/2" */
static bool
is_rtpmap(struct str attribute)
{
	struct str clock, type = str_slice(attribute, 7, attribute.n),
			  codec = str_cut(type, ' ', &clock), name;
	uint32_t n;

	name = str_cut(str_trim(clock), '/', &clock);
	return str_u32(codec, &n) == 0 && name.n > 0 &&
	       str_u32(str_cut(clock, '/', &clock), &n) == 0;
}

/* Line AT is not as a line of its type is. */
static bool
is_amiss(struct inspected_message *l, size_t at)
{
	const struct msg_sdp *s = l->in->sdp;
	struct str value = str_trim(s->lines[at].value);
	char type = s->lines[at].type;
	size_t row = 0, words = str_count(value, ' ') + 1;

	if (type == 'a' && str_starts(value, "rtpmap:") && !is_rtpmap(value)) {
		inspected_measured(l, _("the codec has no clock rate: a=%.*s"),
		    STR_ARG(str_slice(value, 0, 60)));
		return true;
	}
	while (row < COUNT_OF(forms) && forms[row].type != type)
		row++;
	if (row == COUNT_OF(forms))
		return false;
	if (forms[row].words > 0 && words != forms[row].words) {
		inspected_measured(l,
		    _("%c= has %zu words, and should have %zu"), type, words,
		    forms[row].words);
		return true;
	}
	for (size_t i = 0; forms[row].once && i < at; i++)
		if (s->lines[i].type == type) {
			inspected_measured(l, _("a second %c= line"), type);
			return true;
		}
	if (type != 'v' || str_is(value, "0"))
		return false;
	inspected_measured(
	    l, _("v=%.*s instead of 0"), STR_ARG(str_slice(value, 0, 60)));
	return true;
}

/* 5.7: the address is of the kind that stands before it; *OTHER: a network is
 * not IN. */
static bool
has_odd_address(struct inspected_message *l, bool *other)
{
	for (size_t i = 0; i < l->in->sdp->nmedia; i++) {
		const struct msg_sdp_media *m = &l->in->sdp->media[i];
		struct addr a;

		*other |= !str_is(m->net, "IN");
		if (addr_parse(m->address, &a) != 0 ||
		    str_is(m->kind, a.len == 16 ? "IP6" : "IP4"))
			continue;
		inspected_measured(l,
		    _("an address of the other type: c=%.*s %.*s"),
		    STR_ARG(m->kind), STR_ARG(m->address));
		return true;
	}
	return false;
}

/* 5.14: with RTP formats are payload types; a rejected stream has any. */
static bool
has_odd_format(struct inspected_message *l)
{
	for (size_t i = 0; i < l->in->sdp->nmedia; i++) {
		const struct msg_sdp_media *m = &l->in->sdp->media[i];
		struct str rest = m->formats, one;
		uint32_t type;

		while (m->port != 0 && str_starts(m->proto, "RTP/") &&
		       rest.n > 0) {
			one = str_cut(rest, ' ', &rest);
			if (one.n == 0 ||
			    (str_u32(one, &type) == 0 && type < 128))
				continue;
			inspected_measured(l,
			    _("%.*s with a format that is not a payload type: "
			      "%.*s"),
			    STR_ARG(m->proto), STR_ARG(str_slice(one, 0, 60)));
			return true;
		}
	}
	return false;
}

enum verdict
check_sdp(struct inspected_message *l)
{
	bool other = false;
	char missing;

	if (!l->has_sdp || l->forwarded)
		return SILENT;
	/* Content-Length cuts it short. */
	if (l->msg->body.n < inspected_sent_body(l).n)
		return SEEN;
	if (!inspected_sdp(l)) {
		inspected_measured(l, _("a line that can't be read: %.*s"),
		    STR_ARG(str_slice(l->in->sdp_at, 0, 60)));
		return BROKEN;
	}
	for (size_t i = 0; i < l->in->sdp->nlines; i++)
		if (is_amiss(l, i))
			return BROKEN;
	if (has_odd_format(l) || has_odd_address(l, &other))
		return BROKEN;
	missing = msg_sdp_missing(l->in->sdp);
	inspected_say(l, _("no %c= line"), missing);
	return verdict_unless(verdict_of(missing == '\0'), other);
}

/* Where a trace has no media at all, nothing is known of what was taken. */
enum verdict
check_fax(struct inspected_message *l)
{
	if (l->in->has_media || l->msg->request || l->msg->status < 200 ||
	    l->msg->status > 299 || l->forwarded || !inspected_sdp(l))
		return SILENT;
	for (size_t i = 0; i < l->in->sdp->nmedia; i++) {
		const struct msg_sdp_media *m = &l->in->sdp->media[i];

		if (m->port == 0 || !str_iis(m->type, "image") ||
		    !str_has_word(m->formats, STR("t38")))
			continue;
		inspected_measured(l,
		    _("it accepts fax (T.38) by %.*s at port %u, and no packet "
		      "of it was seen"),
		    STR_ARG(m->proto), (unsigned)m->port);
		return BROKEN;
	}
	return SILENT;
}

/* The second to sixth of the ten digits of y= are those of the domain that has
 * given the number out. */
static uint32_t
session_check_domain_of(uint32_t ssrc)
{
	return ssrc / 10000 % 100000;
}

/* The asker for a stream has given its SSRC, and waits for that one; only
 * another domain answers with a number of its own. */
enum verdict
check_source(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;
	uint32_t ssrc;

	if (l->msg->request || !l->has_sdp || l->forwarded || tx == NULL ||
	    !tx->sdp || tx_facts(l, tx)->source == 0 || l->msg->status >= 300)
		return SILENT;
	ssrc = inspected_ssrc(l);
	if (ssrc == 0 || session_check_domain_of(ssrc) !=
			     session_check_domain_of(tx_facts(l, tx)->source))
		return SEEN;
	inspected_measured(l,
	    _("the offer has y=%010u, and the answer y=%010u"),
	    (unsigned)tx_facts(l, tx)->source, (unsigned)ssrc);
	return verdict_of(ssrc == tx_facts(l, tx)->source);
}

static enum verdict
check_ack_answer(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;

	if (d == NULL || !is_own_request(l) ||
	    !dialog_facts(l, d)->offer_in_ok || l->cseq.number != d->ok_cseq ||
	    d->ack != 0)
		return SILENT;
	inspected_say(l, _("the 2xx has an offer, and the ACK no answer"));
	return l->sdp.n > 0 ? KEPT : l->msg->body.n > 0 ? SEEN : BROKEN;
}

enum verdict
check_answer_missing(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	if (l->msg->request)
		return l->msg->method == MSG_ACK ? check_ack_answer(l) : SILENT;
	if (!inspected_is_response_to(l, MSG_INVITE, 2) || tx == NULL ||
	    !tx->sdp || l->forwarded)
		return SILENT;
	if (l->sdp.n > 0 || tx->reliable_sdp)
		return KEPT;
	/* A body that can't be looked into may be one. */
	if (inspected_is_closed(l))
		return SEEN;
	/* The answer may have come in a message missing in the capture. */
	if (!l->in->whole && tx_facts(l, tx)->may_be_reliable)
		return SEEN;
	inspected_say(l, _("the INVITE has an offer, and the 2xx no answer"));
	return BROKEN;
}

/* Another node has written the session in o= of NOW that should have stayed:
 * L's passes its description on. */
static bool
is_passed_on(struct inspected_message *l, const struct description *now)
{
	char room[24], version[24];
	uint64_t own = l->node + UINT64_C(1);
	uint64_t before = inspect_note_number(l->in,
	    inspect_mark(l->in, MARK_SESSION,
		inspect_digits(now->session, room),
		inspect_digits((uint64_t)now->version, version)),
	    own);

	return before != 0 && before != own;
}

/* RFC 3264 8: the o= line as it was, its version no lower. */
enum verdict
check_version(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;
	struct description now;

	if (!l->has_sdp || l->forwarded || d == NULL ||
	    !dialog_facts(l, d)->sdp.there ||
	    (!l->msg->request && l->msg->status >= 300))
		return SILENT;
	inspected_description(l, &now);
	if (now.version < 0 || dialog_facts(l, d)->sdp.version < 0)
		return SEEN;
	inspected_say(l, _("another o= line than in the previous description"));
	if (now.session != dialog_facts(l, d)->sdp.session &&
	    is_passed_on(l, &now))
		return SEEN;
	if (now.origin != dialog_facts(l, d)->sdp.origin)
		return BROKEN;
	inspected_say(l, _("the version in o= has decreased"));
	/* A capture may lack one, and branches of a call share their versions.
	 */
	if (now.version >= dialog_facts(l, d)->sdp.version)
		return verdict_unless(
		    KEPT, now.version > dialog_facts(l, d)->sdp.version + 1);
	/* An ACK may have been written before a change that goes first. */
	return l->msg->method == MSG_ACK ? SEEN : BROKEN;
}
