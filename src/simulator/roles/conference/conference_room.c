/* One conference: its users, and when it is over.  RFC 4353 5, RFC 4579 5.12.
 */
#include "roles/conference/conference_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

#include <string.h>

/* ---- life ---- */

static void
free_user(struct conference_user *u)
{
	list_remove(&u->link);
	mem_free(u->entity);
	mem_free(u);
}

static void
destroy_room(void *p)
{
	struct conference_room *r = p;

	list_each (struct conference_user, u, &r->users, link)
		free_user(u);
	map_destroy(r->by_entity);
	ref_drop(r->self);
	mem_free(r->name);
}

void
conference_room_forget(struct conference_room *r)
{
	sim_cancel(agent_sim(&r->conference->agent), r->empty);
	r->empty = 0;
	r->conference->ndue -= r->due;
	r->due = false;
	map_remove(r->conference->by_name, str_of(r->name));
	list_remove(&r->link);
	ref_drop(r);
}

/* RFC 4579 4.2: a URI whose requests come here: of the own domain, where those
 * for it enter here, else of the own address. */
static char *
conference_room_write_uri(
    const struct conference *cf, struct str name, bool *named)
{
	const struct node *n = cf->agent.node;
	struct buf uri = BUF_INIT;
	struct addr dst;

	buf_puts(&uri, "sip:");
	buf_str(&uri, name);
	buf_putc(&uri, '@');
	*named = false;
	if (n->domain[0] != '\0' &&
	    world_locate(n->world, str_of(cf->agent.aor), &dst) == 0)
		*named = node_has_addr(n, &dst);
	if (*named)
		buf_puts(&uri, n->domain);
	else
		addr_write(node_addr(n), &uri);
	return buf_take(&uri);
}

struct conference_room *
conference_room_new(struct conference *cf, struct str name)
{
	struct conference_room *r = ref_alloc(sizeof(*r), destroy_room);
	bool named;
	char *uri;

	if (r == NULL)
		return NULL;
	r->conference = cf;
	list_init(&r->link);
	list_init(&r->users);
	list_init(&r->watchers);
	list_init(&r->talking);
	r->name = mem_dup(name.p, name.n);
	uri = conference_room_write_uri(cf, name, &named);
	r->self = agent_identity_new(cf->agent.node, uri, named, ";isfocus");
	if (r->name != NULL && r->self != NULL &&
	    map_create(&r->by_entity) == 0)
		return r;
	ref_drop(r);
	return NULL;
}

/* ---- users ---- */

struct conference_user *
conference_user_find(struct conference_room *r, struct str uri)
{
	struct conference_user *u = NULL;
	LOCAL_BUF aor = BUF_INIT;

	if (msg_uri_aor(uri, &aor) == 0)
		u = map_get(r->by_entity, buf_view(&aor));
	agent_fail_nomem(&r->conference->agent, aor.err);
	return u;
}

/* Where a phone is reached: its Contact without what its transport and others
 * add to it. */
static void
write_phone_place(struct str uri, struct buf *out)
{
	buf_truncate(out, 0);
	if (msg_uri_aor(uri, out) != 0)
		buf_truncate(out, 0);
}

struct conference_user *
conference_user_at(struct conference_room *r, struct str uri)
{
	struct conference_user *found = NULL;
	LOCAL_BUF want = BUF_INIT, place = BUF_INIT;

	write_phone_place(uri, &want);
	list_each (struct conference_user, u, &r->users, link)
		list_each (struct conference_call, p, &u->calls, link) {
			write_phone_place(conference_call_place(p), &place);
			if (found == NULL && want.n > 0 &&
			    str_eq(buf_view(&place), buf_view(&want)))
				found = u;
		}
	if ((want.err | place.err) != 0)
		agent_fail_memory(&r->conference->agent);
	return found;
}

static struct conference_user *
new_user(struct conference_room *r, struct str entity)
{
	struct conference_user *u = mem_zalloc(1, sizeof(*u));

	if (u == NULL)
		return NULL;
	list_init(&u->link);
	list_init(&u->calls);
	u->entity = mem_dup(entity.p, entity.n);
	if (u->entity == NULL || map_put(r->by_entity, entity, u) != 0) {
		free_user(u);
		return NULL;
	}
	list_append(&r->users, &u->link);
	r->ngone++;
	return u;
}

struct conference_user *
conference_user_make(struct conference_room *r, struct str uri, bool nameless)
{
	struct conference_user *u = NULL;
	LOCAL_BUF aor = BUF_INIT;

	/* RFC 4575 5.6: each of them is another one. */
	if (nameless)
		buf_printf(
		    &aor, "sip:anonymous%u@anonymous.invalid", ++r->nameless);
	else if (msg_uri_aor(uri, &aor) == ERR_SYNTAX)
		buf_str(&aor, uri);
	if (aor.err == 0)
		u = map_get(r->by_entity, buf_view(&aor));
	if (aor.err == 0 && u == NULL)
		u = new_user(r, buf_view(&aor));
	if (u == NULL)
		agent_fail_memory(&r->conference->agent);
	return u;
}

/* Of those who have left the oldest is forgotten: who has not heard of that is
 * told all. */
static void
forget_gone(struct conference_room *r)
{
	list_each (struct conference_user, u, &r->users, link) {
		if (r->ngone <= CONFERENCE_GONE)
			return;
		if (!list_empty(&u->calls))
			continue;
		r->forgotten = u->change;
		r->ngone--;
		map_remove(r->by_entity, str_of(u->entity));
		if (r->creator == u)
			r->creator = NULL;
		free_user(u);
	}
}

void
conference_room_changed(
    struct conference_room *r, struct conference_user *u, bool tell)
{
	r->change++;
	if (u != NULL) {
		u->change = r->change;
		list_remove(&u->link);
		list_append(&r->users, &u->link);
	}
	forget_gone(r);
	if (!tell)
		return;
	/* RFC 4575 3.9: a subscriber is notified every 5 s at most. */
	list_each (struct conference_watcher, w, &r->watchers, link)
		if (conference_watcher_is_late(w))
			agent_notifier_end(
			    w->notifier, "rejected", RULE_CONFERENCE_UNTOLD);
		else
			agent_notify_after(w->notifier, 5 * SIM_S);
}

bool
conference_watcher_is_late(const struct conference_watcher *w)
{
	const struct conference_room *r = w->room;
	const struct conference_user *u =
	    map_get(r->by_entity, str_of(w->entity));

	return u == NULL || (list_empty(&u->calls) &&
				sim_now(agent_sim(&r->conference->agent)) >=
				    u->left + SIP_64T1_NS);
}

void
conference_room_join(struct conference_room *r, struct conference_user *u,
    struct conference_call *c)
{
	sim_cancel(agent_sim(&r->conference->agent), r->empty);
	r->empty = 0;
	if (!r->fixed && r->change == 0)
		r->creator = u;
	if (list_empty(&u->calls)) {
		r->nusers++;
		r->ngone--;
	}
	c->room = ref_keep(r);
	c->user = u;
	list_append(&u->calls, &c->link);
}

/* RFC 4579 5.12, RFC 4353 5.4; attribute `ends`. */
static void
conference_room_judge_end(
    struct conference_room *r, const struct conference_user *left)
{
	const struct node *n = r->conference->agent.node;
	bool by_creator =
	    strcmp(node_attr(n, "ends", "creator"), "creator") == 0;

	if (r->fixed || r->due || r->over)
		return;
	r->due = r->nusers == 0 || (by_creator && left == r->creator);
	r->why =
	    r->nusers == 0 ? RULE_CONFERENCE_EMPTY : RULE_CONFERENCE_DELETE;
	r->conference->ndue += r->due;
}

void
conference_room_leave(struct conference_call *c)
{
	struct conference_room *r = c->room;
	struct conference_user *u = c->user;

	if (r == NULL)
		return;
	c->room = NULL;
	list_remove(&c->link);
	list_remove(&c->talks);
	if (list_empty(&u->calls)) {
		r->nusers--;
		r->ngone++;
		u->left = sim_now(agent_sim(&r->conference->agent));
		conference_room_judge_end(r, u);
	}
	if (r->conference->agent.node->up && !r->over && !r->due)
		conference_room_changed(r, u, u->shown);
	ref_drop(r);
}

/* ---- what it lets in ---- */

unsigned
conference_room_most(const struct conference_room *r)
{
	uint32_t most = CONFERENCE_MOST;

	str_u32(
	    str_of(node_attr(r->conference->agent.node, "most", NULL)), &most);
	return most;
}

bool
conference_room_is_full(const struct conference_room *r)
{
	return r->nusers >= conference_room_most(r);
}

unsigned
conference_room_refuses(const struct conference_room *r, enum rule_id *why)
{
	*why = RULE_CONFERENCE_LOCKED;
	if (r->locked)
		return 403;
	*why = RULE_CONFERENCE_FULL;
	return conference_room_is_full(r) ? 486 : 0;
}

/* ---- its end ---- */

/* A call of U's that has not been told to end, or NULL. */
static struct conference_call *
find_users_call(const struct conference_user *u)
{
	list_each (struct conference_call, c, &u->calls, link)
		if (!c->parts)
			return c;
	return NULL;
}

static struct conference_watcher *
find_users_watcher(
    const struct conference_room *r, const struct conference_user *u)
{
	list_each (struct conference_watcher, w, &r->watchers, link)
		if (!w->parts && strcmp(w->entity, u->entity) == 0)
			return w;
	return NULL;
}

void
conference_user_remove(struct conference_room *r, struct conference_user *u)
{
	struct conference_call *c;
	struct conference_watcher *w;

	/* Kept while its calls end. */
	ref_keep(r);
	while ((w = find_users_watcher(r, u)) != NULL) {
		w->parts = true;
		agent_notifier_end(
		    w->notifier, "rejected", RULE_CONFERENCE_UNTOLD);
	}
	while ((c = find_users_call(u)) != NULL) {
		c->parts = true;
		agent_call_bye_because(&c->call, RULE_CONFERENCE_REMOVE);
	}
	ref_drop(r);
}

/* A call of R's that has not been told to end, or NULL. */
static struct conference_call *
find_room_call(const struct conference_room *r)
{
	struct conference_call *c = NULL;

	list_each (const struct conference_user, u, &r->users, link)
		if (c == NULL)
			c = find_users_call(u);
	return c;
}

static struct conference_watcher *
find_watcher(const struct conference_room *r)
{
	list_each (struct conference_watcher, w, &r->watchers, link)
		if (!w->parts)
			return w;
	return NULL;
}

void
conference_room_close(struct conference_room *r, enum rule_id why)
{
	struct conference_call *c;
	struct conference_watcher *w;

	if (r->over)
		return;
	/* Kept until all have heard of it. */
	ref_keep(r);
	r->over = true;
	conference_room_forget(r);
	while ((c = find_room_call(r)) != NULL) {
		c->parts = true;
		agent_call_bye_because(&c->call, why);
	}
	while ((w = find_watcher(r)) != NULL) {
		w->parts = true;
		agent_notifier_end(
		    w->notifier, "noresource", RULE_CONFERENCE_UNTOLD);
	}
	ref_drop(r);
}

void
conference_rooms_settle(struct conference *cf)
{
	while (cf->ndue > 0) {
		struct conference_room *due = NULL;

		list_each (struct conference_room, r, &cf->rooms, link)
			if (due == NULL && r->due)
				due = r;
		conference_room_close(due, due->why);
	}
}
