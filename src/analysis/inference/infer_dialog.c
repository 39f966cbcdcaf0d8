/* Dialogs at their two ends: of an INVITE by RFC 3261 12, of a subscription by
 * RFC 6665 4.4.1. */
#include "inference/infer_call.h"
#include "text/json.h"

/* Routes of one dialog; RFC 3261 names no limit, so this is ours. */
#define ROUTES_MAX 32

static struct str
first_uri(const struct msg *msg, enum msg_header header)
{
	struct msg_values it = { 0 };
	struct msg_addr addr;
	struct str value;

	if (!msg_next_value(msg, header, &it, &value) ||
	    msg_addr_read(value, &addr) != 0 || addr.star)
		return STR_NULL;
	return addr.uri;
}

/* The route set as a JSON array into f->list; BACKWARDS as the caller has it
 * (12.1.2).  Empty where there is none. */
static void
read_routes(struct infer *f, bool backwards)
{
	struct str route[ROUTES_MAX], value;
	struct msg_values it = { 0 };
	size_t n = 0;

	buf_clear(&f->list);
	while (n < ROUTES_MAX &&
	       msg_next_value(&f->co->msg, MSG_H_RECORD_ROUTE, &it, &value))
		route[n++] = value;
	for (size_t i = 0; i < n; i++) {
		buf_putc(&f->list, i == 0 ? '[' : ',');
		json_put_str(&f->list, route[backwards ? n - 1 - i : i]);
	}
	if (n > 0)
		buf_putc(&f->list, ']');
	if (f->list.err != 0)
		f->err = f->list.err;
}

static void
keep_dialog_text(struct infer *f, struct str text, uint32_t *number)
{
	int err = numbers_of(f->co->texts, text, number);

	if (err != 0)
		f->err = err;
}

void
infer_call_read(struct infer *f, struct infer_call *c)
{
	keep_dialog_text(f,
	    first_uri(&f->co->msg, c->caller ? MSG_H_TO : MSG_H_FROM),
	    &c->peer);
	infer_dialogs_read(f, &c->dialogs);
}

void
infer_dialogs_read(struct infer *f, struct infer_dialogs *c)
{
	keep_dialog_text(f, first_uri(&f->co->msg, MSG_H_CONTACT), &c->target);
	read_routes(f, false);
	keep_dialog_text(f, buf_view(&f->list), &c->routes);
}

/* Target and routes, where a dialog begins or the 2xx sets them anew. */
static void
write_route_set(struct infer *f, const struct infer_dialogs *c)
{
	struct str target = c->uac ? first_uri(&f->co->msg, MSG_H_CONTACT)
				   : numbers_text(f->co->texts, c->target);
	struct str routes = numbers_text(f->co->texts, c->routes);

	if (target.n > 0)
		trace_put_str(f->w, "remote_target", target);
	if (c->uac) {
		read_routes(f, true);
		routes = buf_view(&f->list);
	}
	if (routes.n > 0)
		trace_put_json(f->w, "routes", routes);
}

/* A dialog in STATE is not confirmed yet: responses to the INVITE matter. */
static bool
infer_dialog_opens(const struct infer *f, enum state_id state)
{
	return state == f->dialog_machine->start || state == STATE_EARLY;
}

/* A step by EVENT, or by a response where that is EVENT_NONE. */
static void
step_dialog(struct infer *f, const struct infer_dialogs *c,
    struct infer_dialog *d, int64_t t, uint64_t cause, enum event_id event,
    unsigned status, bool sent)
{
	const struct machine_edge *e =
	    infer_edge(f->dialog_machine, d->state, event, status, sent);
	struct str local = numbers_text(f->co->texts, d->local);
	struct str remote = numbers_text(f->co->texts, d->remote);

	if (e == NULL || e->from == e->to || f->err != 0)
		return;
	trace_open(
	    f->w, TRACE_DIALOG, t, f->co->nodes[c->node].name, cause, e->rule);
	buf_clear(&f->id);
	buf_str(&f->id, local);
	buf_putc(&f->id, '/');
	buf_str(&f->id, remote);
	if (f->id.err != 0)
		f->err = f->id.err;
	trace_put_str(f->w, "id", buf_view(&f->id));
	trace_put_cstr(f->w, "from", state_word(e->from));
	trace_put_cstr(f->w, "to", state_word(e->to));
	trace_put_str(f->w, "call_id", numbers_text(f->co->ids, c->call));
	trace_put_str(f->w, "local_tag", local);
	trace_put_str(f->w, "remote_tag", remote);
	if (infer_dialog_opens(f, d->state))
		write_route_set(f, c);
	trace_put_bool(f->w, "inferred", true);
	trace_close(f->w);
	d->state = e->to;
}

void
infer_dialog(struct infer *f, struct infer_dialogs *c, uint32_t local,
    uint32_t remote, int64_t t, uint64_t cause, enum event_id event,
    unsigned status, bool sent)
{
	struct infer_dialog *d = NULL;

	for (size_t i = 0; d == NULL && i < c->n; i++)
		if (c->of[i].local == local && c->of[i].remote == remote)
			d = &c->of[i];
	if (d == NULL) {
		if (c->n == INFER_DIALOGS)
			return;
		d = &c->of[c->n++];
		*d = (struct infer_dialog){ local, remote,
			f->dialog_machine->start, 0 };
	}
	if (infer_dialog_opens(f, d->state))
		step_dialog(f, c, d, t, cause, event, status, sent);
}

void
infer_step_dialog(struct infer *f, struct infer_dialogs *c, uint32_t local,
    uint32_t remote, int64_t t, uint64_t cause, enum event_id event)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->of[i].local == local && c->of[i].remote == remote)
			step_dialog(f, c, &c->of[i], t, cause, event, 0, false);
}

void
infer_bye(struct infer *f, struct infer_dialogs *c, struct infer_tx *tx,
    uint32_t local, uint32_t remote, int64_t t, uint64_t cause,
    enum event_id event)
{
	for (size_t i = 0; i < c->n; i++) {
		struct infer_dialog *d = &c->of[i];

		if (d->local != local || d->remote != remote)
			continue;
		step_dialog(f, c, d, t, cause, event, 0, false);
		if (tx == NULL || tx->bye != NULL)
			continue;
		tx->bye = d;
		tx->dialogs = c;
		d->byes++;
	}
}

/* RFC 5407 2: a dialog is mortal as long as a BYE's transaction lives. */
void
infer_bye_over(struct infer *f, struct infer_tx *tx, int64_t t, uint64_t cause)
{
	if (--tx->bye->byes == 0)
		step_dialog(f, tx->dialogs, tx->bye, t, cause, EVENT_BYE_OVER,
		    0, false);
	tx->bye = NULL;
}

bool
infer_has_dialog(const struct infer_dialogs *c, uint32_t local)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->of[i].local == local)
			return true;
	return false;
}

void
infer_end_dialogs(struct infer *f, struct infer_dialogs *c, int64_t t,
    uint64_t cause, enum event_id event)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->of[i].state == STATE_EARLY)
			step_dialog(f, c, &c->of[i], t, cause, event, 0, false);
}
