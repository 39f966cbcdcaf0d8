/*
 * An INVITE that takes the place of a call: RFC 3891.  Who knows a dialog's
 * Call-ID and both tags has been part of it, or was told by one who was.
 */
#include "firmware/phone/phone_in.h"

#include "firmware/phone/heap.h"

struct replaces {
	const char *id, *to_tag, *from_tag;
	bool early_only;
};

/* One "name=value" at P, which it cuts up. */
static bool
read_param(char *p, struct replaces *r)
{
	char *value;

	p += strspn(p, " \t");
	value = strchr(p, '=');
	if (value != NULL)
		*value++ = '\0';
	p[strcspn(p, " \t")] = '\0';
	if (text_same(p, "early-only")) {
		r->early_only = true;
		return true;
	}
	if (!text_same(p, "to-tag") && !text_same(p, "from-tag"))
		return true;
	if (value == NULL)
		return false;
	value += strspn(value, " \t");
	value[strcspn(value, " \t")] = '\0';
	if (text_same(p, "to-tag")) {
		if (r->to_tag != NULL)
			return false;
		r->to_tag = value;
	} else {
		if (r->from_tag != NULL)
			return false;
		r->from_tag = value;
	}
	return true;
}

/* TEXT, which it cuts up, as a header's value; false: it is none. */
static bool
read_replaces(char *text, struct replaces *r)
{
	char *next;

	if (strchr(text, ',') != NULL)
		return false; /* a second one */
	next = strchr(text, ';');
	if (next != NULL)
		*next++ = '\0';
	text[strcspn(text, " \t")] = '\0';
	r->id = text;
	for (char *p = next; p != NULL; p = next) {
		next = strchr(p, ';');
		if (next != NULL)
			*next++ = '\0';
		if (!read_param(p, r))
			return false;
	}
	return *r->id != '\0' && r->to_tag != NULL && r->from_tag != NULL;
}

/* 3, RFC 2543: "0" is also no tag. */
static bool
same_tag(const char *wanted, const char *tag)
{
	return text_equal(wanted, tag) ||
	       (tag == NULL && strcmp(wanted, "0") == 0);
}

static struct call *
find_replaced(struct phone *phone, const struct replaces *r)
{
	for (unsigned i = 0; i < PHONE_CALLS; i++) {
		const osip_dialog_t *d = phone->calls[i].dialog;

		if (phone->calls[i].state != CALL_IDLE && d != NULL &&
		    text_equal(d->call_id, r->id) &&
		    same_tag(r->to_tag, d->local_tag) &&
		    same_tag(r->from_tag, d->remote_tag))
			return &phone->calls[i];
	}
	return NULL;
}

/* 3. */
static int
judge_replaced(const struct call *call, const struct replaces *r)
{
	if (call->state == CALL_TERMINATING || call->hang_up)
		return 603;
	if (call->state >= CALL_MORATORIUM)
		return r->early_only ? 486 : 0;
	return call->outgoing ? 0 : 481;
}

int
call_find_replaced(
    struct phone *phone, const osip_message_t *m, struct call **replaced)
{
	const char *value = sip_header(m, "replaces");
	struct replaces r = { 0 };
	struct call *call = NULL;
	char *text;
	int status = 0;

	*replaced = NULL;
	if (value == NULL)
		return sip_headers(m, "replaces", NULL) > 0 ? 400 : 0;
	text = heap_copy(value);
	if (sip_headers(m, "replaces", NULL) != 1 || !read_replaces(text, &r))
		status = 400;
	else
		call = find_replaced(phone, &r);
	if (status == 0)
		status = call != NULL ? judge_replaced(call, &r) : 481;
	heap_put(text);
	if (status == 0)
		*replaced = call;
	return status;
}
