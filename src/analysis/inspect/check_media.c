/* Media: descriptions against packets sent and received (inspect/media.h). */
#include "inspect/check.h"
#include "inspect/media.h"

/* So many packets of a stream are a second of sound: of less nothing is said.
 */
#define FEW 50
/* What a hold may take until it is heard of. */
#define HOLD_NS INT64_C(1000000000)
/* Millionths; G.711 allows its clock 50. */
#define SKEW 200
/* So far apart clocks have to be in the end: a way that changes does less. */
#define SKEW_NS    INT64_C(15000000)
#define CLOCK_MOST 50000 /* millionths */
/* RTCP comes every 5 s, and half as much again at most (RFC 3550 6.3.1). */
#define UNREPORTED_NS INT64_C(15000000000)
#define MS            INT64_C(1000000)
/* Octets: of 10 ms of G.711 and G.722, of the tag of most suites. */
#define SOUND_10MS 80
#define SECRET_TAG 10

static int64_t
packets_sent(const struct media_side *s)
{
	int64_t n = 0;

	for (const struct media_stream *m = s->streams; m != NULL; m = m->next)
		n += m->packets;
	return n;
}

/* S is the callee of an INVITE that it has not accepted: what it describes
 * in a provisional response may be used, and need not be. */
static bool
is_early(const struct inspected_message *l, const struct media_side *s)
{
	const struct followed_tx *tx =
	    follower_tx_of(l->in->follower, s->described);

	return tx != NULL && tx->method == MSG_INVITE && tx->initial &&
	       tx->server == s->node && tx->status / 100 != 2;
}

/* RFC 3264 5.1.  A side that sends and hears nothing shows that there was a
 * call to be heard; in a capture missing packets may have gone another way,
 * unless there is a deviation. */
enum verdict
check_heard(struct inspected_message *l)
{
	const struct media_side *s = l->side;
	enum media_cause cause = media_cause_of(l->in, s);
	const struct media_stream *m = media_to(l->in, s);
	const struct media_stream *cut = media_cut_off(l->in, s);
	struct buf why = BUF_INIT;

	/* What a box hears it does not tell; fax is not heard. */
	if (str_is(s->type, "image") || packets_sent(s) < FEW ||
	    s->streams->passed_on)
		return SILENT;
	if (s->hear != 0 && m != NULL &&
	    (cut != NULL || media_unheard(s, m) >= FEW)) {
		m = cut != NULL ? cut : m;
		media_put_loss(s, &why);
		inspected_measured(l,
		    _("it hears %lld packets of %.*s, and then none of the "
		      "packets that %.*s sends to %.*s%s"),
		    (long long)s->came, STR_ARG(s->type),
		    STR_ARG(trace_name(l->t, m->side->node)), STR_ARG(m->peer),
		    buf_cstr(&why));
		buf_end(&why, &l->in->err);
		l->at = cut != NULL ? s->still : s->heard;
		return BROKEN;
	}
	if (s->hear != 0)
		return KEPT;
	if (cause == MEDIA_HEARS ||
	    (cause == MEDIA_NOT_SENT && is_early(l, s)) ||
	    (!l->in->whole && (cause == MEDIA_GONE || cause == MEDIA_NOT_SENT)))
		return SEEN;
	media_put_cause(l, s, &why);
	inspected_measured(l, _("it sends %.*s and hears none: %s"),
	    STR_ARG(s->type), buf_cstr(&why));
	l->at = s->streams->flow;
	buf_end(&why, &l->in->err);
	return BROKEN;
}

/* The packets of fax that side S has sent. */
static int64_t
fax_sent(const struct media_side *s)
{
	return str_is(s->type, "image") ? packets_sent(s) : 0;
}

/* Fax goes both ways: what one gateway sends the other answers. */
enum verdict
check_fax_flow(struct inspected_message *l)
{
	const struct media_side *s = l->side;
	int64_t comes = 0;
	bool agreed = false;

	if (!str_is(s->type, "image") || s->described == 0 || s->at.n == 0)
		return SILENT;
	for (const struct media_side *o = s->of->sides; o != NULL; o = o->next)
		if (o->node != s->node && str_is(o->type, "image") &&
		    o->described != 0) {
			comes += fax_sent(o);
			agreed |= o->at.n > 0;
		}
	if (!agreed)
		return SILENT;
	l->at = s->described;
	if (comes > 0)
		return KEPT;
	if (fax_sent(s) > 0)
		inspected_measured(l,
		    _("it sends %lld packets of fax (T.38) by UDPTL, and "
		      "receives none"),
		    (long long)fax_sent(s));
	else
		inspected_measured(l,
		    _("it accepts fax (T.38) at %.*s, and no packet of it was "
		      "seen"),
		    STR_ARG(s->at));
	return BROKEN;
}

/* RFC 1918 3 */
enum verdict
check_private(struct inspected_message *l)
{
	const struct media_side *s = l->side;
	const struct media_stream *m = media_to(l->in, s);
	struct addr at;

	if (m == NULL || addr_parse(s->at, &at) != 0 || !str_eq(m->peer, s->at))
		return SILENT;
	inspected_measured(l,
	    _("its description asks for %.*s at %.*s, an address that no node "
	      "outside its network can reach"),
	    STR_ARG(s->type), STR_ARG(s->at));
	return addr_private(&at) == NULL || m->hear != 0  ? KEPT
	       : media_cause_of(l->in, s) == MEDIA_BEYOND ? BROKEN
							  : SEEN;
}

/* RFC 4733 2.5: all digits have come, whatever was lost. */
enum verdict
check_digits(struct inspected_message *l)
{
	const struct media_side *s = l->side;
	struct str dialled = s->digits[MEDIA_EVENTS];
	struct str heard = media_digits_heard(s, MEDIA_EVENTS);

	if (dialled.n == 0)
		return SILENT;
	l->at = s->pressed;
	if (heard.n == 0)
		inspected_measured(l,
		    _("it dials %.*s, and none of it is heard"),
		    STR_ARG(dialled));
	else
		inspected_measured(l, _("it dials %.*s, and %.*s is heard"),
		    STR_ARG(dialled), STR_ARG(heard));
	return verdict_of(str_eq(heard, dialled));
}

/* RFC 3264 5.1; who latches, or passes on, goes by packets (RFC 7362). */
enum verdict
check_place(struct inspected_message *l)
{
	const struct media_stream *m = l->stream;

	if (m->passed_on)
		return SEEN;
	inspected_measured(l,
	    _("it sends to %.*s, although the peer's description has %.*s"),
	    STR_ARG(m->peer), STR_ARG(m->asked));
	l->at = m->flow;
	return verdict_of(m->asked.n == 0);
}

/* RFC 3264 6.1 */
enum verdict
check_types(struct inspected_message *l)
{
	const struct media_stream *m = l->stream;

	inspected_measured(l,
	    _("it sends payload type %lld, although its receiver has %.*s"),
	    (long long)m->type, STR_ARG(m->formats));
	l->at = m->flow;
	return verdict_of(m->formats.n == 0);
}

/* RFC 8866 6.4 */
enum verdict
check_ptime(struct inspected_message *l)
{
	const struct media_stream *m = l->stream;
	const struct media_side *to = media_other(m->side);

	if (!m->measured || to == NULL || to->ptime == 0 || m->ptime == 0)
		return SILENT;
	inspected_measured(l,
	    _("its packets contain %lld ms of sound, although a=ptime asks for "
	      "%u"),
	    (long long)(m->ptime / MS), to->ptime);
	return verdict_of(m->ptime / MS == to->ptime);
}

/* RFC 3264 8.4 */
enum verdict
check_held(struct inspected_message *l)
{
	const struct media_stream *m = l->stream;

	if (m->held == 0)
		return SILENT;
	inspected_measured(l, _("it sends for %lld ms after it was held"),
	    (long long)((m->t_end - m->t_held) / MS));
	return verdict_of(m->t_end - m->t_held <= HOLD_NS);
}

/* RFC 3551 4.1 */
enum verdict
check_silence(struct inspected_message *l)
{
	const struct media_stream *m = l->stream;

	if (!str_istarts(m->codec, "PCM") || m->packets < FEW)
		return SILENT;
	inspected_say(l, _("no packet of its stream has any sound"));
	return verdict_of(!media_is_silent(m));
}

/* RFC 3711 4.2.1.  No extension of a head has 10 octets, and no sound of these
 * codecs that comes every 10 ms, 20 ms … */
enum verdict
check_secret(struct inspected_message *l)
{
	const struct media_stream *m = l->stream;
	int64_t each = m->packets >= FEW ? m->octets / m->packets : 0;

	if (each == 0 || each * m->packets != m->octets || m->side->secret ||
	    m->side->described == 0 ||
	    !str_has_word(STR("PCMU/8000 PCMA/8000 G722/8000"), m->codec))
		return SILENT;
	inspected_measured(l,
	    _("each packet contains %lld octets of sound: %lld and a tag of "
	      "SRTP"),
	    (long long)each, (long long)each - SECRET_TAG);
	l->at = m->flow;
	return verdict_of(each % SOUND_10MS != SECRET_TAG);
}

/* RFC 3550 5.1 */
enum verdict
check_skew(struct inspected_message *l)
{
	const struct media_stream *m = l->stream;
	int64_t skew = m->skew < 0 ? -m->skew : m->skew;

	/* Video may go faster than it is watched. */
	if (!m->measured || m->skew == 0 ||
	    (skew > CLOCK_MOST && !str_is(m->side->type, "audio")))
		return SILENT;
	if (skew > CLOCK_MOST) {
		/* No clock goes so wrong. */
		inspected_measured(l,
		    _("its timestamps count %.2f times as fast as its payload "
		      "type says"),
		    1 + (double)m->skew / 1e6);
		return BROKEN;
	}
	inspected_measured(l,
	    m->skew > 0 ? _("the clock of its samples is %.2f %% too fast")
			: _("the clock of its samples is %.2f %% too slow"),
	    (double)skew / 1e4);
	return verdict_of(
	    skew <= SKEW || (m->t_end - m->t) / 1000000 * skew < SKEW_NS);
}

/* RFC 3550 5.1 */
enum verdict
check_base(struct inspected_message *l)
{
	const struct media_stream *m = l->stream;

	if (!m->measured)
		return SILENT;
	inspected_measured(l,
	    _("its timestamps start again %lld times while its sequence "
	      "numbers continue"),
	    (long long)m->bases);
	return verdict_of(m->bases == 0);
}

/* RFC 3550 8.2: of another node of the same call, at the same time. */
enum verdict
check_ssrc(struct inspected_message *l)
{
	const struct media_stream *m = l->stream;

	if (m->passed_on)
		return SILENT;
	for (const struct media_stream *o = m->older; o != NULL; o = o->older)
		if (!o->passed_on && o->side->of == m->side->of &&
		    o->side->node != m->side->node && o->t_end >= m->t) {
			inspected_measured(l,
			    _("its SSRC, %u, is also that of %.*s"), m->ssrc,
			    STR_ARG(trace_name(l->t, o->side->node)));
			l->at = m->flow;
			return BROKEN;
		}
	return KEPT;
}

/* RFC 3550 6 */
enum verdict
check_unreported(struct inspected_message *l)
{
	const struct media_stream *m = l->stream;

	if (!m->measured || m->t_end - m->t < UNREPORTED_NS)
		return SILENT;
	inspected_measured(l, _("it sends RTP for %lld s, and no RTCP"),
	    (long long)((m->t_end - m->t) / (1000 * MS)));
	return verdict_of(m->reports > 0);
}
