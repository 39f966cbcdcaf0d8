/*
 * The event package `dialog` (RFC 4235), written and read; see
 * agent/dialog_info.h.
 */
#include "agent/dialog_info.h"

#include "agent/package.h"
#include "base/err.h"
#include "msg/parts.h"

#include <string.h>

/* Dialogs of a document at most, so that it fits into a message. */
#define DIALOGS_MAX 64

/* 3.10: between two NOTIFYs of one subscription, at least. */
#define GAP_NS SIM_S

#define NAMESPACE "urn:ietf:params:xml:ns:dialog-info"

/* ---- states: 3.7.1 ---- */

/* What C's state is to a watcher, or NULL: nothing yet. */
static const char *
state_of(const struct agent_call *c)
{
	switch (c->machine.state) {
	case STATE_CALLING:
		return "trying";
	case STATE_PROCEEDING:
		return c->caller || c->in.progress != 0 ? "proceeding"
							: "trying";
	case STATE_EARLY:
		return "early";
	case STATE_MORATORIUM:
	case STATE_CONFIRMED:
		return "confirmed";
	case STATE_TERMINATING:
	case STATE_TERMINATED:
		return "terminated";
	default:
		return NULL;
	}
}

/* Why a dialog is over, by the step that has ended its call. */
static const char *
reason_of(enum event_id event)
{
	static const struct {
		enum event_id event;
		const char *reason;
	} rows[] = {
		{ EVENT_CANCEL_UNSENT, "cancelled" },
		{ EVENT_CANCEL, "cancelled" },
		{ EVENT_CANCEL_RECEIVED, "cancelled" },
		{ EVENT_300_699, "rejected" },
		{ EVENT_300_699_SENT, "rejected" },
		{ EVENT_BYE, "local-bye" },
		{ EVENT_BYE_RECEIVED, "remote-bye" },
		{ EVENT_TIMEOUT, "timeout" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].event == event)
			return rows[i].reason;
	return "error";
}

/* ---- who may know what: 3.6, 3.7.2 ---- */

unsigned
agent_dialog_info_admit(struct agent_notifier *n, const struct sip_in *in)
{
	(void)in;
	return strcmp(node_attr(n->agent->node, "dialogs", "state"), "none") ==
		       0
		   ? 403
		   : 0;
}

/* The watcher is a phone of the same user's, or all may know. */
static bool
may_know_all(const struct agent_notifier *n)
{
	struct agent *agent = n->agent;

	if (strcmp(node_attr(agent->node, "dialogs", "state"), "all") == 0)
		return true;
	buf_clear(&agent->key);
	return msg_uri_aor(str_of(n->watcher), &agent->key) == 0 &&
	       str_is(buf_view(&agent->key), agent->canonical);
}

/* ---- its parts: 4.1 ---- */

static void
put_attr(struct buf *out, const char *name, struct str value)
{
	xml_print(out, " %s=\"%.*s\"", name, STR_ARG(value));
}

static void
put_element(struct buf *out, const char *name, const char *attr,
    struct str value, struct str text)
{
	buf_printf(out, "      <%s", name);
	if (attr != NULL)
		put_attr(out, attr, value);
	if (text.n == 0) {
		buf_puts(out, "/>\n");
		return;
	}
	xml_print(out, ">%.*s</%s>\n", STR_ARG(text), name);
}

static void
put_state(struct buf *out, const char *state, const char *reason)
{
	buf_puts(out, "    <state");
	if (reason != NULL)
		put_attr(out, "event", str_of(reason));
	buf_printf(out, ">%s</state>\n", state);
}

static void
put_ids(struct buf *out, const struct agent_call *c)
{
	const struct sip_dialog *sip = c->dialog->sip;

	put_attr(out, "call-id", str_of(sip->call_id));
	put_attr(out, "local-tag", str_of(sip->local_tag));
	if (sip->remote_tag[0] != '\0')
		put_attr(out, "remote-tag", str_of(sip->remote_tag));
}

static void
put_party(
    struct buf *out, const char *name, const char *identity, struct str target)
{
	buf_printf(out, "    <%s>\n", name);
	put_element(out, "identity", NULL, STR_NULL, str_of(identity));
	if (target.n > 0)
		put_element(out, "target", "uri", target, STR_NULL);
	buf_printf(out, "    </%s>\n", name);
}

static void
put_call(struct buf *out, const struct agent_call *c)
{
	struct msg_addr contact = { .uri = STR_NULL };

	buf_puts(out, "  <dialog");
	put_attr(out, "id", str_of(c->name));
	if (c->dialog != NULL)
		put_ids(out, c);
	put_attr(
	    out, "direction", str_of(c->caller ? "initiator" : "recipient"));
	buf_puts(out, ">\n");
	put_state(out, c->told.info,
	    c->machine.state >= STATE_TERMINATING ? c->told.reason : NULL);
	msg_addr_read(agent_call_contact(c), &contact);
	put_party(out, "local", c->agent->aor, contact.uri);
	put_party(out, "remote", c->peer,
	    c->dialog != NULL ? str_of(c->dialog->sip->remote_target)
			      : STR_NULL);
	buf_puts(out, "  </dialog>\n");
}

/* To a watcher in the state INFO; not yet, or over: false. */
static bool
is_call_told(const char *info)
{
	return info != NULL && strcmp(info, "terminated") != 0;
}

/* 3.7.2: one dialog that stands for all.  Only changes of this one are
 * notified: a stranger does not learn when it rings and when it is answered. */
static void
put_virtual(struct buf *out, const struct agent *agent)
{
	bool busy = false;

	list_each (const struct agent_call, c, &agent->calls, link)
		busy = busy || is_call_told(c->told.info);
	buf_puts(out, "  <dialog id=\"1\">\n");
	put_state(out, busy ? "confirmed" : "terminated", NULL);
	buf_puts(out, "  </dialog>\n");
}

/* ---- changes: 3.7.2 ---- */

/* Another call than C is under way. */
static bool
has_other(const struct agent_call *c)
{
	list_each (const struct agent_call, other, &c->agent->calls, link)
		if (other != c && is_call_told(other->told.info))
			return true;
	return false;
}

void
agent_dialog_info_stepped(struct agent_call *c, enum event_id event)
{
	const char *before = c->told.info;
	bool turns;

	c->told.info = state_of(c);
	if (c->told.info == before)
		return;
	if (c->machine.state >= STATE_TERMINATING)
		c->told.reason = reason_of(event);
	turns =
	    is_call_told(before) != is_call_told(c->told.info) && !has_other(c);
	list_each (struct agent_notifier, n, &c->agent->notifiers, link) {
		if (n->service->package ==
			&agent_packages[AGENT_PACKAGE_DIALOG] &&
		    (turns || may_know_all(n)))
			agent_notify_after(n, GAP_NS); /* 3.10 */
	}
}

/* ---- the document: 4.1 ---- */

/* The calls that there are to tell of are more than a document has. */
static bool
are_many(const struct agent *agent)
{
	unsigned n = 0;

	list_each (struct agent_call, other, &agent->calls, link) {
		n += other->told.info != NULL;
		if (n > DIALOGS_MAX)
			return true;
	}
	return false;
}

int
agent_dialog_info_write(struct agent_notifier *n, struct buf *out)
{
	const struct agent *agent = n->agent;

	buf_printf(out,
	    "<?xml version=\"1.0\"?>\n<dialog-info xmlns=\"" NAMESPACE
	    "\" version=\"%u\" state=\"full\"",
	    n->version);
	put_attr(out, "entity", str_of(agent->aor));
	buf_puts(out, ">\n");
	if (!may_know_all(n) || are_many(agent)) {
		put_virtual(out, agent);
	} else {
		list_each (const struct agent_call, c, &agent->calls, link)
			if (c->told.info != NULL)
				put_call(out, c);
	}
	buf_puts(out, "</dialog-info>\n");
	return out->err;
}

/* ---- The event package `dialog`, read: RFC 4235 4.1 ---- */

static void
take_attrs(const struct xml_item *item, struct agent_dialog_info *d)
{
	xml_attr(item, "call-id", &d->call_id);
	xml_attr(item, "local-tag", &d->local_tag);
	xml_attr(item, "remote-tag", &d->remote_tag);
	xml_attr(item, "direction", &d->direction);
}

/* ITEM is opened in a dialog. */
static void
take_element(const struct xml *x, const struct xml_item *item,
    struct agent_dialog_info *d)
{
	if (x->depth == 4 && xml_is_within(x, 2, "remote") &&
	    xml_is_within(x, 3, "target"))
		xml_attr(item, "uri", &d->target);
}

/* TEXT is in a dialog: what of it is of interest. */
static void
take_state_or_identity(
    const struct xml *x, struct str text, struct agent_dialog_info *d)
{
	if (x->depth == 3 && xml_is_within(x, 2, "state"))
		d->state = str_trim(text);
	else if (x->depth == 4 && xml_is_within(x, 2, "remote") &&
		 xml_is_within(x, 3, "identity"))
		d->remote = str_trim(text);
}

int
agent_dialog_info_next(struct xml *x, struct agent_dialog_info *d)
{
	const struct xml_item *item;
	bool inside = false;

	*d = (struct agent_dialog_info){ .state = STR_NULL };
	while ((item = xml_next(x))->kind != XML_DONE) {
		if (item->kind == XML_OPEN && x->depth == 1 &&
		    !str_is(item->name.local, "dialog-info"))
			return ERR_SYNTAX;
		if (item->kind == XML_OPEN && x->depth == 2 &&
		    str_is(item->name.local, "dialog")) {
			take_attrs(item, d);
			inside = true;
		} else if (item->kind == XML_OPEN && inside) {
			take_element(x, item, d);
		} else if (item->kind == XML_TEXT && inside) {
			take_state_or_identity(x, item->text, d);
		} else if (item->kind == XML_CLOSE && inside && x->depth == 1) {
			return 0;
		}
	}
	return ERR_NOTFOUND;
}

/* "early with sip:carol@b.example" */
static void
write_dialog(const struct agent_dialog_info *d, struct buf *out)
{
	if (out->n > 0)
		buf_puts(out, ", ");
	buf_str(out, d->state);
	if (d->remote.n == 0)
		return;
	buf_puts(out, " with ");
	buf_str(out, d->remote);
}

int
agent_dialog_info_read(struct str body, struct buf *out)
{
	struct agent_dialog_info d;
	LOCAL_BUF list = BUF_INIT;
	LOCAL(xml_free) struct xml x;
	int err = xml_read(&x, body);

	while (err == 0 && (err = agent_dialog_info_next(&x, &d)) == 0)
		write_dialog(&d, &list);
	if (err == ERR_NOTFOUND) {
		buf_puts(out, "dialogs: ");
		buf_str(out, list.n > 0 ? buf_view(&list) : STR("none"));
		err = (list.err | out->err) != 0 ? ERR_NOMEM : 0;
	}
	return err;
}
