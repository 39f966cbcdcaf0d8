/*
 * Reading a message: its frame, its fields and values, and the parts needed
 * most often.
 */
#include "msg/message.h"

#include "msg/chars.h"
#include "msg/header_names.h"
#include "msg/headers.h"

#include <string.h>

/* ---- finding fields and values in a message that was read ---- */

struct str
msg_head(const struct msg *m)
{
	const char *end =
	    m->body.p != NULL ? m->body.p : m->bytes.p + m->bytes.n;

	return (struct str){ m->start_line.p, (size_t)(end - m->start_line.p) };
}

const struct msg_field *
msg_field(const struct msg *m, enum msg_header id, size_t n)
{
	if (!msg_may_have(m, id))
		return NULL;
	for (size_t i = 0; i < m->nfields; i++)
		if (m->fields[i].id == id && n-- == 0)
			return &m->fields[i];
	return NULL;
}

struct str
msg_value(const struct msg *m, enum msg_header id)
{
	const struct msg_field *f = msg_field(m, id, 0);

	return f != NULL ? f->value : STR_NULL;
}

const struct msg_field *
msg_field_named(const struct msg *m, const char *name, size_t n)
{
	struct str want = str_of(name);
	enum msg_header id = msg_header_find(want);

	if (id != MSG_H_OTHER)
		return msg_field(m, id, n);
	for (size_t i = 0; i < m->nfields; i++)
		if (m->fields[i].id == MSG_H_OTHER &&
		    str_ieq(m->fields[i].name, want) && n-- == 0)
			return &m->fields[i];
	return NULL;
}

struct str
msg_cut_value(struct str *rest)
{
	struct str s = *rest;
	bool in_uri = false;
	size_t i = 0, end;

	/* most fields hold one value */
	if (str_chr(s, ',') < 0)
		i = s.n;
	for (; i < s.n; i++) {
		char c = s.p[i];

		if (c == ',' && !in_uri)
			break;
		if (c == '<' || c == '>')
			in_uri = c == '<';
		if (c == '"') {
			end = chars_skip_quoted(s, i);
			/* an open quote takes all that follows */
			i = (end != 0 ? end : s.n) - 1;
		}
	}
	*rest = str_slice(s, i + 1, s.n);
	return str_trim(str_slice(s, 0, i));
}

/*
 * RFC 3261 7.3.1: two fields of one list are the same as one field with commas.
 */
bool
msg_next_value(const struct msg *m, enum msg_header id, struct msg_values *iter,
    struct str *value)
{
	const struct msg_header_info *row = msg_header_info(id);
	bool list = row != NULL && (row->flags & MSG_HF_LIST) != 0;

	iter->started = true;
	if (!msg_may_have(m, id))
		return false;
	for (; iter->field < m->nfields; iter->field++, iter->at = 0) {
		const struct msg_field *f = &m->fields[iter->field];
		struct str rest;

		if (f->id != id)
			continue;
		while (iter->at < f->value.n) {
			rest = str_slice(f->value, iter->at, f->value.n);
			*value = rest;
			if (list)
				*value = msg_cut_value(&rest);
			else
				rest.n = 0;
			iter->at = f->value.n - rest.n;
			if (value->n > 0)
				return true;
		}
	}
	return false;
}

size_t
msg_count_values(const struct msg *m, enum msg_header id)
{
	struct msg_values iter = { 0 };
	struct str value;
	size_t n = 0;

	while (msg_next_value(m, id, &iter, &value))
		n++;
	return n;
}

bool
msg_lists(const struct msg *m, enum msg_header id, const char *tag)
{
	struct msg_values it = { 0 };
	struct str v;

	while (msg_next_value(m, id, &it, &v))
		if (str_iis(v, tag))
			return true;
	return false;
}

/* ---- the frame (RFC 3261 sections 7 and 25.1) ---- */

/* What msg_read keeps while it walks. */
struct walk {
	struct msg *m;
	struct str head; /* the bytes that may belong to the head, those above
			    MSG_MAX_HEAD too */
	size_t pos;
	enum msg_fault fault; /* the first one */
	struct str at;
	bool past_caps;
	unsigned lacks; /* past the caps: a bit for each of `vital` */
};

static void
blame(struct walk *w, enum msg_fault fault, struct str at)
{
	if (w->fault == MSG_FAULT_NONE) {
		w->fault = fault;
		w->at = at;
	}
}

/*
 * The line at w->pos without its CRLF; w->pos goes after it.  A CR or LF that
 * stands alone is a fault (25.1: only CRLF ends a line) and does not end the
 * line.  False where no CRLF follows.
 */
static bool
next_head_line(struct walk *w, struct str *line)
{
	const char *begin = w->head.p + w->pos, *end = w->head.p + w->head.n;
	const char *p = begin, *lf;

	while ((lf = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		if (lf > begin && lf[-1] == '\r')
			break;
		blame(w, MSG_FAULT_BARE_CR, (struct str){ lf, 1 });
		p = lf + 1;
	}
	if (lf == NULL)
		return false;
	*line = (struct str){ begin, (size_t)(lf - 1 - begin) };
	w->pos = (size_t)(lf + 1 - w->head.p);
	if (line->n > 0 && (p = memchr(begin, '\r', line->n)) != NULL)
		blame(w, MSG_FAULT_BARE_CR, (struct str){ p, 1 });
	return true;
}

/* 7.3.1: a line that begins with white space continues the one before. */
static bool
continues(const struct walk *w)
{
	return w->pos < w->head.n &&
	       (w->head.p[w->pos] == ' ' || w->head.p[w->pos] == '\t');
}

/* "SIP/" 1*DIGIT "." 1*DIGIT, letters alike (7.1) */
static bool
message_is_version(struct str s)
{
	size_t i = 4, dot;

	if (!str_istarts(s, "SIP/"))
		return false;
	while (i < s.n && chr_is_digit(s.p[i]))
		i++;
	dot = i;
	if (dot == 4 || dot >= s.n || s.p[dot] != '.')
		return false;
	for (i = dot + 1; i < s.n && chr_is_digit(s.p[i]);)
		i++;
	return i == s.n && i > dot + 1;
}

/* 25.1: SIP-Version SP 3DIGIT SP Reason-Phrase */
static bool
read_status_line(struct msg *m)
{
	struct str rest, code;
	uint32_t status;

	m->version = str_cut(m->start_line, ' ', &rest);
	code = str_slice(rest, 0, 3);
	if (!message_is_version(m->version) || code.n != 3 ||
	    str_u32(code, &status) != 0 || status < 100 || status > 699)
		return false;
	/* 7.2: a space is there even where no reason follows. */
	m->status = status;
	if (rest.n < 4 || rest.p[3] != ' ')
		return false;
	m->reason = str_slice(rest, 4, rest.n);
	return true;
}

/* 25.1: Method SP Request-URI SP SIP-Version, one space each */
static bool
read_request_line(struct msg *m)
{
	struct str line = m->start_line, rest;
	ptrdiff_t last = str_rchr(line, ' ');

	m->method_name = str_cut(line, ' ', &rest);
	if (m->method_name.n == 0 || last < 0 ||
	    chars_skip_token(m->method_name, 0) != m->method_name.n ||
	    (size_t)last <= m->method_name.n)
		return false;
	m->request = true;
	m->method = msg_method_find(m->method_name);
	m->uri = str_slice(line, m->method_name.n + 1, (size_t)last);
	m->version = str_slice(line, (size_t)last + 1, line.n);
	if (m->uri.n == 0 || !message_is_version(m->version))
		return false;
	return chars_skip(m->uri, 0, CHARS_URI) == m->uri.n;
}

static void
read_start_line(struct walk *w)
{
	struct msg *m = w->m;
	bool ok = str_istarts(m->start_line, "SIP/") ? read_status_line(m)
						     : read_request_line(m);

	if (!ok)
		blame(w, MSG_FAULT_START_LINE, m->start_line);
	else if (!str_iis(m->version, "SIP/2.0"))
		blame(w, MSG_FAULT_VERSION, m->version);
}

/* 25.1 allows a NUL in a quoted string only. */
static void
look_for_nul(struct walk *w, struct str value)
{
	bool open = false; /* a quote that nothing closes: looked for once */

	for (size_t i = 0; i < value.n; i++) {
		size_t end;

		if (value.p[i] == '"' && !open) {
			end = chars_skip_quoted(value, i);
			open = end == 0;
			if (!open)
				i = end - 1;
		} else if (value.p[i] == '\0') {
			blame(w, MSG_FAULT_NUL, str_slice(value, i, i + 1));
			return;
		}
	}
}

static void
look_for_nuls(struct walk *w, struct str head)
{
	ptrdiff_t nul = str_chr(w->m->start_line, '\0');

	if (nul >= 0)
		blame(w, MSG_FAULT_NUL,
		    str_slice(w->m->start_line, (size_t)nul, (size_t)nul + 1));
	else if (memchr(head.p, '\0', head.n) != NULL)
		for (size_t i = 0; i < w->m->nfields; i++)
			look_for_nul(w, w->m->fields[i].value);
}

/* 25.1: field-name HCOLON field-value; HCOLON allows SP and HT before ':'. */
static bool
cut_field(struct str line, struct msg_field *f)
{
	size_t name = chars_skip_token(line, 0), colon = name;

	while (
	    colon < line.n && (line.p[colon] == ' ' || line.p[colon] == '\t'))
		colon++;
	if (name == 0 || colon == line.n || line.p[colon] != ':')
		return false;
	f->name = str_slice(line, 0, name);
	f->value = str_trim(str_slice(line, colon + 1, line.n));
	f->id = msg_header_find(f->name);
	return true;
}

/*
 * The field at w->pos, with the lines that continue it; an invalid line is a
 * fault and passed over.  False at the empty line, and at the end of the bytes
 * where none came (*ENDED: false).
 */
static bool
next_head_field(struct walk *w, struct msg_field *f, bool *ended)
{
	struct str line, more;

	*ended = false;
	while (next_head_line(w, &line)) {
		*ended = line.n == 0;
		if (*ended)
			return false;
		while (continues(w) && next_head_line(w, &more))
			line.n = (size_t)(more.p + more.n - line.p);
		f->line = (struct str){ line.p,
			(size_t)(w->head.p + w->pos - line.p) };
		if (cut_field(line, f))
			return true;
		blame(w, MSG_FAULT_FIELD, line);
	}
	return false;
}

/* What a response repeats of its request (8.2.6.2), and where the body ends:
 * the first field of each is found past the caps too. */
static const enum msg_header vital[] = { MSG_H_VIA, MSG_H_FROM, MSG_H_TO,
	MSG_H_CALL_ID, MSG_H_CSEQ, MSG_H_CONTENT_LENGTH };

static void
look_for_vital(struct walk *w)
{
	w->lacks = 0;
	for (unsigned i = 0; i < COUNT_OF(vital); i++)
		if (msg_field(w->m, vital[i], 0) == NULL)
			w->lacks |= 1u << i;
}

/* F is the first of a vital kind. */
static bool
is_vital(const struct msg *m, const struct msg_field *f)
{
	for (unsigned i = 0; i < COUNT_OF(vital); i++)
		if (f->id == vital[i])
			return f == msg_field(m, f->id, 0);
	return false;
}

/* F becomes the last entry of a full `fields`, in the place of the last one
 * that is not vital. */
static void
replace_field(struct msg *m, const struct msg_field *f)
{
	size_t i = MSG_MAX_HEADERS - 1;

	while (is_vital(m, &m->fields[i]))
		i--;
	memmove(&m->fields[i], &m->fields[i + 1],
	    (MSG_MAX_HEADERS - 1 - i) * sizeof(*f));
	m->fields[MSG_MAX_HEADERS - 1] = *f;
}

/* F stands past the caps, where only what a 513 (21.5.7) can't do without is
 * kept. */
static void
keep_vital(struct walk *w, const struct msg_field *f)
{
	struct msg *m = w->m;

	if (!w->past_caps)
		look_for_vital(w);
	w->past_caps = true;
	for (unsigned i = 0; i < COUNT_OF(vital); i++) {
		if (f->id != vital[i] || (w->lacks >> i & 1) == 0)
			continue;
		w->lacks &= ~(1u << i);
		m->has[f->id >> 6] |= UINT64_C(1) << (f->id & 63);
		if (m->nfields == MSG_MAX_HEADERS)
			replace_field(m, f);
		else
			m->fields[m->nfields++] = *f;
	}
}

/* All fields, to the empty line. */
static void
message_read_fields(struct walk *w)
{
	struct msg *m = w->m;
	struct msg_field f;
	bool ended;

	while (next_head_field(w, &f, &ended)) {
		if (m->nfields == MSG_MAX_HEADERS || w->pos > MSG_MAX_HEAD) {
			blame(w, MSG_FAULT_TOO_LARGE, f.line);
			keep_vital(w, &f);
			continue;
		}
		m->fields[m->nfields++] = f;
		m->has[f.id >> 6] |= UINT64_C(1) << (f.id & 63);
		if (msg_has_many_params(m, f.value))
			blame(w, MSG_FAULT_TOO_LARGE, f.value);
	}
	if (ended && w->pos > MSG_MAX_HEAD)
		blame(w, MSG_FAULT_TOO_LARGE, m->start_line);
	if (ended)
		return;
	/* a last line without CRLF may still tell a person something */
	blame(w,
	    w->head.n > MSG_MAX_HEAD ? MSG_FAULT_TOO_LARGE : MSG_FAULT_NO_END,
	    str_slice(w->head, w->pos, w->head.n));
	w->pos = w->head.n;
}

/* 18.3: in a datagram, bytes beyond Content-Length are no part of the body,
 * and a body shorter than that is an error. */
static void
message_read_body(struct walk *w)
{
	struct msg *m = w->m;
	const struct msg_field *f = msg_field(m, MSG_H_CONTENT_LENGTH, 0);
	size_t n = 0;

	m->body = str_slice(m->bytes, w->pos, m->bytes.n);
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->value.n; i++) {
		if (!chr_is_digit(f->value.p[i])) {
			blame(w, MSG_FAULT_VALUE, f->value);
			return;
		}
		/* saturates above any datagram's size */
		if (n <= MSG_MAX_BYTES)
			n = n * 10 + (size_t)(f->value.p[i] - '0');
	}
	if (f->value.n == 0)
		blame(w, MSG_FAULT_VALUE, f->line);
	else if (n > m->body.n)
		blame(w, MSG_FAULT_LENGTH, f->value);
	else
		m->body.n = n;
}

static void
message_clear(struct msg *m, struct str bytes)
{
	m->bytes = bytes;
	m->start_line = m->method_name = m->uri = STR_NULL;
	m->reason = m->version = m->body = STR_NULL;
	m->request = false;
	m->method = MSG_OTHER;
	m->status = 0;
	m->known.all = m->sound = false;
	m->has[0] = m->has[1] = 0;
	m->nfields = 0;
}

static void
find_response_method(struct msg *m)
{
	struct msg_cseq cseq;

	if (!m->request && m->status != 0 &&
	    msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq) == 0)
		m->method = msg_method_find(cseq.method);
}

/*
 * Reads the start line, the header fields as slices, the end of the head and
 * the body's length, in one pass over the head by line ends. A message of the
 * usual kind costs well below a microsecond. Reading goes on behind a fault, so
 * that a request can be answered and a person can be shown the rest.
 */
enum msg_fault
msg_read(struct msg *m, struct str bytes, struct str *at)
{
	struct walk w = { .m = m, .fault = MSG_FAULT_NONE };
	size_t start;

	message_clear(m, bytes);
	if (bytes.n > MSG_MAX_BYTES)
		blame(&w, MSG_FAULT_TOO_LARGE, bytes);
	w.head = str_slice(bytes, 0, MSG_MAX_BYTES);
	/* 7.5: empty lines before the start line are ignored */
	while (w.pos + 1 < w.head.n && w.head.p[w.pos] == '\r' &&
	       w.head.p[w.pos + 1] == '\n')
		w.pos += 2;
	start = w.pos;
	if (start == w.head.n) {
		blame(&w, MSG_FAULT_EMPTY, bytes);
	} else if (!next_head_line(&w, &m->start_line)) {
		m->start_line = str_slice(w.head, start, w.head.n);
		blame(&w, MSG_FAULT_START_LINE, m->start_line);
	} else {
		read_start_line(&w);
		if (msg_has_many_params(m, m->uri))
			blame(&w, MSG_FAULT_TOO_LARGE, m->uri);
		message_read_fields(&w);
		w.head.n = w.pos;
		look_for_nuls(&w, str_slice(w.head, start, w.pos));
		message_read_body(&w);
		find_response_method(m);
	}
	if (at != NULL)
		*at = w.at;
	return w.fault;
}

enum msg_fault
msg_read_start(struct msg *m, struct str bytes)
{
	struct walk w = { .m = m, .fault = MSG_FAULT_NONE };
	struct str line;

	message_clear(m, bytes);
	while (str_starts(bytes, "\r") || str_starts(bytes, "\n"))
		bytes = str_slice(bytes, 1, bytes.n);
	line = str_cut_line(bytes, &bytes);
	m->start_line = line;
	read_start_line(&w);
	return w.fault;
}

bool
msg_next_field(const struct msg *m, size_t *at, struct msg_field *f)
{
	struct walk w = { .head = str_slice(m->bytes, 0, MSG_MAX_BYTES) };
	bool ended;

	w.pos = *at;
	if (w.pos == 0)
		w.pos = (size_t)(m->start_line.p - m->bytes.p) +
			m->start_line.n + 2;
	if (w.pos > w.head.n || !next_head_field(&w, f, &ended))
		return false;
	*at = w.pos;
	return true;
}

/* ---- the parts needed most often: RFC 3261 17.1.3, 17.2.3, 12 ---- */

static struct str
top_via(const struct msg *m)
{
	struct str v = msg_value(m, MSG_H_VIA);

	return msg_cut_value(&v);
}

void
msg_know_party(struct msg_party *p, struct str value)
{
	struct msg_addr addr;

	p->value = value;
	p->err = msg_addr_read(value, &addr);
	p->uri = addr.uri;
	p->tag = p->err == 0 ? addr.tag : STR_NULL;
}

void
msg_know_via(struct msg *m)
{
	m->known.via_value = top_via(m);
	m->known.via_err = msg_via_read(m->known.via_value, &m->known.via);
}

/*
 * Reads the top Via and the tags of From and To of a cached view once; in
 * another one they are read at each request.
 */
void
msg_know(struct msg *m)
{
	msg_know_via(m);
	msg_know_party(&m->known.from, msg_value(m, MSG_H_FROM));
	msg_know_party(&m->known.to, msg_value(m, MSG_H_TO));
	m->known.all = true;
}

int
msg_top_via(const struct msg *m, struct msg_via *via)
{
	if (!m->known.all)
		return msg_via_read(top_via(m), via);
	*via = m->known.via;
	return m->known.via_err;
}

struct str
msg_tag_of(const struct msg *m, enum msg_header id)
{
	const struct msg_known *k = &m->known;

	if (!k->all || (id != MSG_H_FROM && id != MSG_H_TO))
		return msg_tag(msg_value(m, id));
	return id == MSG_H_TO ? k->to.tag : k->from.tag;
}

const struct msg_party *
msg_known_party(const struct msg *m, struct str value)
{
	const struct msg_known *k = &m->known;

	if (!k->all)
		return NULL;
	return value.p == k->from.value.p ? &k->from
	       : value.p == k->to.value.p ? &k->to
					  : NULL;
}
