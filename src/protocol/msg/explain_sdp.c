/* What the lines of a session description say.  RFC 8866, RFC 3264. */
#include "msg/explain_in.h"

/* The N-th word (from 0) of a line's value. */
static struct str
nth_word(struct str s, unsigned n)
{
	struct str w;

	do
		w = str_cut(s, ' ', &s);
	while (n-- > 0);
	return w;
}

static void
explain_origin(struct str v, struct msg_note *n)
{
	explain_say(&n->says,
	    _("Made by %.*s at %.*s; number %.*s, version %.*s. A changed "
	      "description has a higher version."),
	    STR_ARG(nth_word(v, 0)), STR_ARG(nth_word(v, 5)),
	    STR_ARG(nth_word(v, 1)), STR_ARG(nth_word(v, 2)));
}

static void
explain_connection(const struct msg_sdp_line *line, struct msg_note *n)
{
	struct str address = nth_word(line->value, 2);

	explain_say(&n->says,
	    line->media == 0 ? _("Media go to %.*s, unless a stream says "
				 "otherwise.")
			     : _("This stream goes to %.*s."),
	    STR_ARG(address));
	if (str_is(address, "0.0.0.0"))
		/* RFC 3264 8.4 */
		explain_say(&n->history,
		    _("0.0.0.0 is how RFC 2543 put a call on hold; RFC 3264 "
		      "uses a=sendonly or a=inactive."));
}

/* What the section's a=rtpmap lines say of FORMAT. */
static bool
find_codec(const struct msg_sdp *s, unsigned section, struct str format,
    struct str *codec)
{
	for (size_t i = 0; i < s->nlines; i++) {
		const struct msg_sdp_line *line = &s->lines[i];
		struct str v;

		if (line->type == 'a' && line->media == section &&
		    str_is(msg_sdp_attribute_cut(line->value, &v), "rtpmap") &&
		    str_eq(str_cut(v, ' ', codec), format))
			return true;
	}
	return false;
}

static void
explain_formats(const struct msg_sdp *s, unsigned section, struct msg_note *n)
{
	struct str rest = s->media[section - 1].formats, format, codec;
	uint32_t type;

	for (unsigned i = 0; rest.n > 0 && i < EXPLAIN_VALUES; i++) {
		const char *known;

		format = str_cut(rest, ' ', &rest);
		if (str_u32(format, &type) != 0)
			continue;
		known = msg_sdp_static_codec(type);
		if (find_codec(s, section, format, &codec))
			explain_say(&n->says, _("Payload type %u is %.*s."),
			    (unsigned)type, STR_ARG(codec));
		else if (known != NULL)
			/* RFC 3551 6 */
			explain_say(&n->says,
			    _("Payload type %u is %s, by RFC 3551."),
			    (unsigned)type, known);
		else
			explain_say(&n->problem,
			    _("Payload type %u is not explained by any "
			      "rtpmap."),
			    (unsigned)type);
	}
}

static void
explain_media(const struct msg_sdp *s, const struct msg_sdp_line *line,
    struct msg_note *n)
{
	const struct msg_sdp_media *m;

	if (line->media == 0 || line->media > s->nmedia)
		return;
	m = &s->media[line->media - 1];
	if (m->port == 0)
		/* RFC 3264 6, 8.2 */
		explain_say(&n->says,
		    _("Port 0: this stream of %.*s is refused or taken "
		      "out."),
		    STR_ARG(m->type));
	else
		explain_say(&n->says, _("%.*s at port %u, carried by %.*s."),
		    STR_ARG(m->type), m->port, STR_ARG(m->proto));
	if (str_starts(m->proto, "RTP/"))
		explain_formats(s, line->media, n);
	else if (str_find(m->proto, "RTP/SAVP") >= 0)
		explain_formats(s, line->media, n);
}

static void
explain_time_line(struct str v, struct msg_note *n)
{
	if (str_is(v, "0 0"))
		explain_say(&n->says,
		    _("0 0: a session without a fixed time, as every call "
		      "is."));
}

static void
explain_rtpmap(struct str v, struct msg_note *n)
{
	struct str codec, type = str_cut(v, ' ', &codec);
	struct str clock, name = str_cut(codec, '/', &clock), channels;

	clock = str_cut(clock, '/', &channels);
	if (clock.n == 0) {
		/* 6.6: <encoding name>/<clock rate> */
		explain_say(&n->problem, _("There is no clock rate."));
		return;
	}
	explain_say(&n->says,
	    _("Payload type %.*s is %.*s with a clock of %.*s Hz."),
	    STR_ARG(type), STR_ARG(name), STR_ARG(clock));
	if (str_iis(name, "telephone-event")) {
		explain_say(
		    &n->says, _("telephone-event: pressed keys as RTP packets "
				"(RFC 4733)."));
		explain_say(&n->history,
		    _("Older texts cite RFC %u here; RFC %u has replaced it."),
		    2833u, 4733u);
	}
}

static void
explain_attribute(const struct msg_sdp_line *line, struct msg_note *n)
{
	struct str v, name = msg_sdp_attribute_cut(line->value, &v);
	const struct msg_sdp_attribute *row = msg_sdp_attribute(name);

	if (row == NULL && explain_attribute_surveillance(name, v, n))
		return;
	if (row == NULL) {
		/* 5.13: ignored by those who do not know it */
		explain_say(&n->says,
		    _("%.*s: not known to rung; whoever does not know an "
		      "attribute ignores it."),
		    STR_ARG(name));
		return;
	}
	n->what = _(row->text);
	n->rfc = row->rfc;
	n->section = row->section;
	if (str_is(name, "rtpmap"))
		explain_rtpmap(v, n);
	else if (str_is(name, "fmtp"))
		explain_say(&n->says, _("It concerns payload type %.*s."),
		    STR_ARG(nth_word(v, 0)));
	else if (str_is(name, "ptime") || str_is(name, "maxptime"))
		explain_say(&n->says, _("That is %.*s ms."), STR_ARG(v));
}

void
explain_sdp(const struct msg_sdp *s, const struct msg_sdp_line *line,
    struct msg_note *n)
{
	const struct msg_sdp_type *row = msg_sdp_type(line->type);

	explain_sdp_surveillance(s, line, n);
	if (row == NULL)
		return;
	n->what = _(row->text);
	n->rfc = 8866;
	n->section = row->section;
	if (line->type == 'v')
		explain_say(&n->history,
		    _("Older texts cite RFC 2327 or RFC 4566 for SDP; "
		      "RFC 8866 has replaced both."));
	else if (line->type == 'o')
		explain_origin(line->value, n);
	else if (line->type == 'c')
		explain_connection(line, n);
	else if (line->type == 't')
		explain_time_line(line->value, n);
	else if (line->type == 'm')
		explain_media(s, line, n);
	else if (line->type == 'a')
		explain_attribute(line, n);
}
