/*
 * Faults of messages: RFC 3261's requirements beyond the frame, the list of
 * faults, and their places in a message.
 */
#include "msg/message.h"

#include "base/rows.h"
#include "msg/chars.h"
#include "msg/header_names.h"
#include "msg/headers.h"

/* ---- limits, and the places of faults ---- */

static const struct {
	const char *name;
	size_t most;
	const char *text;
} limits[MSG_LIMIT_COUNT] = { MSG_LIMITS(ROW_VALUES) };

const char *
msg_limit_name(enum msg_limit limit)
{
	return limits[limit].name;
}

enum msg_limit
msg_limit_find(struct str name)
{
	return (enum msg_limit)ROWS_FIND(name, limits);
}

size_t
msg_limit_most(enum msg_limit limit)
{
	return limits[limit].most;
}

void
msg_put_limit(enum msg_limit limit, size_t size, size_t most, struct buf *out)
{
	switch (limit) {
#define X(id, name, max, text)                        \
	case MSG_LIMIT_##id:                          \
		buf_printf(out, _(text), size, most); \
		break;
		MSG_LIMITS(X)
#undef X
	case MSG_LIMIT_COUNT:
		break;
	}
}

size_t
msg_most_params(struct str value)
{
	size_t count = 0, most = 0, end;
	bool in_uri = false, open = false;

	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		if (c == ';' || (c == '&' && in_uri)) {
			count++;
			most = count > most ? count : most;
		} else if (c == '<' || c == '>') {
			in_uri = c == '<';
			count = 0;
		} else if (c == ',' && !in_uri) {
			count = 0;
		} else if (c == '"' && !open) {
			end = chars_skip_quoted(value, i);
			open = end == 0;
			if (!open)
				i = end - 1;
		}
	}
	return most;
}

bool
msg_has_many_params(const struct msg *m, struct str value)
{
	size_t most = MSG_MAX_PARAMS + (m->request ? 0 : MSG_ANSWER_PARAMS);

	/* Most have too few of these for any list to be that long. */
	return value.n > most &&
	       str_count(value, ';') + str_count(value, '&') > most &&
	       msg_most_params(value) > most;
}

static bool
is_long_list(enum msg_header id)
{
	return id == MSG_H_VIA || id == MSG_H_ROUTE ||
	       id == MSG_H_RECORD_ROUTE || id == MSG_H_CONTACT;
}

/* The first field of a list with more values than are accepted, or NULL. */
static const struct msg_field *
msg_long_list(const struct msg *m)
{
	static const enum msg_header lists[] = {
		MSG_H_VIA,
		MSG_H_ROUTE,
		MSG_H_RECORD_ROUTE,
		MSG_H_CONTACT,
	};
	size_t bytes = 0;

	for (size_t i = 0; i < m->nfields; i++)
		if (is_long_list(m->fields[i].id))
			bytes += m->fields[i].value.n;
	/* Each value has a field of its own, or a byte and a comma. */
	if (m->nfields + bytes / 2 <= MSG_MAX_VALUES)
		return NULL;
	for (size_t i = 0; i < COUNT_OF(lists); i++)
		if (msg_count_values(m, lists[i]) > MSG_MAX_VALUES)
			return msg_field(m, lists[i], 0);
	return NULL;
}

/* What it has, or of a stream is to have (18.3). */
static size_t
msg_check_count_bytes(const struct msg *m)
{
	struct str length = msg_value(m, MSG_H_CONTENT_LENGTH);
	size_t body = 0, all;

	for (size_t i = 0; i < length.n && chr_is_digit(length.p[i]); i++)
		if (body <= UINT32_MAX)
			body = body * 10 + (size_t)(length.p[i] - '0');
	all = msg_head(m).n + body;
	return all > m->bytes.n ? all : m->bytes.n;
}

static size_t
count_fields(const struct msg *m)
{
	struct msg_field f;
	size_t at = 0, n = 0;

	if (m->nfields < MSG_MAX_HEADERS)
		return m->nfields;
	while (msg_next_field(m, &at, &f))
		n++;
	return n;
}

/* The list of parameters in VALUE, which stands AT, is too long. */
static bool
exceeds_params(
    const struct msg *m, struct msg_excess *x, struct str value, struct str at)
{
	if (!msg_has_many_params(m, value))
		return false;
	*x =
	    (struct msg_excess){ MSG_LIMIT_PARAMS, msg_most_params(value), at };
	return true;
}

static bool
exceeds(struct msg_excess *x, enum msg_limit limit, size_t size, struct str at)
{
	*x = (struct msg_excess){ limit, size, at };
	return size > limits[limit].most;
}

bool
msg_find_excess(const struct msg *m, struct msg_excess *x)
{
	const struct msg_field *f = msg_long_list(m);

	if (exceeds(x, MSG_LIMIT_BYTES, msg_check_count_bytes(m), STR_NULL) ||
	    exceeds(x, MSG_LIMIT_HEAD, msg_head(m).n, STR_NULL) ||
	    exceeds(x, MSG_LIMIT_FIELDS, count_fields(m), STR_NULL) ||
	    exceeds_params(m, x, m->uri, m->uri))
		return true;
	for (size_t i = 0; i < m->nfields; i++)
		if (exceeds_params(m, x, m->fields[i].value, m->fields[i].line))
			return true;
	return f != NULL && exceeds(x, MSG_LIMIT_VALUES,
				msg_count_values(m, f->id), f->line);
}

size_t
msg_line_at(const struct msg *m, struct str at, struct str *line)
{
	struct str bytes = m->bytes, rest;
	size_t where, from = 0, n = 1;

	*line = STR_NULL;
	if ((uintptr_t)at.p < (uintptr_t)bytes.p ||
	    (uintptr_t)at.p >= (uintptr_t)bytes.p + bytes.n)
		return 0;
	where = (size_t)(at.p - bytes.p);
	for (size_t i = 0; i < where; i++)
		if (bytes.p[i] == '\n') {
			from = i + 1;
			n++;
		}
	*line = str_cut_line(str_slice(bytes, from, bytes.n), &rest);
	return n;
}

/* ---- RFC 3261's requirements beyond the frame ---- */

struct finding {
	enum msg_fault fault;
	struct str at;
};

/* 8.1.1, 20 table 2: the first of what every message has, or MSG_H_OTHER. */
static enum msg_header
find_missing_of_all(const struct msg *m)
{
	static const enum msg_header wanted[] = { MSG_H_VIA, MSG_H_FROM,
		MSG_H_TO, MSG_H_CALL_ID, MSG_H_CSEQ };

	for (size_t i = 0; i < COUNT_OF(wanted); i++)
		if (msg_field(m, wanted[i], 0) == NULL)
			return wanted[i];
	return MSG_H_OTHER;
}

enum msg_header
msg_missing_header(const struct msg *m)
{
	enum msg_header id = find_missing_of_all(m);
	struct str at;

	if (id == MSG_H_OTHER &&
	    msg_check_method(m, &at, &id) != MSG_FAULT_MISSING)
		return MSG_H_OTHER;
	return id;
}

static void
msg_check_find_missing(const struct msg *m, struct finding *out)
{
	if (find_missing_of_all(m) == MSG_H_OTHER)
		return;
	out->fault = MSG_FAULT_MISSING;
	out->at = m->start_line;
}

static void
find_twice(const struct msg *m, struct finding *out)
{
	uint64_t seen[2] = { 0, 0 };

	for (size_t i = 0; i < m->nfields; i++) {
		unsigned id = m->fields[i].id;
		const struct msg_header_info *row =
		    msg_header_info(m->fields[i].id);

		if (row == NULL || (row->flags & MSG_HF_ONCE) == 0)
			continue;
		if ((seen[id >> 6] >> (id & 63) & 1) != 0) {
			out->fault = MSG_FAULT_TWICE;
			out->at = m->fields[i].line;
			return;
		}
		seen[id >> 6] |= UINT64_C(1) << (id & 63);
	}
}

static bool
msg_check_is_number(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!chr_is_digit(s.p[i]))
			return false;
	return s.n > 0;
}

/* 25.1: callid = word [ "@" word ]; what separates values is in no word. */
static bool
is_call_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] == 127 || s.p[i] == ',' ||
		    s.p[i] == ';')
			return false;
	return s.n > 0;
}

/* A URI of another scheme is not judged here. */
static bool
is_readable_uri(struct str s)
{
	struct msg_uri uri;

	return msg_uri_read(s, &uri) == 0;
}

static bool
is_addr(const struct msg *m, struct str value, bool star)
{
	const struct msg_party *known = msg_known_party(m, value);
	struct msg_addr addr;

	if (known != NULL)
		return known->err == 0 && is_readable_uri(known->uri);
	if (msg_addr_read(value, &addr) != 0)
		return false;
	return addr.star ? star : is_readable_uri(addr.uri);
}

static bool
is_cseq(const struct msg *m, struct str value)
{
	struct msg_cseq cseq;

	/* 8.1.1.5: the method is the request's */
	return msg_cseq_read(value, &cseq) == 0 &&
	       (!m->request || str_eq(cseq.method, m->method_name));
}

static bool
is_via(const struct msg *m, struct str value)
{
	struct msg_via via;

	if (m->known.all && value.p == m->known.via_value.p)
		return m->known.via_err == 0;
	return msg_via_read(value, &via) == 0;
}

static bool
msg_check_is_value(const struct msg *m, enum msg_header id, struct str value)
{
	switch ((unsigned)id) {
	case MSG_H_VIA:
		return is_via(m, value);
	case MSG_H_FROM:
	case MSG_H_TO:
	case MSG_H_ROUTE:
	case MSG_H_RECORD_ROUTE:
		return is_addr(m, value, false);
	case MSG_H_CONTACT:
		return is_addr(m, value, true);
	case MSG_H_CALL_ID:
		return is_call_id(value);
	case MSG_H_CSEQ:
		return is_cseq(m, value);
	case MSG_H_MAX_FORWARDS:
	case MSG_H_MAX_BREADTH:
	case MSG_H_CONTENT_LENGTH:
	case MSG_H_EXPIRES:
	case MSG_H_MIN_EXPIRES:
		return msg_check_is_number(value);
	default:
		return true;
	}
}

/* One field, value by value where it is a list. */
bool
msg_field_is_valid(const struct msg *m, const struct msg_field *f)
{
	struct str rest = f->value, value;

	if (f->id != MSG_H_VIA && f->id != MSG_H_ROUTE &&
	    f->id != MSG_H_RECORD_ROUTE && f->id != MSG_H_CONTACT)
		return msg_check_is_value(m, f->id, f->value);
	if (rest.n == 0)
		return false;
	while (rest.n > 0) {
		value = msg_cut_value(&rest);
		/* empty elements between commas are passed over */
		if (value.n > 0 && !msg_check_is_value(m, f->id, value))
			return false;
	}
	return true;
}

static void
find_malformed(const struct msg *m, uint32_t sound, struct finding *out)
{
	/* 19.1.1; other schemes are answered 416, not 400 */
	if (m->request && !is_readable_uri(m->uri)) {
		out->fault = MSG_FAULT_VALUE;
		out->at = m->uri;
		return;
	}
	for (size_t i = 0; i < m->nfields; i++)
		if ((i > 31 || (sound >> i & 1) == 0) &&
		    !msg_field_is_valid(m, &m->fields[i])) {
			out->fault = MSG_FAULT_VALUE;
			out->at = m->fields[i].value.n > 0 ? m->fields[i].value
							   : m->fields[i].line;
			return;
		}
}

enum msg_fault
msg_check_rest(const struct msg *m, uint32_t sound, struct str *at)
{
	struct finding f = { MSG_FAULT_NONE, STR_NULL };

	msg_check_find_missing(m, &f);
	if (f.fault == MSG_FAULT_NONE)
		find_twice(m, &f);
	if (f.fault == MSG_FAULT_NONE)
		find_malformed(m, sound, &f);
	if (at != NULL)
		*at = f.at;
	return f.fault;
}

/*
 * The fields of 8.1.1 are there, what may stand once stands once, and the
 * fields on which routing and matching depend can be read. Max-Forwards and
 * tags may be missing: requests as RFC 2543 wrote them are still to be served
 * (RFC 4475 3.4.1).
 */
enum msg_fault
msg_check(const struct msg *m, struct str *at)
{
	return msg_check_rest(m, 0, at);
}

enum msg_fault
msg_judge_lists(const struct msg *m, struct str *at)
{
	const struct msg_field *f = msg_long_list(m);

	if (f == NULL)
		return MSG_FAULT_NONE;
	*at = f->line;
	return MSG_FAULT_TOO_LARGE;
}

enum msg_fault
msg_judge(struct msg *m, struct str bytes, struct str *at)
{
	enum msg_fault fault = msg_read(m, bytes, at);

	if (fault == MSG_FAULT_NONE)
		fault = msg_check(m, at);
	return fault != MSG_FAULT_NONE ? fault : msg_judge_lists(m, at);
}

/* ---- the list of faults ---- */

static const struct {
	const char *name;
	unsigned status;
	const char *text;
} faults[] = { MSG_FAULTS(ROW_VALUES) };

const char *
msg_fault_name(enum msg_fault f)
{
	return faults[f].name;
}

const char *
msg_fault_text(enum msg_fault f)
{
	return _(faults[f].text);
}

unsigned
msg_fault_status(enum msg_fault f)
{
	return faults[f].status;
}

/* The field that AT lies in, NULL for none. */
static const struct msg_field *
find_field_at(const struct msg *m, struct str at)
{
	uintptr_t where = (uintptr_t)at.p;

	for (size_t i = 0; i < m->nfields; i++) {
		struct str line = m->fields[i].line;
		uintptr_t begin = (uintptr_t)line.p;

		if (where >= begin && where < begin + line.n)
			return &m->fields[i];
	}
	return NULL;
}

struct str
msg_fault_field(const struct msg *m, enum msg_fault fault, struct str at)
{
	const struct msg_field *f = find_field_at(m, at);
	enum msg_header missing = msg_missing_header(m);

	/* 18.3: what else a message over a stream can't do without */
	if (missing == MSG_H_OTHER)
		missing = MSG_H_CONTENT_LENGTH;
	if (fault == MSG_FAULT_MISSING)
		return str_of(msg_header_info(missing)->name);
	return f != NULL ? f->name : STR_NULL;
}

bool
msg_fault_is_answered(const struct msg *m, enum msg_fault fault)
{
	/* Whom to answer, and what.  A response gets none, nor has an ACK one
	 * (17.1.1.3). */
	return m->request && m->method != MSG_ACK &&
	       msg_fault_status(fault) != 0 && msg_value(m, MSG_H_VIA).n > 0 &&
	       msg_value(m, MSG_H_CSEQ).n > 0;
}

void
msg_field_phrase(const struct msg *m, enum msg_header id, struct buf *out)
{
	const struct msg_field *f = msg_field(m, id, 0);

	buf_printf(out, "%s %s header field", f == NULL ? "Missing" : "Bad",
	    msg_header_info(id)->name);
}

/* RFC 3261 21.4.1: what a response says of the fault. */
void
msg_fault_phrase(
    const struct msg *m, enum msg_fault fault, struct str at, struct buf *out)
{
	unsigned status = msg_fault_status(fault);
	struct str name = msg_fault_field(m, fault, at);

	if (status != 400)
		buf_puts(out, msg_status_phrase(status));
	else if (name.n > 0)
		buf_printf(out, "%s %.*s header field%s",
		    fault == MSG_FAULT_MISSING ? "Missing"
		    : fault == MSG_FAULT_TWICE ? "Two"
					       : "Bad",
		    STR_ARG(name), fault == MSG_FAULT_TWICE ? "s" : "");
	else if (at.p == m->uri.p && at.n > 0)
		buf_puts(out, "Bad Request-URI");
	else
		buf_puts(out, msg_status_phrase(status));
}
