/* See roles/ua/ua_outbox.h. */
#include "roles/ua/ua_outbox.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"

#define TEXTS 4 /* of a parcel */

/* A parcel that waits, or is under way. */
struct outgoing {
	struct list link; /* in ua->outbox, in the order of their turns */
	struct ua *ua;
	struct agent_call *call; /* NULL: outside of calls */
	struct ua_parcel parcel;
	char *texts[TEXTS];          /* that its slices are of */
	struct agent_client *client; /* NULL: it waits */
	unsigned status;
	size_t bytes; /* that it takes */
};

/* ---- copies ---- */

static void
outgoing_free(struct outgoing *o)
{
	if (o == NULL)
		return;
	list_remove(&o->link);
	agent_client_drop(o->client);
	for (size_t i = 0; i < TEXTS; i++)
		mem_free(o->texts[i]);
	sim_give_back_memory(agent_sim(&o->ua->agent), o->bytes);
	mem_free(o);
}

static struct outgoing *
outgoing_create(struct ua *ua, struct agent_call *c, const struct ua_parcel *p)
{
	struct outgoing *o = mem_zalloc(1, sizeof(*o));
	struct str *slices[TEXTS];

	if (o == NULL)
		return NULL;
	list_append(&ua->outbox, &o->link);
	o->ua = ua;
	o->call = c;
	o->parcel = *p;
	slices[0] = &o->parcel.uri;
	slices[1] = &o->parcel.type;
	slices[2] = &o->parcel.body;
	slices[3] = &o->parcel.package;
	o->bytes = sizeof(*o);
	for (size_t i = 0; i < TEXTS; i++)
		o->bytes += slices[i]->n;
	sim_take_memory(agent_sim(&ua->agent), o->bytes);
	for (size_t i = 0; i < TEXTS; i++) {
		if (slices[i]->n == 0)
			continue;
		o->texts[i] = mem_dup(slices[i]->p, slices[i]->n);
		if (o->texts[i] == NULL) {
			outgoing_free(o);
			return NULL;
		}
		slices[i]->p = o->texts[i];
	}
	return o;
}

/* ---- the request ---- */

/* In the order in which they are written. */
struct fields {
	struct sip_header list[4];
	size_t n;
	struct buf date, expires;
};

static void
add_field(struct fields *f, const char *name, struct str value)
{
	f->list[f->n].name = name;
	f->list[f->n++].value = value;
}

static void
write_fields(const struct outgoing *o, struct fields *f)
{
	const struct world *w = o->ua->agent.node->world;

	if (o->parcel.package.n > 0) {
		/* RFC 6086 4.2.1, 4.3.1 */
		add_field(f, "Info-Package", o->parcel.package);
		if (o->parcel.body.n > 0)
			add_field(
			    f, "Content-Disposition", STR("Info-Package"));
	}
	if (o->parcel.expires_s >= 0) {
		/* RFC 3428 4: with the time since when it counts. */
		msg_date_write(world_date_now(w), &f->date);
		buf_printf(&f->expires, "%lld", (long long)o->parcel.expires_s);
		add_field(f, "Date", buf_view(&f->date));
		add_field(f, "Expires", buf_view(&f->expires));
	}
}

/* C has a dialog, and nobody hangs up (agent_call_talks). */
static bool
has_open_dialog(const struct agent_call *c)
{
	return c->dialog != NULL && c->bye == NULL &&
	       c->machine.state >= STATE_EARLY &&
	       c->machine.state <= STATE_CONFIRMED;
}

static int
build_parcel(struct outgoing *o, struct agent_request *r)
{
	struct fields f = { .date = BUF_INIT, .expires = BUF_INIT };
	struct sip_request_spec spec = {
		.method = str_of(msg_method_name(o->parcel.method)),
		.content_type = o->parcel.type,
		.body = o->parcel.body,
		.headers = f.list,
		.uri = o->parcel.uri,
	};
	int err;

	write_fields(o, &f);
	spec.nheaders = f.n;
	if (f.date.err != 0 || f.expires.err != 0)
		err = ERR_NOMEM;
	else if (o->call != NULL && !has_open_dialog(o->call))
		err = ERR_STATE;
	else
		err = ua_build(o->ua, o->call, &spec, r);
	buf_free(&f.date);
	buf_free(&f.expires);
	return err;
}

/* ---- turns ---- */

static const struct agent_client_ops client_ops;

static int
start_parcel(struct outgoing *o)
{
	struct agent_request r = { 0 };
	int err = build_parcel(o, &r);

	r.hears_late = true;
	if (err == 0)
		err = agent_client_start(&o->ua->agent, &r, o->parcel.why,
		    &client_ops, o, &o->client);
	sip_bytes_unref(r.bytes);
	return err;
}

static bool
go_together(const struct outgoing *a, const struct outgoing *b)
{
	return a->call == b->call && a->parcel.method == b->parcel.method &&
	       str_eq(a->parcel.uri, b->parcel.uri);
}

/* The first of those that go together with O. */
static struct outgoing *
first_like(const struct outgoing *o)
{
	list_each (struct outgoing, other, &o->ua->outbox, link)
		if (go_together(o, other))
			return other;
	return NULL;
}

/* RFC 5057 5.1: the other side may not know the call any more.  O's call may
 * be freed. */
static void
end_lost_call(struct outgoing *o)
{
	if (o->call != NULL)
		agent_call_fails_by(o->call->main, o->parcel.method, o->status);
}

static void
tell_answered(struct outgoing *o)
{
	struct ua *ua = o->ua;
	struct agent_call *c = o->call;

	if (o->parcel.answered != NULL)
		o->parcel.answered(
		    ua, c != NULL ? str_of(c->peer) : o->parcel.uri, o->status);
}

/* Sends O, and where that fails the next parcel for the same call or URI, until
 * one is under way.  O may be NULL. */
static void
start_next(struct outgoing *o)
{
	while (o != NULL && o->client == NULL) {
		struct outgoing *next;
		int err = start_parcel(o);

		if (err == 0)
			return;
		if (err == ERR_NOMEM)
			agent_fail_memory(&o->ua->agent);
		tell_answered(o);
		list_remove(&o->link);
		next = first_like(o);
		outgoing_free(o);
		o = next;
	}
}

/* O has its final answer: the next may go.  O is freed. */
static void
finish_parcel(struct outgoing *o, unsigned status)
{
	o->status = status;
	list_remove(&o->link);
	tell_answered(o);
	end_lost_call(o);
	start_next(first_like(o));
	outgoing_free(o);
}

static void
on_parcel_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	(void)q;
	if (in->m->status >= 200)
		finish_parcel(arg, in->m->status);
}

static void
on_parcel_failed(struct agent_client *q, unsigned status, void *arg)
{
	(void)q;
	finish_parcel(arg, status);
}

static const struct agent_client_ops client_ops = {
	.response = on_parcel_response,
	.failed = on_parcel_failed,
};

int
ua_outbox_send(struct ua *ua, struct agent_call *c, const struct ua_parcel *p)
{
	struct outgoing *o = outgoing_create(ua, c, p);
	int err;

	if (o == NULL)
		return ERR_NOMEM;
	if (first_like(o) != o)
		return 0;
	err = start_parcel(o);
	if (err != 0)
		outgoing_free(o);
	return err;
}

/* ---- their end ---- */

static void
free_of(struct ua *ua, const struct agent_call *c)
{
	struct list *next;

	for (struct list *at = ua->outbox.next; at != &ua->outbox; at = next) {
		struct outgoing *o = LIST_ENTRY(at, struct outgoing, link);

		next = at->next;
		if (c == NULL || o->call == c)
			outgoing_free(o);
	}
}

void
ua_outbox_leave(struct agent_call *c)
{
	free_of(ua_of(c), c);
}

void
ua_outbox_stop(struct ua *ua)
{
	free_of(ua, NULL);
}
