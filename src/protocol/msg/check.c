/*
 * What RFC 3261 asks of a message beyond its frame: the fields of 8.1.1 are
 * there, what may stand once stands once, and the fields on which routing and
 * matching depend can be read.  Max-Forwards and tags may be missing: requests
 * as RFC 2543 wrote them are still to be served (RFC 4475 3.4.1).
 */
#include "msg/message.h"

#include "msg/chars.h"
#include "msg/parts.h"

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

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
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
find_missing(const struct msg *m, struct finding *out)
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
is_number(struct str s)
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

/* A URI of another scheme is for somebody else to judge. */
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
is_value(const struct msg *m, enum msg_header id, struct str value)
{
	switch (id) {
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
		return is_number(value);
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
		return is_value(m, f->id, f->value);
	if (rest.n == 0)
		return false;
	while (rest.n > 0) {
		value = msg_cut_value(&rest);
		/* empty elements between commas are passed over */
		if (value.n > 0 && !is_value(m, f->id, value))
			return false;
	}
	return true;
}

static void
find_malformed(const struct msg *m, struct finding *out)
{
	/* 19.1.1; other schemes are answered 416, not 400 */
	if (m->request && !is_readable_uri(m->uri)) {
		out->fault = MSG_FAULT_VALUE;
		out->at = m->uri;
		return;
	}
	for (size_t i = 0; i < m->nfields; i++)
		if (!msg_field_is_valid(m, &m->fields[i])) {
			out->fault = MSG_FAULT_VALUE;
			out->at = m->fields[i].value.n > 0 ? m->fields[i].value
							   : m->fields[i].line;
			return;
		}
}

enum msg_fault
msg_check(const struct msg *m, struct str *at)
{
	struct finding f = { MSG_FAULT_NONE, STR_NULL };

	find_missing(m, &f);
	if (f.fault == MSG_FAULT_NONE)
		find_twice(m, &f);
	if (f.fault == MSG_FAULT_NONE)
		find_malformed(m, &f);
	if (at != NULL)
		*at = f.at;
	return f.fault;
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
