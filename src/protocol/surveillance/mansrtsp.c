/* See surveillance/mansrtsp.h. */
#include "surveillance/mansrtsp.h"

#include "base/i18n.h"
#include "base/rows.h"

static bool
mansrtsp_is_number(struct str s)
{
	uint32_t n;

	return str_u32(s, &n) == 0;
}

/* "2", "-0.5"; SECONDS: not below 0. */
static bool
read_decimal(struct str s, double *value)
{
	struct str part, whole;
	bool negative = str_starts(s, "-");
	double scale = 1;
	uint32_t n = 0;

	whole = str_cut(negative ? str_slice(s, 1, s.n) : s, '.', &part);
	if (str_u32(whole, &n) != 0)
		return false;
	*value = n;
	for (size_t i = 0; i < part.n; i++) {
		if (!chr_is_digit(part.p[i]) || i == 9)
			return false;
		scale /= 10;
		*value += scale * (part.p[i] - '0');
	}
	*value = negative ? -*value : *value;
	return true;
}

bool
mansrtsp_scale(struct str value, double *scale)
{
	return read_decimal(value, scale) && *scale != 0;
}

static bool
is_scale(struct str value)
{
	double scale;

	return mansrtsp_scale(value, &scale);
}

/* Seconds, "now", or nothing. */
static bool
is_moment(struct str s)
{
	double seconds;

	return s.n == 0 || str_is(s, "now") ||
	       (read_decimal(s, &seconds) && seconds >= 0);
}

bool
mansrtsp_range(struct str value, struct mansrtsp_range *range)
{
	struct str rest, unit = str_cut(value, '=', &rest);

	range->from = str_cut(rest, '-', &range->to);
	return str_iis(unit, "npt") && str_chr(rest, '-') >= 0 &&
	       (range->from.n > 0 || range->to.n > 0) &&
	       is_moment(range->from) && is_moment(range->to);
}

static bool
mansrtsp_is_range(struct str value)
{
	struct mansrtsp_range range;

	return mansrtsp_range(value, &range);
}

static bool
is_pause(struct str value)
{
	return value.n > 0 && is_moment(value);
}

static const struct {
	const char *name;
	bool (*is)(struct str value); /* NULL: any */
	const char *text;
} fields[] = {
	{ "CSeq", mansrtsp_is_number,
	    N_("the number of this command within the playback; it is not "
	       "SIP's CSeq") },
	{ "Scale", is_scale, N_("the speed; 1 is the speed of the recording") },
	{ "Range", mansrtsp_is_range,
	    N_("the start position in seconds from the beginning of the "
	       "recording") },
	{ "PauseTime", is_pause, N_("when to pause") },
	{ "RTP-Info", NULL,
	    N_("the sequence number and timestamp of the first packet that "
	       "follows") },
};

static const struct {
	const char *name, *text;
} requests[] = {
	{ "PLAY", N_("plays, resumes, jumps or changes the speed") },
	{ "PAUSE", N_("pauses; the session continues") },
	{ "TEARDOWN", N_("ends the playback; a BYE follows") },
};

const char *
mansrtsp_fault_words(enum mansrtsp_fault fault)
{
	static const char *const words[] = { MANSRTSP_FAULTS(ROW_WORD) };

	return words[fault];
}

static bool
mansrtsp_is_version(struct str word)
{
	return str_is(word, "RTSP/1.0") || str_is(word, "MANSRTSP/1.0");
}

/* "PLAY RTSP/1.0", "RTSP/1.0 200 OK"; words between method and version, as in
 * RTSP, are passed over. */
static void
mansrtsp_read_start(struct mansrtsp *r, struct mansrtsp_line *l)
{
	struct str rest, first = str_cut(l->line, ' ', &rest);
	ptrdiff_t last = str_rchr(rest, ' ');
	size_t row = ROWS_FIND(first, requests);
	uint32_t status;

	l->name = first;
	if (mansrtsp_is_version(first)) {
		l->text = N_("the answer to a command");
		if (str_u32(str_cut(rest, ' ', &rest), &status) != 0 ||
		    status < 100 || status > 599)
			l->fault = MANSRTSP_FAULT_STATUS;
		else
			r->status = status;
		return;
	}
	if (!mansrtsp_is_version(str_slice(rest, (size_t)(last + 1), rest.n))) {
		l->fault = MANSRTSP_FAULT_START;
		return;
	}
	r->method = first;
	if (row < COUNT_OF(requests))
		l->text = requests[row].text;
	else
		l->fault = MANSRTSP_FAULT_METHOD;
}

static void
mansrtsp_read_field(struct mansrtsp_line *l)
{
	size_t row = 0;

	l->name = str_trim(str_cut(l->line, ':', &l->value));
	l->value = str_trim(l->value);
	if (str_chr(l->line, ':') < 1) {
		l->fault = MANSRTSP_FAULT_FIELD;
		return;
	}
	while (row < COUNT_OF(fields) && !str_iis(l->name, fields[row].name))
		row++;
	if (row == COUNT_OF(fields))
		return;
	l->text = fields[row].text;
	if (fields[row].is != NULL && !fields[row].is(l->value))
		l->fault = MANSRTSP_FAULT_VALUE;
}

static bool
mansrtsp_has_field(const struct mansrtsp *r, const char *name)
{
	for (size_t i = 1; i < r->n; i++)
		if (str_iis(r->lines[i].name, name))
			return true;
	return false;
}

void
mansrtsp_read(struct str body, struct mansrtsp *r)
{
	*r = (struct mansrtsp){ 0 };
	while (body.n > 0 && r->n < MANSRTSP_LINES) {
		struct mansrtsp_line l = { .text = "" };

		l.line = str_trim(str_cut_line(body, &body));
		if (l.line.n == 0)
			continue;
		if (r->n == 0)
			mansrtsp_read_start(r, &l);
		else
			mansrtsp_read_field(&l);
		if (r->fault == MANSRTSP_FAULT_NONE)
			r->fault = l.fault;
		r->lines[r->n++] = l;
	}
	if (r->n == 0)
		r->fault = MANSRTSP_FAULT_START;
	else if (r->fault == MANSRTSP_FAULT_NONE && str_trim(body).n > 0)
		r->fault = MANSRTSP_FAULT_LINES;
	else if (r->fault == MANSRTSP_FAULT_NONE &&
		 !mansrtsp_has_field(r, "CSeq"))
		r->fault = MANSRTSP_FAULT_CSEQ;
}
