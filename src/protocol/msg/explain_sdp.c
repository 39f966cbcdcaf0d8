/*
 * What session descriptions say (RFC 8866, RFC 3264), and the bodies of GB/T
 * 28181 and what it has beyond SDP.
 */
#include "msg/explain_in.h"

#include "base/err.h"
#include "surveillance/ptz.h"

#define NORM MANSCDP_NORM

/* ---- MANSCDP ---- */

/* VALUE's words, those between / one by one. */
static void
explain_manscdp_words(
    const struct manscdp_field *f, struct str value, struct msg_note *n)
{
	while (value.n > 0) {
		struct str word = str_trim(str_cut(value, '/', &value));
		const struct manscdp_value *v = f->values;

		while (v->value != NULL && !str_is(word, v->value))
			v++;
		if (v->value != NULL)
			/* TRANSLATORS: a value, and what it means */
			explain_say(
			    &n->says, _("%s: %s."), v->value, _(v->text));
	}
}

static void
explain_ptz(struct str value, struct msg_note *n)
{
	struct ptz ptz;
	enum ptz_fault fault = ptz_read(value, &ptz);

	n->section = NORM "A.3";
	if (fault == PTZ_FAULT_LENGTH || fault == PTZ_FAULT_START)
		explain_say(&n->problem, "%s", _(ptz_fault_words(fault)));
	if (fault == PTZ_FAULT_LENGTH)
		return;
	ptz_say(&ptz, &n->says);
	if (fault == PTZ_FAULT_SUM)
		explain_say(&n->problem,
		    _("Its last octet is not %02X, the sum of the others."),
		    ptz.sum);
	else if (fault != PTZ_FAULT_NONE && fault != PTZ_FAULT_START)
		explain_say(&n->problem, "%s", _(ptz_fault_words(fault)));
}

static void
explain_items(const struct manscdp *m, size_t at, struct msg_note *n)
{
	const struct manscdp_element *e = &m->elements[at];
	unsigned items = 0;

	for (size_t i = at + 1; i < e->end; i = m->elements[i].end)
		items++;
	explain_say(&n->says, _("%u of %.*s are in this message."), items,
	    STR_ARG(manscdp_value(m, e->parent, "SumNum")));
}

static void
explain_value(const struct manscdp *m, size_t at, struct msg_note *n)
{
	const struct manscdp_element *e = &m->elements[at];
	const struct manscdp_field *f = e->field;
	const char *id;

	if (f->kind == MANSCDP_ID && (id = manscdp_id_text(e->value)) != NULL)
		explain_say(&n->says, _("By its digits, it is %s."), _(id));
	else if (f->kind == MANSCDP_WORD || f->kind == MANSCDP_WORDS)
		explain_manscdp_words(f, e->value, n);
	else if (f->kind == MANSCDP_PTZ)
		explain_ptz(e->value, n);
	else if (f->kind == MANSCDP_LIST &&
		 manscdp_value(m, e->parent, "SumNum").n > 0)
		explain_items(m, at, n);
	if (f->need == MANSCDP_2016)
		explain_say(&n->says, _("Only in the 2016 edition."));
	else if (f->need == MANSCDP_2022)
		explain_say(&n->says, _("New in the 2022 edition."));
}

static void
explain_root(const struct manscdp *m, struct msg_note *n)
{
	n->what = _(manscdp_root_text(m->root));
	n->section = manscdp_root_clause(m->root);
	if (m->command == NULL)
		return;
	n->section = m->command->clause;
	explain_say(
	    &n->says, _("%s: %s"), m->command->name, _(m->command->text));
	if (m->command->is_new)
		explain_say(&n->says, _("New in the 2022 edition."));
}

static void
explain_findings(const struct manscdp *m, size_t at, struct msg_note *n)
{
	for (size_t i = 0; i < m->nfindings; i++) {
		const struct manscdp_finding *f = &m->findings[i];
		struct buf *to =
		    f->kind == MANSCDP_IS_UNKNOWN ? &n->says : &n->problem;
		const char *text = _(manscdp_finding_text(f->kind));

		/* What a PTZCmd lacks is said by its octets. */
		if (f->element != at ||
		    (f->kind == MANSCDP_IS_VALUE && n->problem.n > 0))
			continue;
		if (f->kind == MANSCDP_IS_MISSING)
			explain_say(to,
			    _("There is no %s, which is mandatory."), f->field);
		else
			explain_say(to, "%s", text);
	}
}

void
explain_manscdp(const struct manscdp *m, size_t at, struct msg_note *n)
{
	const struct manscdp_element *e;

	if (at >= m->n)
		return;
	e = &m->elements[at];
	if (at == 0) {
		explain_root(m, n);
	} else if (e->field != NULL) {
		n->what = _(e->field->text);
		n->section = m->command->clause;
		explain_value(m, at, n);
	}
	explain_findings(m, at, n);
}

/* What a PTZCmd in M has a camera do, behind what OUT has. */
static void
say_turning(const struct manscdp *m, struct buf *out)
{
	struct str value = manscdp_value(m, 0, "PTZCmd");
	struct buf says = BUF_INIT;
	struct str rest;
	struct ptz ptz;

	if (value.n == 0 || ptz_read(value, &ptz) != PTZ_FAULT_NONE)
		return;
	ptz_say(&ptz, &says);
	for (rest = buf_view(&says); rest.n > 0;) {
		buf_putc(out, ' ');
		buf_str(out, str_cut(rest, '\n', &rest));
	}
	buf_end(&says, &out->err);
}

bool
explain_manscdp_gist(struct str body, struct buf *out)
{
	struct manscdp m;
	int err = manscdp_read(&m, body);
	bool known = err == 0 && m.command != NULL;
	uint32_t sn = 0;

	if (err == ERR_NOMEM)
		out->err = err;
	if (err == ERR_SYNTAX)
		buf_printf(out, _("Its body can't be read: %s"),
		    _(manscdp_fault_words(m.fault)));
	if (known) {
		str_u32(manscdp_value(&m, 0, "SN"), &sn);
		buf_printf(out, _("Its body is %s %s, SN %u: %s (%s)."),
		    manscdp_root_name(m.root), m.command->name, (unsigned)sn,
		    _(m.command->text), m.command->clause);
		say_turning(&m, out);
	}
	if (err == 0)
		manscdp_free(&m);
	return known || err == ERR_SYNTAX;
}

/* Which command it is; an answer says so. */
bool
explain_manscdp_word(struct str body, struct buf *out)
{
	struct manscdp m;
	int err = manscdp_read(&m, body);
	bool known = err == 0 && m.command != NULL;

	if (err == ERR_NOMEM)
		out->err = err;
	if (known)
		buf_puts(out, m.command->name);
	if (err == 0)
		manscdp_free(&m);
	return known;
}

/* ---- MANSRTSP ---- */

static void
explain_scale(struct str value, struct msg_note *n)
{
	double scale;

	if (mansrtsp_scale(value, &scale))
		explain_say(&n->says, "%s",
		    scale < 0    ? _("Backwards, last group of pictures first; "
					"each group itself plays forwards.")
		    : scale < 1  ? _("Slower than it was recorded.")
		    : scale == 1 ? _("As fast as it was recorded.")
				 : _("Faster than it was recorded."));
}

static void
explain_range(struct str value, struct msg_note *n)
{
	struct mansrtsp_range range;

	if (!mansrtsp_range(value, &range))
		return;
	if (str_is(range.from, "now"))
		explain_say(
		    &n->says, _("It continues at the present position."));
	else if (range.from.n > 0)
		explain_say(&n->says,
		    _("It jumps to %.*s s from the beginning of the "
		      "recording."),
		    STR_ARG(range.from));
	if (range.to.n > 0)
		explain_say(
		    &n->says, _("It plays until %.*s s."), STR_ARG(range.to));
}

void
explain_mansrtsp(const struct mansrtsp *r, size_t line, struct msg_note *n)
{
	const struct mansrtsp_line *l = &r->lines[line];

	n->section = NORM "B";
	n->what = _(l->text);
	if (str_iis(l->name, "Scale"))
		explain_scale(l->value, n);
	else if (str_iis(l->name, "Range"))
		explain_range(l->value, n);
	if (l->fault != MANSRTSP_FAULT_NONE)
		explain_say(
		    &n->problem, "%s", _(mansrtsp_fault_words(l->fault)));
	else if (line == 0 && r->fault == MANSRTSP_FAULT_CSEQ)
		explain_say(&n->problem,
		    _("There is no %s, which is mandatory."), "CSeq");
	else if (line == 0 && r->fault == MANSRTSP_FAULT_LINES)
		explain_say(
		    &n->problem, "%s", _(mansrtsp_fault_words(r->fault)));
}

bool
explain_mansrtsp_gist(struct str body, struct buf *out)
{
	struct mansrtsp r;

	mansrtsp_read(body, &r);
	if (r.fault != MANSRTSP_FAULT_NONE)
		buf_printf(out, _("Its body can't be read: %s"),
		    r.fault == MANSRTSP_FAULT_CSEQ
			? _("There is no CSeq.")
			: _(mansrtsp_fault_words(r.fault)));
	else
		buf_printf(out, _("Its body is %.*s: %s (%s)."),
		    STR_ARG(r.lines[0].name), _(r.lines[0].text), NORM "B");
	return true;
}

bool
explain_mansrtsp_word(struct str body, struct buf *out)
{
	struct mansrtsp r;

	mansrtsp_read(body, &r);
	buf_str(out, r.fault == MANSRTSP_FAULT_NONE ? r.method : STR_NULL);
	return r.fault == MANSRTSP_FAULT_NONE && r.method.n > 0;
}

/* ---- SDP ---- */

/* y= is the SSRC in ten digits (annex G): live or recorded, five of the domain,
 * a number. */
static void
explain_ssrc(struct str value, struct msg_note *n)
{
	uint64_t ssrc;

	n->what = _("the SSRC of the stream");
	n->section = NORM "G";
	if (value.n != 10 || str_u64(value, &ssrc) != 0 || ssrc > UINT32_MAX) {
		explain_say(&n->problem,
		    _("It is not ten digits that fit into 32 bits."));
		return;
	}
	explain_say(&n->says, "%s",
	    value.p[0] == '0' ? _("It begins with 0: live.")
			      : _("It begins with 1: recorded."));
	explain_say(&n->says,
	    _("RTP packets have 0x%08X. The sender's domain has chosen it."),
	    (unsigned)ssrc);
}

/* The words of a number between slashes of f=. */
static void
explain_code(
    struct str value, const char *const *words, size_t n, struct buf *says)
{
	uint32_t i;

	if (str_u32(value, &i) == 0 && i >= 1 && i <= n)
		explain_say(says, "%s", words[i - 1]);
}

/* f=v/codec/size/pictures/rate/kbit a/codec/kbit/clock */
static void
explain_format(struct str value, struct msg_note *n)
{
	static const char *const video[] = { "MPEG-4", "H.264", "SVAC", "3GP",
		"H.265" };
	static const char *const sizes[] = { "QCIF", "CIF", "4CIF", "D1",
		"720P", "1080P" };
	static const char *const audio[] = { "G.711", "G.723.1", "G.729",
		"G.722.1", "SVAC", "AAC" };
	struct str parts[9], rest = value;
	size_t count = 0;

	n->what = _("the requested video and audio formats");
	n->section = NORM "G";
	while (count < COUNT_OF(parts) && rest.p != NULL)
		parts[count++] = str_cut(rest, '/', &rest);
	if (value.n == 0)
		return;
	if (count != COUNT_OF(parts) || rest.p != NULL ||
	    !str_is(parts[0], "v") || !str_ends(parts[5], "a")) {
		explain_say(&n->problem,
		    _("It is not v/ with five values and a/ with three."));
		return;
	}
	explain_code(parts[1], video, COUNT_OF(video), &n->says);
	explain_code(parts[2], sizes, COUNT_OF(sizes), &n->says);
	explain_code(parts[6], audio, COUNT_OF(audio), &n->says);
}

static void
explain_stream_number(struct str value, struct msg_note *n)
{
	if (str_is(value, "0"))
		explain_say(&n->says, _("0: the main stream."));
	else if (str_is(value, "1"))
		explain_say(&n->says, _("1: the secondary stream."));
}

static void
explain_file_size(struct str value, struct msg_note *n)
{
	uint64_t size;

	if (str_u64(value, &size) == 0 && size > 0)
		explain_say(&n->says, _("That is %llu octets."),
		    (unsigned long long)size);
	else
		explain_say(&n->says, _("The size is not known."));
}

/* Annex G (2016: F). */
static const struct {
	const char *name, *text;
	void (*explain)(struct str value, struct msg_note *n);
} attributes[] = {
	{ "downloadspeed",
	    N_("the download speed, as a multiple of the recording speed"),
	    NULL },
	{ "filesize", N_("the size of the file"), explain_file_size },
	{ "streamnumber", N_("which of the camera's streams is requested"),
	    explain_stream_number },
	{ "svcspace", N_("spatial layers of SVAC video"), NULL },
	{ "svctime", N_("temporal layers of SVAC video"), NULL },
	{ "ssvcratio", N_("the size ratio of the layers of SVAC video"), NULL },
};

/* Likewise of an attribute, a=NAME:VALUE: whether it is one of those. */
static bool
explain_attribute_surveillance(
    struct str name, struct str value, struct msg_note *n)
{
	for (size_t i = 0; i < COUNT_OF(attributes); i++) {
		if (!str_is(name, attributes[i].name))
			continue;
		n->what = _(attributes[i].text);
		n->rfc = 0;
		n->section = NORM "G";
		if (attributes[i].explain != NULL)
			attributes[i].explain(value, n);
		return true;
	}
	return false;
}

static const struct {
	const char *name, *text;
} sessions[] = {
	{ "Play", N_("Live video (GB/T 28181).") },
	{ "Playback", N_("Playback of a recording (GB/T 28181).") },
	{ "Download", N_("Download of a recording (GB/T 28181).") },
	{ "Talk", N_("Talk in both directions (GB/T 28181-2016).") },
};

/* What GB/T 28181 has beyond SDP, if it is that; else nothing is added. */
static void
explain_sdp_surveillance(const struct msg_sdp *s,
    const struct msg_sdp_line *line, struct msg_note *n)
{
	bool ours = false;

	for (size_t i = 0; i < s->nlines && !ours; i++)
		ours = s->lines[i].type == 'y';
	if (line->type == 'y')
		explain_ssrc(line->value, n);
	else if (line->type == 'f')
		explain_format(line->value, n);
	for (size_t i = 0; ours && line->type == 's' && i < COUNT_OF(sessions);
	     i++)
		if (str_is(line->value, sessions[i].name))
			explain_say(&n->says, "%s", _(sessions[i].text));
}

/* ---- fields of SIP ---- */

/* SENDER:NUMBER, a device's ID and the number of a stream; false: another. */
static bool
sdp_note_read_stream(struct str s, struct str *id, struct str *number)
{
	*id = str_cut(str_trim(s), ':', number);
	for (size_t i = 0; i < id->n; i++)
		if (!chr_is_digit(id->p[i]))
			return false;
	return (id->n == 18 || id->n == 20) && number->n > 0 && number->n <= 20;
}

/* Annex L (2016: K): sender:number,receiver:number.  The sender's begins with 0
 * or 1 and is in practice the stream's SSRC. */
void
explain_subject(struct explain *e)
{
	struct str to, id, number, window;
	struct str from = str_cut(e->f->value, ',', &to);
	struct msg_note *n = e->note;

	if (!sdp_note_read_stream(from, &id, &number))
		return;
	from = id;
	if (!sdp_note_read_stream(to, &id, &window))
		return;
	n->what = _("the stream of this call: its sender and its receiver");
	n->rfc = 0;
	n->section = NORM "L";
	explain_say(&n->says, _("%.*s sends stream %.*s: %s."), STR_ARG(from),
	    STR_ARG(number), number.p[0] == '1' ? _("recorded") : _("live"));
	explain_say(&n->says,
	    _("%.*s receives it as its own stream number %.*s."), STR_ARG(id),
	    STR_ARG(window));
}

bool
explain_is_local_time(struct str s)
{
	static const char form[] = "0000-00-00T00:00:00";

	if (s.n < sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < sizeof(form) - 1; i++)
		if (form[i] == '0' ? !chr_is_digit(s.p[i]) : s.p[i] != form[i])
			return false;
	for (size_t i = sizeof(form) - 1; i < s.n; i++)
		if (s.p[i] != '.' && !chr_is_digit(s.p[i]))
			return false;
	return true;
}

/* ---- what the lines of a session description say. RFC 8866, RFC 3264 ---- */

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
	    _("Created by %.*s at %.*s; session ID %.*s, version %.*s. A "
	      "changed description has a higher version."),
	    STR_ARG(nth_word(v, 0)), STR_ARG(nth_word(v, 5)),
	    STR_ARG(nth_word(v, 1)), STR_ARG(nth_word(v, 2)));
}

static void
explain_connection(const struct msg_sdp_line *line, struct msg_note *n)
{
	struct str address = nth_word(line->value, 2);

	explain_say(&n->says,
	    line->media == 0
		? _("Media go to %.*s, unless a stream has its own address.")
		: _("This stream goes to %.*s."),
	    STR_ARG(address));
	if (str_is(address, "0.0.0.0"))
		/* RFC 3264 8.4 */
		explain_say(
		    &n->history, _("0.0.0.0 puts a call on hold in RFC 2543; "
				   "RFC 3264 uses a=sendonly or a=inactive."));
}

/* What the section's a=rtpmap lines say of FORMAT. */
static bool
sdp_note_find_codec(const struct msg_sdp *s, unsigned section,
    struct str format, struct str *codec)
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
		if (sdp_note_find_codec(s, section, format, &codec))
			explain_say(&n->says, _("Payload type %u is %.*s."),
			    (unsigned)type, STR_ARG(codec));
		else if (known != NULL)
			/* RFC 3551 6 */
			explain_say(&n->says,
			    _("Payload type %u is %s, by RFC 3551."),
			    (unsigned)type, known);
		else
			explain_say(&n->problem,
			    _("No rtpmap explains payload type %u."),
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
		    _("Port 0: this %.*s stream is rejected or removed."),
		    STR_ARG(m->type));
	else
		explain_say(&n->says, _("%.*s at port %u, over %.*s."),
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
		explain_say(&n->says, _("0 0: a session without a fixed time, "
					"as in every call."));
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
		explain_say(&n->says, _("telephone-event: keys that are "
					"pressed, as RTP packets (RFC 4733)."));
		explain_say(&n->history,
		    _("Older texts cite RFC %u here. RFC %u has replaced it."),
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
		    _("%.*s: rung does not know it; a UA that does not know an "
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
		explain_say(&n->says, _("It applies to payload type %.*s."),
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
		explain_say(
		    &n->history, _("Older texts cite RFC 2327 or RFC 4566 for "
				   "SDP. RFC 8866 has replaced both."));
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
