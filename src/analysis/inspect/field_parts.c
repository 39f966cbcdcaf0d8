/* Reads parts of a message and its fields, by name (inspect/relation.h): the
 * two sides of a relation. */
#include "inspect/field_parts.h"

#include "inspect/forms.h"
#include "msg/bodies.h"
#include "msg/header_names.h"
#include "msg/headers.h"

/* ---- the start line and the fields ---- */

bool
part_NOTHING(const struct asked *a, struct str *text)
{
	(void)a;
	*text = STR_NULL;
	return false;
}

bool
part_CONSTANT(const struct asked *a, struct str *text)
{
	*text = str_of(a->e->word);
	return true;
}

bool
part_METHOD(const struct asked *a, struct str *text)
{
	*text = a->m->method_name;
	return a->m->request;
}

PART(STATUS, !a->m->request && field_parts_put_number(a, a->m->status, text))

bool
part_TARGET(const struct asked *a, struct str *text)
{
	*text = a->m->uri;
	return a->m->request;
}

static bool
uri_param(struct str uri, const char *name, struct str *text)
{
	struct msg_uri u;

	return msg_uri_read(uri, &u) == 0 && msg_param(u.params, name, text);
}

bool
part_TARGET_PARAM(const struct asked *a, struct str *text)
{
	return a->m->request && str_chr(a->m->uri, ';') >= 0 &&
	       uri_param(a->m->uri, a->e->word, text);
}

/* Behind SIGN of the Request-URI, or before it. */
static bool
read_target(const struct asked *a, char sign, struct msg_uri *u)
{
	return a->m->request && str_chr(a->m->uri, sign) >= 0 &&
	       msg_uri_read(a->m->uri, u) == 0;
}

bool
part_TARGET_USER(const struct asked *a, struct str *text)
{
	struct msg_uri u;

	return read_target(a, '@', &u) && (*text = u.user).n > 0;
}

bool
part_TARGET_HEADERS(const struct asked *a, struct str *text)
{
	struct msg_uri u;

	return read_target(a, '?', &u) && (*text = u.headers).n > 0;
}

bool
part_FIELD(const struct asked *a, struct str *text)
{
	const struct msg_field *f = msg_field(a->m, a->e->header, 0);

	if (f == NULL)
		return false;
	*text = str_trim(f->value);
	return true;
}

/* Values of the field ID, a line each; false: there is none. */
static bool
put_list(const struct asked *a, enum msg_header id, bool uris)
{
	struct msg_values iter = { 0 };
	struct str value;
	bool any = false;

	while (
	    msg_may_have(a->m, id) && msg_next_value(a->m, id, &iter, &value)) {
		buf_str(a->room, uris ? msg_addr_uri(value) : str_trim(value));
		buf_putc(a->room, '\n');
		any = true;
	}
	return any;
}

static bool
put_values(const struct asked *a, bool uris, struct str *text)
{
	bool any = put_list(a, a->e->header, uris);

	*text = buf_view(a->room);
	return any;
}

/* A strict router is sent to by its Route as Request-URI (16.6 step 6); the
 * default port goes without saying. */
bool
part_TARGETS(const struct asked *a, struct str *text)
{
	struct msg_values iter = { 0 };
	struct msg_uri u;
	struct str value;

	buf_str(a->room, a->m->uri);
	buf_putc(a->room, '\n');
	if (msg_uri_read(a->m->uri, &u) == 0 &&
	    msg_uri_port(&u) == addr_transports[ADDR_DEFAULT].port)
		buf_printf(a->room, "%.*s:%.*s@%.*s%.*s\n", STR_ARG(u.scheme),
		    STR_ARG(u.user), STR_ARG(u.host), STR_ARG(u.params));
	while (msg_next_value(a->m, MSG_H_ROUTE, &iter, &value)) {
		buf_str(a->room, msg_addr_uri(value));
		buf_putc(a->room, '\n');
	}
	*text = buf_view(a->room);
	return a->m->request;
}

/* What has brought D's target was accepted, a while ago; else the one before
 * may still be the target. */
static bool
is_target_accepted(const struct asked *a, const struct followed_dialog *d)
{
	const struct msg *m =
	    d->ok_tx == NULL || a->l->time - d->t_ok < SIP_T2_NS
		? NULL
		: inspected_other(a->l, d->ok_mine ? d->ok_tx->request : d->ok);

	return m != NULL && str_eq(follower_contact(m), d->target);
}

/* 12.2.1.1: a strict router's URI is in the Request-URI, and the target
 * behind all other Routes. */
bool
part_FAR_TARGETS(const struct asked *a, struct str *text)
{
	const struct followed_dialog *d = a->l->dialog;

	if (routes_begin_strict(d->routes))
		*text = str_cut(d->routes, '\n', &(struct str){ 0 });
	else if (d->before.n > 0 && d->target.n > 0 &&
		 !is_target_accepted(a, d))
		buf_printf(a->room, "%.*s\n%.*s", STR_ARG(d->target),
		    STR_ARG(d->before));
	else
		*text = d->target;
	return text->n > 0 || field_parts_take_lines(a, text);
}

bool
part_FAR_ROUTES(const struct asked *a, struct str *text)
{
	const struct followed_dialog *d = a->l->dialog;
	struct str rest;

	*text = d->routes;
	if (!routes_begin_strict(*text))
		return true;
	str_cut(*text, '\n', &rest);
	buf_printf(a->room, "%.*s%.*s\n", STR_ARG(rest), STR_ARG(d->target));
	*text = buf_view(a->room);
	return d->before.n == 0 && d->target.n > 0;
}

PART(VALUES, put_values(a, false, text))
PART(URIS, put_values(a, true, text))

bool
part_BARES(const struct asked *a, struct str *text)
{
	struct msg_values iter = { 0 };
	struct str value, params;

	while (msg_may_have(a->m, a->e->header) &&
	       msg_next_value(a->m, a->e->header, &iter, &value)) {
		buf_str(a->room, field_parts_cut_params(value, &params));
		buf_putc(a->room, '\n');
	}
	return field_parts_take_lines(a, text);
}

/* Values of fields as one list; MSG_H_OTHER ends them. */
static bool
put_lists(const struct asked *a, const enum msg_header *ids, struct str *text)
{
	bool any = false;

	for (; *ids != MSG_H_OTHER; ids++)
		any |= put_list(a, *ids, false);
	*text = buf_view(a->room);
	return any;
}

#define IDS(...) ((const enum msg_header[]){ __VA_ARGS__, MSG_H_OTHER })

PART(REQUIRED, put_lists(a, IDS(MSG_H_REQUIRE, MSG_H_PROXY_REQUIRE), text))
PART(OPTIONS, put_lists(a, IDS(MSG_H_SUPPORTED, MSG_H_REQUIRE), text))
PART(ACCEPTED,
    put_lists(a,
	IDS(MSG_H_ACCEPT, MSG_H_ACCEPT_ENCODING, MSG_H_ACCEPT_LANGUAGE), text))

bool
part_WITHOUT(const struct asked *a, struct str *text)
{
	struct msg_values iter = { 0 };
	struct str value, params, found;

	while (msg_next_value(a->m, a->e->header, &iter, &value)) {
		(void)field_parts_cut_params(value, &params);
		if (!msg_param(params, a->e->word, &found))
			buf_printf(a->room, "%.*s\n", STR_ARG(value));
	}
	return field_parts_take_lines(a, text);
}

/* Contact has a rule of its own (8.1.1.8). */
bool
part_UNMET(const struct asked *a, struct str *text)
{
	enum msg_header which;
	struct str at;

	if (msg_check_method(a->m, &at, &which) == MSG_FAULT_NONE ||
	    which == MSG_H_CONTACT)
		return false;
	*text = str_of(msg_header_info(which)->name);
	return true;
}

PART(HOW_MANY,
    field_parts_put_number(a, msg_count_values(a->m, a->e->header), text))

bool
part_BARE(const struct asked *a, struct str *text)
{
	struct str value, params;

	if (!field_parts_first_value(a, &value))
		return false;
	*text = field_parts_cut_params(value, &params);
	return true;
}

bool
part_PARAM(const struct asked *a, struct str *text)
{
	struct str value, params;

	if (!field_parts_first_value(a, &value))
		return false;
	(void)field_parts_cut_params(value, &params);
	return msg_param(params, a->e->word, text);
}

bool
part_LISTED(const struct asked *a, struct str *text)
{
	*text = str_of(a->e->word);
	return msg_may_have(a->m, a->e->header) &&
	       msg_lists(a->m, a->e->header, a->e->word);
}

bool
part_KNOWN(const struct asked *a, struct str *text)
{
	*text = str_of(a->e->word);
	return msg_lists(a->m, MSG_H_SUPPORTED, a->e->word) ||
	       msg_lists(a->m, MSG_H_REQUIRE, a->e->word);
}

bool
part_NUMBER(const struct asked *a, struct str *text)
{
	size_t n = 0;

	if (!field_parts_first_value(a, text))
		return false;
	while (n < text->n && text->p[n] >= '0' && text->p[n] <= '9')
		n++;
	*text = str_slice(*text, 0, n);
	return n > 0;
}

/* 10.2.1.1: the time that the Contact VALUE has, or else Expires; -1: none. */
static int64_t
interval_of(const struct msg *m, struct str value)
{
	struct str expires;
	struct msg_addr addr;
	uint32_t seconds;

	if (msg_addr_read(value, &addr) == 0 &&
	    msg_param(addr.params, "expires", &expires) &&
	    str_u32(expires, &seconds) == 0)
		return seconds;
	return str_u32(msg_value(m, MSG_H_EXPIRES), &seconds) == 0
		   ? (int64_t)seconds
		   : -1;
}

int64_t
relate_interval(const struct msg *m)
{
	struct msg_values iter = { 0 };
	struct str value = STR_NULL;

	/* RFC 6665 3.1.1: elsewhere expires of a Contact says nothing. */
	if (m->method == MSG_REGISTER)
		(void)msg_next_value(m, MSG_H_CONTACT, &iter, &value);
	return interval_of(m, value);
}

bool
part_INTERVAL(const struct asked *a, struct str *text)
{
	int64_t seconds = relate_interval(a->m);

	return seconds >= 0 &&
	       field_parts_put_number(a, (uint64_t)seconds, text);
}

/* URIs of the Contacts that are bound, or whose binding is to end. */
static bool
put_bindings(const struct asked *a, bool bound, struct str *text)
{
	struct msg_values iter = { 0 };
	struct str value;
	struct msg_addr addr;

	while (msg_next_value(a->m, MSG_H_CONTACT, &iter, &value)) {
		if (msg_addr_read(value, &addr) != 0 || addr.star ||
		    (interval_of(a->m, value) != 0) != bound)
			continue;
		buf_str(a->room, addr.uri);
		buf_putc(a->room, '\n');
	}
	return field_parts_take_lines(a, text);
}

PART(BOUND, put_bindings(a, true, text))
PART(UNBOUND, put_bindings(a, false, text))

bool
part_PROLONGED(const struct asked *a, struct str *text)
{
	const struct msg *request =
	    relate_place(a->l, OTHER_MESSAGE_REQUEST)->msg;
	struct str one, other;

	for (struct msg_values i = { 0 };
	     request != NULL && msg_next_value(a->m, MSG_H_CONTACT, &i, &one);)
		for (struct msg_values k = { 0 };
		     msg_next_value(request, MSG_H_CONTACT, &k, &other);)
			if (interval_of(request, other) >= 0 &&
			    interval_of(a->m, one) >
				interval_of(request, other) &&
			    msg_uri_equal(
				msg_addr_uri(one), msg_addr_uri(other)))
				buf_printf(a->room, "%.*s\n", STR_ARG(one));
	return field_parts_take_lines(a, text);
}

static bool
put_line(const struct msg_field *f, struct str *text)
{
	if (f == NULL)
		return false;
	*text = str_trim(f->line);
	return true;
}

PART(MALFORMED, put_line(forms_find_malformed(a->m, &a->l->via), text))
PART(MISPLACED, put_line(forms_find_misplaced(a->m), text))

bool
part_URI(const struct asked *a, struct str *text)
{
	struct str value;

	if (!field_parts_first_value(a, &value))
		return false;
	*text = msg_addr_uri(value);
	return true;
}

/* Not where a proxy sends to itself. */
bool
part_URI_AHEAD(const struct asked *a, struct str *text)
{
	struct msg_values iter = { 0 };
	struct addr goes, place;
	struct str value;

	if (!msg_may_have(a->m, a->e->header) || a->l->node == a->l->other ||
	    addr_parse(a->l->send.dst_addr, &goes) != 0)
		return false;
	while (msg_next_value(a->m, a->e->header, &iter, &value)) {
		*text = msg_addr_uri(value);
		if (inspected_read_uri_place(*text, &place) &&
		    addr_eq(&place, &goes))
			return true;
	}
	return false;
}

bool
part_URI_PARAM(const struct asked *a, struct str *text)
{
	struct str uri;

	return part_URI(a, &uri) && uri_param(uri, a->e->word, text);
}

/* Of the Request-URI where no field is named. */
bool
part_SCHEME(const struct asked *a, struct str *text)
{
	struct str uri = a->m->uri, rest;

	if (a->e->header != MSG_H_OTHER && !part_URI(a, &uri))
		return false;
	*text = str_cut(uri, ':', &rest);
	return uri.n > 0;
}

/* Quotes around a name, and white space, say nothing. */
bool
part_PARTY(const struct asked *a, struct str *text)
{
	const struct msg_addr *addr =
	    relate_party(a->l, a->e->message, a->e->header);

	if (addr == NULL)
		return false;
	if (addr->display.n > 0) {
		buf_putc(a->room, '"');
		buf_str(a->room, addr->display);
		buf_puts(a->room, "\" ");
	}
	buf_putc(a->room, '<');
	buf_str(a->room, addr->uri);
	buf_putc(a->room, '>');
	*text = buf_view(a->room);
	return true;
}

bool
part_TAG(const struct asked *a, struct str *text)
{
	const struct msg_addr *addr =
	    relate_party(a->l, a->e->message, a->e->header);

	if (addr == NULL)
		return false;
	*text = addr->tag;
	return text->n > 0;
}

bool
part_CALLER(const struct asked *a, struct str *text)
{
	struct str tag;

	if (!part_TAG(a, &tag))
		return false;
	buf_str(a->room, msg_value(a->m, MSG_H_CALL_ID));
	buf_putc(a->room, '\t');
	buf_str(a->room, tag);
	return field_parts_take_lines(a, text);
}

/* A number of 0 is none, but may repeat that of the response. */
static bool
read_rack(struct str value, struct msg_rack *rack)
{
	if (!str_starts(value, "0 "))
		return msg_rack_read(value, rack) == 0;
	return msg_cseq_read(str_slice(value, 1, value.n), &rack->cseq) == 0;
}

/* That of CSeq, or of RAck, whose RSEQ is 0 for CSeq. */
static bool
read_number(const struct asked *a, struct msg_rack *rack)
{
	rack->rseq = 0;
	return a->e->header == MSG_H_RACK
		   ? read_rack(msg_value(a->m, MSG_H_RACK), rack)
		   : msg_cseq_read(msg_value(a->m, MSG_H_CSEQ), &rack->cseq) ==
			 0;
}

bool
part_CSEQ(const struct asked *a, struct str *text)
{
	struct msg_rack rack;

	return read_number(a, &rack) &&
	       field_parts_put_number(a, rack.cseq.number, text);
}

bool
part_RACK(const struct asked *a, struct str *text)
{
	struct msg_rack rack;

	return read_number(a, &rack) &&
	       field_parts_put_number(a, rack.rseq, text);
}

PART(RSEQ_FIRST,
    a->l->dialog != NULL && a->l->dialog->rseq_first_came != 0 &&
	field_parts_put_number(a, a->l->dialog->rseq_first_came, text))

bool
part_CSEQ_ALL(const struct asked *a, struct str *text)
{
	struct msg_rack rack;

	if (!read_number(a, &rack))
		return false;
	buf_printf(a->room, "%u %.*s", (unsigned)rack.cseq.number,
	    STR_ARG(rack.cseq.method));
	return field_parts_take_lines(a, text);
}

PART(CONFIRMED,
    a->l->tx != NULL && field_parts_put_number(a, a->l->tx->confirmed, text))

/* ---- the body ---- */

PART(BODY, (*text = a->m->body).n > 0)

PART(BODY_LINE, (*text = str_cut_line(a->m->body, &(struct str){ 0 })).n > 0)

PART(BODY_SIZE, field_parts_put_number(a, a->m->body.n, text))
PART(LOST_PARTS, a->m->body.n > 0 && msg_parts_lost(a->m, text))

bool
part_BODY_STATUS(const struct asked *a, struct str *text)
{
	struct str reason;
	unsigned status = msg_sipfrag_status(a->m->body, &reason);

	return status != 0 && field_parts_put_number(a, status, text);
}

/* The first line of the head of a message/sipfrag that does not end as lines of
 * a head do (RFC 3420 2): with LF alone, or, of the last one, not at all. */
static bool
find_loose(const struct asked *a, bool open, struct str *text)
{
	struct str rest = a->m->body;

	while (rest.n > 0) {
		bool ended = str_chr(rest, '\n') >= 0;

		*text = str_cut(rest, '\n', &rest);
		if (ended && str_is(*text, "\r"))
			return false;
		if (!ended || !str_ends(*text, "\r"))
			return open == !ended;
	}
	return false;
}

PART(LOOSE_LINE, find_loose(a, false, text))
PART(OPEN_LINE, find_loose(a, true, text))

PART(SINCE,
    field_parts_put_number(a,
	(uint64_t)(a->l->time - trace_time_of(a->l->t, a->at->seq)) / 1000000,
	text))
PART(SOURCE, (*text = a->at->source).n > 0)
PART(DESTINATION, (*text = a->at->destination).n > 0)

/* Of a request that goes to the host of its target: the target's port, or that
 * which its dialog's first request came from or went to. */
bool
part_FAR_END(const struct asked *a, struct str *text)
{
	const struct followed_dialog *d = a->l->dialog;
	struct addr target, went;

	if (d == NULL || d->tx == NULL || msg_may_have(a->m, MSG_H_ROUTE) ||
	    !inspected_read_uri_place(a->m->uri, &target) ||
	    addr_parse(a->at->destination, &went) != 0 ||
	    !addr_same_ip(&target, &went))
		return false;
	*text = target.port == went.port ? a->at->destination
		: d->uac                 ? d->tx->dst_addr
					 : d->tx->src_addr;
	return true;
}

bool
relate_part(struct inspected_message *l, const struct end *e, struct buf *room,
    struct str *text)
{
	static part_fn *const parts[] = {
#define X(id) part_##id,
		PARTS(X)
#undef X
	};
	struct asked a = { l, relate_place(l, e->message), NULL, e, room };

	buf_clear(room);
	*text = STR_NULL;
	a.m = a.at->msg;
	if (a.m == NULL && e->part != PART_CONSTANT)
		return false;
	if (parts[e->part](&a, text))
		return true;
	*text = STR_NULL;
	return false;
}
