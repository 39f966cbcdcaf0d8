/*
 * Standards that build on SIP and have some clauses otherwise than an RFC: what
 * shows them, and when a finding is as they have it. What a standard is said to
 * have is in the text of its rule (rules/rules_table.h).
 */
#include "base/dates.h"
#include "inspect/check.h"
#include "inspect/inspect_in.h"
#include "inspect/surveillance.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"

enum profile {
	SURVEILLANCE = 1 << 0, /* GB/T 28181 */
	IMS = 1 << 1,          /* 3GPP */
};

/* ---- what shows a standard ---- */

static enum verdict
note_profile(struct inspected_message *l, enum profile p)
{
	l->in->report.files[l->in->report.nfiles - 1].profiles |= p;
	l->blame = TRACE_NO_NODE;
	return BROKEN;
}

enum verdict
check_gb_profile(struct inspected_message *l)
{
	inspected_say(l, _("a body of MANSCDP"));
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

/* Looks for fields of the IMS, which its calls and registrations have. */
enum verdict
check_ims_profile(struct inspected_message *l)
{
	const struct msg *m = l->msg;
	size_t i = 0;

	if (m->method != MSG_REGISTER && m->method != MSG_INVITE)
		return SILENT;
	while (i < m->nfields && !is_of_ims(&m->fields[i]))
		i++;
	if (i == m->nfields)
		return SILENT;
	inspected_measured(
	    l, _("a message with %.*s"), STR_ARG(m->fields[i].name));
	return note_profile(l, IMS);
}

/* ---- what a standard has otherwise ---- */

/* 2026-03-02T08:00:00.125 */
static bool
has_local_date(const struct inspected_message *l)
{
	struct str date = msg_value(l->msg, MSG_H_DATE);

	return date.n >= strlen("0000-00-00T00:00:00") &&
	       date_has_form(date, "0000-00-00T00:00:00.000");
}

static bool
names_server(const struct inspected_message *l)
{
	return surveillance_user(l->msg->uri).n > 0;
}

static bool
has_expires(const struct inspected_message *l)
{
	return msg_field(l->msg, MSG_H_EXPIRES, 0) != NULL;
}

/* RFC 3261 10.2: From is who registers, To whom. */
static bool
is_third_party(const struct inspected_message *l)
{
	return !msg_uri_equal(msg_addr_uri(msg_value(l->msg, MSG_H_FROM)),
	    msg_addr_uri(msg_value(l->msg, MSG_H_TO)));
}

static bool
refreshes_by_aka(const struct inspected_message *l)
{
	return l->msg->method == MSG_REGISTER &&
	       str_ifind(msg_value(l->msg, MSG_H_AUTHORIZATION),
		   STR("AKAv1-MD5")) >= 0;
}

static const struct {
	enum profile profile;
	enum rule_id rule;
	bool (*applies)(const struct inspected_message *l);
} readings[] = {
	{ SURVEILLANCE, RULE_FORM_DATE, has_local_date },
	{ SURVEILLANCE, RULE_REGISTER_URI, names_server },
	{ SURVEILLANCE, RULE_REGISTER_LISTED, has_expires },
	{ IMS, RULE_REGISTER_URI, is_third_party },
	{ IMS, RULE_AUTH_REPLAY, refreshes_by_aka },
	{ IMS, RULE_DIGEST_COUNT, refreshes_by_aka },
};

size_t
profile_reading(struct inspected_message *l)
{
	enum rule_id rule = l->check->clause.rule;

	for (size_t i = 0; i < COUNT_OF(readings); i++)
		if (readings[i].rule == rule && readings[i].applies(l))
			return i + 1;
	return 0;
}

static void
take_back_finding(struct inspect_report *r, const struct inspect_finding *f)
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
			take_back_finding(r, f);
		else
			r->findings[n++] = *f;
	}
	r->nfindings = n;
}
