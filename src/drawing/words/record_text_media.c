/* The words of media: of a run agreements, streams and reception, of a capture
 * its streams. */
#include "words/record_text_in.h"

#include "base/field.h"
#include "base/i18n.h"
#include "words/hearing_doc.h"

/* "PCMU/8000", or the number of a payload type without a name. */
static const char *
codec(struct telling *w)
{
	struct buf b = BUF_INIT;

	if (tell_has_member(w, "codec"))
		return tell_field(w, "codec");
	if (!tell_has_member(w, "pt"))
		return "";
	/* TRANSLATORS: of RTP; "payload type 97" */
	buf_printf(&b, _("payload type %s"), tell_field(w, "pt"));
	return tell_buf(w, &b);
}

/* "72 of 89 packets": how many came; of one that does not arrive, or goes
 * elsewhere, how many were seen.  Where duplicates came, or packets from before
 * the first that came, fewer than none are lost. */
static const char *
counted(struct telling *w)
{
	int64_t came = trace_int(w->rec, "packets", -1);
	int64_t lost = trace_int(w->rec, "lost", 0), sent;
	struct buf b = BUF_INIT;

	if (came < 0 || lost > INT64_MAX - came)
		return "";
	sent = came + lost;
	if (lost > 0)
		/* TRANSLATORS: of RTP: how many came of how many */
		buf_printf(&b, _("%lld of %lld packets"), (long long)came,
		    (long long)sent);
	else if (came == 1)
		buf_puts(&b, _("1 packet"));
	else
		buf_printf(&b, _("%lld packets"), (long long)came);
	return tell_buf(w, &b);
}

/* RFC 3550 6.4.1: more may come than were expected, and is counted below 0. */
static const char *
lost(struct telling *w)
{
	return trace_int(w->rec, "lost", 0) < 0 ? "0" : tell_field(w, "lost");
}

/* Why it does not arrive. */
static const char *
never_comes(struct telling *w)
{
	enum trace_drop why;

	buf_clear(&w->scratch);
	why = trace_drop_find(trace_str(w->rec, "reason", &w->scratch));
	return why != TRACE_DROP_COUNT ? trace_drop_text(why) : "";
}

/* "sends and hears": the node's directions in the agreement. */
static const char *
does(struct telling *w)
{
	static const struct {
		const char *word, *text;
	} ways[] = {
		/* TRANSLATORS: of a phone in a call: "alice sends and hears" */
		{ "sendrecv", N_("sends and hears") },
		{ "sendonly", N_("sends and does not hear") },
		{ "recvonly", N_("hears and does not send") },
		{ "inactive", N_("neither sends nor hears") },
	};

	for (size_t i = 0; i < COUNT_OF(ways); i++)
		if (tell_member_is(w, "direction", ways[i].word))
			return _(ways[i].text);
	return "";
}

/* "12 of them too late"; nothing where all were in time. */
static const char *
came_late(struct telling *w)
{
	int64_t late = trace_int(w->rec, "late", 0);
	struct buf b = BUF_INIT;

	if (late <= 0)
		return "";
	/* TRANSLATORS: of packets of RTP */
	buf_printf(&b, _("%lld of them too late"), (long long)late);
	return tell_buf(w, &b);
}

/* "4.37" of 4365 */
static const char *
score(struct telling *w)
{
	int64_t mos = trace_int(w->rec, "mos", 0);
	struct buf b = BUF_INIT;

	if (mos <= 0)
		return "";
	buf_two_places(&b, (mos + 5) / 10);
	if (hearing_scale(w->rec) != NULL)
		buf_printf(&b, " (%s)", hearing_scale(w->rec));
	return tell_buf(w, &b);
}

/* Milliseconds of KEY, rounded to hundredths. */
static const char *
milliseconds(struct telling *w, const char *key)
{
	int64_t ns = trace_int(w->rec, key, -1);
	struct buf b = BUF_INIT;

	if (ns < 0)
		return "";
	buf_two_places(&b, (ns + 5000) / 10000);
	buf_puts(&b, " ms");
	return tell_buf(w, &b);
}

static const char *
spread(struct telling *w)
{
	return milliseconds(w, "jitter");
}

/* Of 256 as a percentage. */
static const char *
percent(struct telling *w, const char *key)
{
	int64_t share = trace_int(w->rec, key, -1);
	struct buf b = BUF_INIT;

	if (share < 0)
		return "";
	share = (share * 1000 + 128) / 256;
	buf_printf(
	    &b, "%lld.%lld %%", (long long)share / 10, (long long)share % 10);
	return tell_buf(w, &b);
}

static const char *
trip(struct telling *w)
{
	return milliseconds(w, "trip");
}

/* RFC 5761 */
static const char *
shares(struct telling *w)
{
	return tell_has_member(w, "mux") ? _("RTCP has the same port") : "";
}

/* RFC 4145 4 */
static const char *
opens(struct telling *w)
{
	if (tell_member_is(w, "setup", "active"))
		return _("over TCP, which it opens");
	return tell_member_is(w, "setup", "passive")
		   ? _("over TCP, which its peer opens")
		   : "";
}

/* What a connection carries: names of protocols. */
static const char *
carried(struct telling *w)
{
	return tell_has_member(w, "control") ? "RTCP" : "RTP";
}

/* RFC 8445 4: what kind of address the other side's is. */
static const char *
candidate(struct telling *w)
{
	static const struct {
		const char *word, *text;
	} all[] = {
		{ "host", N_("a host address") },
		{ "srflx", N_("seen by a STUN server") },
		{ "prflx", N_("learnt from a check") },
		{ "relay", N_("from a relay") },
	};

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (tell_member_is(w, "candidate", all[i].word))
			return _(all[i].text);
	return "";
}

/* Why a connection is gone. */
static const char *
gone(struct telling *w)
{
	static const struct {
		const char *word, *text;
	} all[] = {
		{ "fin", N_("the peer has closed it") },
		{ "reset", N_("the connection was broken") },
		{ "refused", N_("nobody listens there") },
		{ "time-out", N_("no answer came") },
		{ "no-path", N_("there is no path") },
	};

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (tell_member_is(w, "reason", all[i].word))
			return _(all[i].text);
	return "";
}

const char *
record_sound(struct str word)
{
	static const struct {
		const char *word, *text;
	} all[] = {
		{ "speech", N_("its user speaks") },
		{ "tone", N_("a tone") },
		{ "silence", N_("silence") },
		{ "mix", N_("what the others say") },
		{ "music", N_("a melody") },
		{ "ring-back", N_("a ring-back tone") },
		{ "prompt", N_("an announcement") },
		{ "beep", N_("a beep") },
	};

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (str_is(word, all[i].word))
			return _(all[i].text);
	return NULL;
}

/* What its user says. */
static const char *
sounds(struct telling *w)
{
	const char *word =
	    tell_has_member(w, "sound") ? tell_field(w, "sound") : "";
	const char *text = record_sound(str_of(word));
	struct buf b = BUF_INIT;

	text = text != NULL ? text : word;
	if (!tell_has_member(w, "mixed"))
		return text;
	/* TRANSLATORS: %s is what the user of a phone says that mixes calls */
	buf_printf(&b, _("%s, and what comes in the other calls"), text);
	return tell_buf(w, &b);
}

/* "the tag is of no key: 12, there before: 1": why packets are not taken. */
static const char *
refused(struct telling *w)
{
	static const struct {
		const char *key, *text;
	} all[] = {
		/* TRANSLATORS: of packets of media; a number follows */
		{ "no_rtp", N_("no RTP") },
		{ "no_rtcp", N_("no RTCP") },
		{ "no_mux", N_("RTCP at the port of RTP") },
		{ "other_payload", N_("another payload type") },
		{ "other_ssrc", N_("another SSRC than agreed") },
		{ "same_ssrc", N_("the SSRC of another source") },
		{ "crowd", N_("too many sources") },
		{ "stray", N_("from another address") },
		{ "no_stun", N_("no valid STUN message") },
		/* TRANSLATORS: of packets of SRTP; a number follows */
		{ "no_key", N_("before a key was agreed") },
		{ "auth_fail", N_("the tag matches no key") },
		{ "replay", N_("received before") },
		{ "replay_old", N_("too old") },
		{ "expired", N_("the key is used up") },
		{ "too_many", N_("too many sources") },
		{ "too_short", N_("too short") },
		{ "bad_head", N_("not an SRTP packet") },
	};
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (tell_has_member(w, all[i].key))
			buf_printf(&b, "%s%s: %s", b.n > 0 ? ", " : "",
			    _(all[i].text), tell_field(w, all[i].key));
	return tell_buf(w, &b);
}

const struct record_kind record_media = {
	.terms = TERMS(TERM(codec), TERM(counted), TERM(never_comes),
	    TERM(does), TERM(came_late), TERM(sounds), TERM(score), TERM(lost),
	    TERM(spread), TERM(trip), TERM(shares), TERM(refused), TERM(opens),
	    TERM(carried), TERM(candidate), TERM(gone),
	    KEYED("share", percent, "fraction"),
	    KEYED("share_late", percent, "discarded"),
	    KEYED("buffer", tell_length_of, "buffer"),
	    KEYED("ptime", tell_length_of, "ptime"),
	    KEYED("peer_name", tell_host_name, "peer")),
	.summary = ROWS(
	    { "op=agree", N_("{type} agreed: {codec} with {peer_name}, "
			     "{direction}[, {ptime} in a packet][; {shares}][; "
			     "{opens}][, encrypted with {suite}]") },
	    { "op=check;result=succeeded",
		N_("ICE check of {peer} works[, seen as {seen}]") },
	    { "op=check", N_("ICE check of {peer} fails") },
	    { "op=choose", N_("ICE: media go to {peer}") },
	    { "op=unreachable", N_("ICE: no address of the peer works") },
	    { "op=connect", N_("TCP for {carried} ↔ {peer}") },
	    { "op=disconnect",
		N_("no TCP for {carried} ↔ {peer} (any more)[: {gone}]") },
	    { "op=hear;inferred", N_("receives {codec} ← {peer_name}") },
	    { "op=hear", N_("hears {codec} ← {peer_name}") },
	    { "op=still;reason=payload",
		N_("another payload type ← {peer_name}, can't be played") },
	    { "op=still;where",
		N_("no more {codec} ← {peer_name}: {never_comes} ({where})") },
	    { "op=still", N_("no more {codec} ← {peer_name}") },
	    { "op=again", N_("again {codec} ← {peer_name}") },
	    { "op=moved",
		N_("{codec} ← {peer_name} comes from {peer}, no more from "
		   "{former}") },
	    { "op=heard;inferred",
		N_("end of {codec} ← {peer_name}, {counted}[, {came_late}][, "
		   "MOS {score} at most]") },
	    { "op=quality;inferred",
		N_("{codec} ← {peer_name}, {counted}[, {came_late}][, MOS "
		   "{score} at most]") },
	    { "op=heard",
		N_("end of {codec} ← {peer_name}, {counted}[, {came_late}][, "
		   "MOS {score}]") },
	    { "op=quality",
		N_("{codec} ← {peer_name}, {counted}[, {came_late}][, MOS "
		   "{score}]") },
	    { "op=key",
		N_("has the key of the {type} that it receives ({suite})") },
	    { "op=refused",
		N_("has rejected {counted} ← {peer_name} ({refused})") },
	    { "op=press;way=events", N_("presses {digit}, as an event") },
	    { "op=press", N_("presses {digit}, in band") },
	    { "op=digit;inferred", N_("receives the digit {digit}, an event") },
	    { "op=digit;way=events", N_("hears the digit {digit}, an event") },
	    { "op=digit", N_("hears the digit {digit}, in band") },
	    { "op=say", N_("changes what it says to {peer_name}: {sounds}") },
	    { "op=latch", N_("latches: sends {call} to {peer}") },
	    { "op=report;xr=voip-metrics",
		N_("RTCP XR ← {peer_name}, {share} lost, {share_late} too "
		   "late[, MOS {score}]") },
	    { "op=report;xr", N_("RTCP XR ← {peer_name}, round trip {trip}") },
	    { "op=report",
		N_("RTCP ← {peer_name}, {lost} lost, jitter {spread}[, round "
		   "trip {trip}][, MOS {score}]") },
	    { "op=flow;type=image",
		N_("UDPTL {codec}[ → {peer}][; {never_comes}]") },
	    { "op=stop;type=image",
		N_("end of UDPTL {codec}[ → {peer}][, {counted}]") },
	    { "op=flow;codec", N_("RTP {codec}[ → {peer}]"
				  "[, SDP has {asked}]"
				  "[, SDP has types {formats}]"
				  "[; {never_comes}]") },
	    { "op=stop;codec", N_("end of RTP {codec}[ → {peer}]"
				  "[, {counted}]") },
	    { "", "{fields}" }),
	.sentence = ROWS(
	    { "op=flow,stop;type=image;never_comes",
		N_("{node} sends fax ({codec}, UDPTL) to {peer}, but none of "
		   "it arrives: {never_comes}[; {counted} were seen].") },
	    { "op=flow;type=image",
		N_("{node} sends fax ({codec}, UDPTL) to {peer}.") },
	    { "op=stop;type=image",
		N_("The fax ({codec}, UDPTL) from {node} to {peer} ends[: "
		   "{counted}].") },
	    { "op=flow,stop;codec;never_comes",
		N_("{node} sends RTP ({codec}) to {peer}, but none of it "
		   "arrives: {never_comes}[; {counted} were seen].") },
	    { "op=flow,stop;codec;asked",
		N_("{node} sends RTP ({codec}) to {peer}, although the SDP of "
		   "the peer contains {asked}[; {counted} were seen].") },
	    { "op=flow,stop;codec;formats",
		N_("{node} sends RTP ({codec}, payload type {pt}) to {peer}, "
		   "whose SDP contains other payload types: {formats}[; "
		   "{counted} were seen].") },
	    { "op=flow;codec;recodes",
		N_("{node} transcodes the {recodes} from {from} to {codec}, "
		   "and relays it to {peer}.") },
	    { "op=flow;codec;from",
		N_("{node} relays RTP ({codec}) from {from} to {peer}.") },
	    { "op=flow;codec",
		N_("{node} begins to send RTP ({codec}) to {peer}[: "
		   "{sounds}].") },
	    { "op=agree", N_("{node} and {peer_name} have agreed on {type}: "
			     "{codec}; {node} {does}[; its packets have "
			     "{ptime} of sound][; {shares}][; {opens}][; what "
			     "it sends is encrypted with {suite}].") },
	    { "op=key", N_("An early answer has given {node} the key of the "
			   "{type} that it receives ({suite}): {node} can "
			   "decrypt it, although nothing is agreed yet.") },
	    { "op=refused", N_("{node} has rejected {counted} from {peer_name} "
			       "({refused}), and did not play them.") },
	    { "op=check;result=succeeded",
		N_("The ICE check of {node} with {peer} ({candidate}) works in "
		   "both directions[; the peer sees the address {seen}].") },
	    { "op=check", N_("The ICE check of {node} with {peer} "
			     "({candidate}) got no valid answer.") },
	    { "op=choose", N_("ICE is complete at {node}: its media go to "
			      "{peer} ({candidate}).") },
	    { "op=unreachable",
		N_("No ICE check of {node} works: it sends no media.") },
	    { "op=connect;setup=active",
		N_("{node} has opened a TCP connection to {peer}, which "
		   "carries {carried} in both directions.") },
	    { "op=connect", N_("{peer} has opened a TCP connection to {node}, "
			       "which carries {carried} in both directions.") },
	    { "op=disconnect",
		N_("{node} has no TCP connection with {peer} for {carried} "
		   "(any more)[: {gone}].") },
	    { "op=hear;inferred",
		N_("{node} receives {codec} from {peer_name}, source {ssrc}; "
		   "the capture does not show whether it plays it.") },
	    { "op=hear",
		N_("{node} begins to hear {codec} from {peer_name}, source "
		   "{ssrc}; its buffer delays packets by {buffer}.") },
	    { "op=still;reason=payload",
		N_("{node} receives media from {peer_name} with a payload type "
		   "that was not agreed, and can't play them.") },
	    { "op=still;where",
		N_("{node} has received no {codec} from {peer_name} for half a "
		   "second: {never_comes} ({where}).") },
	    { "op=still;inferred", N_("No {codec} from {peer_name} to {node} "
				      "was seen here for half a second.") },
	    { "op=again;inferred",
		N_("The {codec} from {peer_name} to {node} is seen again.") },
	    { "op=still", N_("{node} has received no {codec} from {peer_name} "
			     "for half a second.") },
	    { "op=again",
		N_("{node} receives {codec} from {peer_name} again.") },
	    { "op=moved", N_("{node} now receives the {codec} of {peer_name} "
			     "from {peer} instead of {former}: a NAT on the "
			     "path, or the sender, has chosen another port.") },
	    { "op=heard,quality;inferred",
		N_("{node} received {codec} from {peer_name}: {counted} here[, "
		   "{came_late}]; jitter {spread}[; MOS {score} at most].") },
	    { "op=heard",
		N_("{node} has heard {codec} from {peer_name}: {counted}[, "
		   "{came_late}]; jitter {spread}[; MOS {score}].") },
	    { "op=quality",
		N_("{node} has heard {codec} from {peer_name} so far: "
		   "{counted}[, {came_late}]; jitter {spread}[; MOS "
		   "{score}].") },
	    { "op=latch", N_("{node} sends the media of {call} to {peer}, the "
			     "source of the packets that it receives[; the "
			     "peer's description contains {asked}].") },
	    { "op=say", N_("What {node} sends to {peer_name} now sounds "
			   "different: {sounds}.") },
	    { "op=press;way=events",
		N_("The user of {node} presses {digit}, which is sent as a "
		   "telephone event.") },
	    { "op=press", N_("The user of {node} presses {digit}, which is "
			     "sent as tones in the sound.") },
	    { "op=digit;way=events",
		N_("{node} has received the digit {digit} from {peer_name}, as "
		   "a telephone event.") },
	    { "op=digit",
		N_("{node} has found the digit {digit} in the sound from "
		   "{peer_name}.") },
	    { "op=report;xr=voip-metrics",
		N_("{peer_name} has reported by RTCP XR the quality of what "
		   "{node} sends: {share} lost, {share_late} too late[; MOS "
		   "{score}].") },
	    { "op=report;xr",
		N_("{peer_name} has sent the reference time of {node} back by "
		   "RTCP XR: the round trip takes {trip}.") },
	    { "op=report",
		N_("{peer_name} has reported by RTCP about what {node} sends: "
		   "{lost} lost so far, jitter {spread}[; the round trip takes "
		   "{trip}][; MOS {score}].") },
	    { "op=stop;codec",
		N_("{node} has sent RTP ({codec}) to {peer}[: {counted} "
		   "were seen].") },
	    /* TRANSLATORS: node, what kind of record, its fields */
	    { "", N_("At {node}, {kind_text}: {fields}.") }),
};
