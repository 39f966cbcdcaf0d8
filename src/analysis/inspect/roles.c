/*
 * A node's class, and the standard that it follows where that has clauses other
 * than an RFC's.
 */
#include <string.h>

#include "base/array.h"
#include "base/dates.h"
#include "base/err.h"
#include "inspect/check.h"
#include "inspect/inspect_in.h"
#include "inspect/surveillance.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"

/*
 * A node's class.  The head of a run has it.  The head of a capture has the
 * nodes' observed behaviour (forwarding, registering, calling, joining two
 * calls); a node without any is taken for a terminal.
 */

/* The classes of the roles WORDS, bits. */
static unsigned
read_roles(struct str words)
{
	unsigned bits = 0;

	while (words.n > 0) {
		const struct role *r = role_find(str_cut(words, ' ', &words));

		if (r != NULL && r->class != ROLE_CLASS_NONE)
			bits |= 1u << r->class;
	}
	return bits;
}

static int
add_node(struct inspect *in, const struct node *n, struct str name)
{
	struct str key = inspect_mark(in, MARK_NODE, name);
	char *kept;

	/* A part before this one has it. */
	if (map_get(in->found, key) != NULL)
		return 0;
	if (map_put(in->found, key, in) != 0)
		return ERR_NOMEM;
	kept = arena_str(in->texts, name);
	if (kept == NULL || ARRAY_ROOM(&in->report.nodes, &in->nodes_cap,
				in->report.nnodes + 1) != 0)
		return ERR_NOMEM;
	in->report.nodes[in->report.nnodes++] =
	    (struct inspect_node){ str_of(kept),
		    (uint32_t)(in->report.nfiles - 1), n->roles, n->sure };
	return 0;
}

int
inspect_find_roles(struct inspect *in, const struct trace *t)
{
	const struct trace_head *head = trace_head(t);
	int err = 0;

	in->node_n = trace_name_count(t);
	in->node = arena_get(in->arena, in->node_n + 1, sizeof(*in->node));
	if (in->node == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; err == 0 && i < in->node_n; i++) {
		struct node *n = &in->node[i];
		bool listed = i < head->nnodes;

		n->roles = listed ? read_roles(head->nodes[i].role) : 0;
		n->sure = n->roles == 0 ? INSPECT_GUESSED
			  : in->whole   ? INSPECT_KNOWN
					: INSPECT_SEEN;
		/* A location service alone is no SIP element, nor are a
		 * capture's servers of names, its NATs, and who sends media
		 * alone: those are not listed. */
		if (n->roles == 0 &&
		    (in->whole || (!listed && head->nnodes > 0) ||
			(listed && head->nodes[i].role.n > 0)))
			continue;
		if (n->roles == 0)
			n->roles = 1u << ROLE_CLASS_TERMINAL;
		err = add_node(in, n, trace_name(t, (uint32_t)i));
	}
	return err;
}

/* One role of a user agent. */
static enum role_class
agent_role(unsigned roles)
{
	static const enum role_class order[] = { ROLE_CLASS_B2BUA,
		ROLE_CLASS_GATEWAY, ROLE_CLASS_TERMINAL, ROLE_CLASS_PROXY,
		ROLE_CLASS_REDIRECT, ROLE_CLASS_REGISTRAR };

	for (size_t i = 0; i < COUNT_OF(order); i++)
		if ((roles >> order[i] & 1) != 0)
			return order[i];
	return ROLE_CLASS_TERMINAL;
}

/* Messages other than REGISTER at a registrar's host are a user agent's in a
 * capture, unless it was seen to forward. */
static enum role_class
other_role(const struct look *l, unsigned roles)
{
	enum role_class role = agent_role(roles);

	return role == ROLE_CLASS_REGISTRAR && !l->in->whole
		   ? ROLE_CLASS_TERMINAL
		   : role;
}

enum role_class
look_role(const struct look *l)
{
	unsigned roles =
	    l->blame < l->in->node_n ? l->in->node[l->blame].roles : 0;
	bool request = l->msg != NULL && l->msg->request;

	if (l->forwarded && l->blame == l->node)
		return ROLE_CLASS_PROXY;
	if (l->msg != NULL && !request && l->blame == l->node) {
		if (l->msg->method == MSG_REGISTER &&
		    (roles >> ROLE_CLASS_REGISTRAR & 1) != 0)
			return ROLE_CLASS_REGISTRAR;
		if ((roles >> ROLE_CLASS_REDIRECT & 1) != 0)
			return ROLE_CLASS_REDIRECT;
		/* 22.3: a 407 is for proxies alone. */
		if (l->msg->status == 407 && !l->in->whole)
			return ROLE_CLASS_PROXY;
	}
	return other_role(l, roles);
}

/*
 * Norms that build on SIP and have some clauses otherwise than an RFC
 * does: what shows them, and when a finding is as they have it. What a
 * standard is said to have stands at its rule.
 */

enum profile {
	SURVEILLANCE = 1 << 0, /* GB/T 28181 */
	IMS = 1 << 1,          /* 3GPP */
};

/* ---- what shows it ---- */

static enum verdict
note_profile(struct look *l, enum profile p)
{
	l->in->report.files[l->in->report.nfiles - 1].profiles |= p;
	l->blame = TRACE_NO_NODE;
	return BROKEN;
}

enum verdict
check_gb_profile(struct look *l)
{
	look_say(l, _("a body of MANSCDP"));
	return note_profile(l, SURVEILLANCE);
}

/* RFC 7315, except for what others use, too (P-Associated-URI); RFC 3329 and
 * RFC 3310 with 3GPP's words. */
static bool
is_of_ims(const struct msg_field *f)
{
	switch ((unsigned)f->id) {
	case MSG_H_P_ACCESS_NETWORK_INFO:
	case MSG_H_P_VISITED_NETWORK_ID:
	case MSG_H_P_CHARGING_FUNCTION_ADDRESSES:
	case MSG_H_P_CHARGING_VECTOR:
		return true;
	case MSG_H_SECURITY_CLIENT:
	case MSG_H_SECURITY_SERVER:
	case MSG_H_SECURITY_VERIFY:
		return str_ifind(f->value, STR("ipsec-3gpp")) >= 0;
	case MSG_H_WWW_AUTHENTICATE:
	case MSG_H_AUTHORIZATION:
		return str_ifind(f->value, STR("AKAv1-MD5")) >= 0;
	default:
		return false;
	}
}

/* Calls and registrations have them. */
enum verdict
check_ims_profile(struct look *l)
{
	const struct msg *m = l->msg;
	size_t i = 0;

	if (m->method != MSG_REGISTER && m->method != MSG_INVITE)
		return SILENT;
	while (i < m->nfields && !is_of_ims(&m->fields[i]))
		i++;
	if (i == m->nfields)
		return SILENT;
	look_measured(l, _("a message with %.*s"), STR_ARG(m->fields[i].name));
	return note_profile(l, IMS);
}

/* ---- what it has otherwise ---- */

/* 2026-03-02T08:00:00.125 */
static bool
has_local_date(const struct look *l)
{
	struct str date = msg_value(l->msg, MSG_H_DATE);

	return date.n >= strlen("0000-00-00T00:00:00") &&
	       date_has_form(date, "0000-00-00T00:00:00.000");
}

static bool
names_server(const struct look *l)
{
	return surveillance_user(l->msg->uri).n > 0;
}

static bool
has_expires(const struct look *l)
{
	return msg_field(l->msg, MSG_H_EXPIRES, 0) != NULL;
}

/* RFC 3261 10.2: From is who registers, To whom. */
static bool
is_third_party(const struct look *l)
{
	return !msg_uri_equal(msg_addr_uri(msg_value(l->msg, MSG_H_FROM)),
	    msg_addr_uri(msg_value(l->msg, MSG_H_TO)));
}

static bool
refreshes_by_aka(const struct look *l)
{
	return l->msg->method == MSG_REGISTER &&
	       str_ifind(msg_value(l->msg, MSG_H_AUTHORIZATION),
		   STR("AKAv1-MD5")) >= 0;
}

static const struct {
	enum profile profile;
	enum rule_id rule;
	bool (*applies)(const struct look *l);
} readings[] = {
	{ SURVEILLANCE, RULE_FORM_DATE, has_local_date },
	{ SURVEILLANCE, RULE_REGISTER_URI, names_server },
	{ SURVEILLANCE, RULE_REGISTER_LISTED, has_expires },
	{ IMS, RULE_REGISTER_URI, is_third_party },
	{ IMS, RULE_AUTH_REPLAY, refreshes_by_aka },
	{ IMS, RULE_DIGEST_COUNT, refreshes_by_aka },
};

size_t
profile_reading(struct look *l)
{
	enum rule_id rule = l->check->clause.rule;

	for (size_t i = 0; i < COUNT_OF(readings); i++)
		if (readings[i].rule == rule && readings[i].applies(l))
			return i + 1;
	return 0;
}

static void
class_take_back(struct inspect_report *r, const struct inspect_finding *f)
{
	const struct inspect_clause *c = inspect_clause_at(f->clause);
	struct inspect_row *row = &r->rows[c->rule];

	row->broken[f->role] -= f->count;
	row->seen[f->role] += f->count;
	if (f->meant != 0) {
		row->meant[f->role] -= f->count;
		r->meant--;
	} else {
		r->count[c->severity]--;
	}
}

void
profile_settle(struct inspect *in)
{
	struct inspect_report *r = &in->report;
	size_t n = 0;

	for (size_t i = 0; i < r->nfindings; i++) {
		const struct inspect_finding *f = &r->findings[i];

		if (f->reading != 0 &&
		    (r->files[f->file].profiles &
			readings[f->reading - 1].profile) != 0)
			class_take_back(r, f);
		else
			r->findings[n++] = *f;
	}
	r->nfindings = n;
}
