/*
 * The fields that a method's own definition makes mandatory, one row each.  A
 * proxy passes a request without them on, as it judges only what it needs
 * itself (RFC 3261 16.3); the server of the request finds it malformed and
 * answers 400 (21.4.1).
 *
 * That goes for SUBSCRIBE too, for which RFC 6665 4.2.3 leaves 489 open; a
 * PUBLISH without an Event gets a 489 (RFC 3903 6).
 *
 * A fault judged `later` may come behind another reason for a rejection:
 * servers have an order of their own.
 */
#include "msg/message.h"

#include "msg/constants.h"
#include "msg/header_names.h"

static bool
is_one_address(struct str value)
{
	struct str first = msg_cut_value(&value);
	struct msg_addr a;

	return value.n == 0 && msg_addr_read(first, &a) == 0 && !a.star;
}

/* 12.1.1: the dialog will need a Contact, and a later one has one URI as well.
 * RFC 2543, which knows no magic cookie, did without. */
static bool
registry_names_target(const struct msg *m)
{
	struct msg_via via;

	return msg_field(m, MSG_H_CONTACT, 0) != NULL ||
	       (msg_tag_of(m, MSG_H_TO).n == 0 && msg_top_via(m, &via) == 0 &&
		   str_starts(via.branch, SIP_COOKIE));
}

static bool
registry_is_there(struct str value)
{
	return value.n > 0;
}

static bool
registry_has_contact(const struct msg *m)
{
	return msg_field(m, MSG_H_CONTACT, 0) != NULL;
}

/* 10.2.1.2: the order of the bindings is that of their q. */
static bool
has_qvalues(struct str value)
{
	struct msg_addr a;
	unsigned q;

	while (value.n > 0)
		if (msg_addr_read(msg_cut_value(&value), &a) == 0 &&
		    !msg_q_read(a.params, &q))
			return false;
	return true;
}

static bool
is_rack(struct str value)
{
	struct msg_rack rack;

	return msg_rack_read(value, &rack) == 0;
}

static const struct {
	enum msg_method method;
	enum msg_header header;
	bool (*is_valid)(struct str value);
	bool (*applies)(const struct msg *m); /* NULL: always */
	bool later;
	enum msg_fault fault; /* NONE: MISSING or VALUE, 400 */
} method_field_rows[] = {
	/* 8.1.1.8: "exactly one SIP or SIPS URI" */
	{ MSG_INVITE, MSG_H_CONTACT, is_one_address, registry_names_target,
	    false, MSG_FAULT_NONE },
	/* 10.2.1.2, 25.1 */
	{ MSG_REGISTER, MSG_H_CONTACT, has_qvalues, registry_has_contact, true,
	    MSG_FAULT_NONE },
	/* RFC 6665 3.1.2, 4.2.3 */
	{ MSG_SUBSCRIBE, MSG_H_EVENT, registry_is_there, NULL, false,
	    MSG_FAULT_NONE },
	{ MSG_SUBSCRIBE, MSG_H_CONTACT, is_one_address, registry_names_target,
	    true, MSG_FAULT_NONE },
	/* RFC 6665 3.2.1, 4.1.3 */
	{ MSG_NOTIFY, MSG_H_EVENT, registry_is_there, NULL, false,
	    MSG_FAULT_NONE },
	{ MSG_NOTIFY, MSG_H_SUBSCRIPTION_STATE, registry_is_there, NULL, false,
	    MSG_FAULT_NONE },
	/* RFC 3515 2.4.1, 2.4.2: "exactly one Refer-To"; 2.2: Contact */
	{ MSG_REFER, MSG_H_REFER_TO, is_one_address, NULL, false,
	    MSG_FAULT_NONE },
	{ MSG_REFER, MSG_H_CONTACT, is_one_address, registry_names_target, true,
	    MSG_FAULT_NONE },
	/* RFC 3262 7.2, table 3 */
	{ MSG_PRACK, MSG_H_RACK, is_rack, NULL, false, MSG_FAULT_NONE },
	/* RFC 3311 table 1 */
	{ MSG_UPDATE, MSG_H_CONTACT, is_one_address, NULL, false,
	    MSG_FAULT_NONE },
	/* RFC 3903 4, 6 */
	{ MSG_PUBLISH, MSG_H_EVENT, registry_is_there, NULL, true,
	    MSG_FAULT_NO_EVENT },
};

/* The first of M's fields that is not as row ROW wants it: a value that is
 * none, or a second one where there is to be one alone. */
static const struct msg_field *
find_unfit(const struct msg *m, size_t row)
{
	bool single = method_field_rows[row].is_valid == is_one_address;
	const struct msg_field *f;

	for (size_t i = 0;
	     (f = msg_field(m, method_field_rows[row].header, i)) != NULL; i++)
		if (!method_field_rows[row].is_valid(f->value) ||
		    (single && i > 0))
			return f;
	return NULL;
}

static enum msg_fault
check_rows(
    const struct msg *m, bool later, struct str *at, enum msg_header *which)
{
	for (size_t i = 0; m->request && i < COUNT_OF(method_field_rows); i++) {
		const struct msg_field *f;

		if (method_field_rows[i].method != m->method ||
		    (method_field_rows[i].later && !later) ||
		    (method_field_rows[i].applies != NULL &&
			!method_field_rows[i].applies(m)))
			continue;
		f = find_unfit(m, i);
		if (f == NULL &&
		    msg_field(m, method_field_rows[i].header, 0) != NULL)
			continue;
		*which = method_field_rows[i].header;
		*at = f != NULL ? f->line : m->start_line;
		return method_field_rows[i].fault != MSG_FAULT_NONE
			   ? method_field_rows[i].fault
		       : f == NULL ? MSG_FAULT_MISSING
				   : MSG_FAULT_VALUE;
	}
	*which = MSG_H_OTHER;
	*at = STR_NULL;
	return MSG_FAULT_NONE;
}

enum msg_fault
msg_check_method(const struct msg *m, struct str *at, enum msg_header *which)
{
	return check_rows(m, true, at, which);
}

enum msg_fault
msg_check_method_first(
    const struct msg *m, struct str *at, enum msg_header *which)
{
	return check_rows(m, false, at, which);
}
