/*
 * Pictures of a user's bindings: see roles/registrar/registrar_in.h.  What
 *happened to a contact is found by holding its picture against what the
 *location service has now (RFC 3680 4.7.1, figure 2):
 *
 *	new               registered; created, where no REGISTER has done it
 *	still there       refreshed, where a REGISTER names it; shortened, where
 *	                  an administrator has left it less time
 *	no longer there   unregistered by a REGISTER, else deactivated, or
 *	                  as the home subscriber server says
 *	its time is over  expired
 */
#include "roles/registrar/registrar_home.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/timer.h"
#include "rules/rule_names.h"

/* ---- pictures ---- */

static void
free_contact(struct registrar_contact *c)
{
	list_remove(&c->link);
	mem_free(c->uri);
	mem_free(c);
}

void
registrar_user_free(struct registrar_user *u)
{
	sim_cancel(agent_sim(&u->registrar->agent), u->expire);
	list_each (struct registrar_contact, c, &u->contacts, link)
		free_contact(c);
	list_remove(&u->link);
	mem_free(u->aor);
	mem_free(u->identities);
	mem_free(u);
}

bool
registrar_user_is(const struct registrar_user *u, struct str aor)
{
	return str_is(aor, u->aor) ||
	       (u->identities != NULL &&
		   registrar_home_lists(u->identities, aor));
}

struct registrar_user *
registrar_user_find(struct registrar *r, struct str aor)
{
	list_each (struct registrar_user, u, &r->users, link)
		if (registrar_user_is(u, aor))
			return u;
	return NULL;
}

/* The identities registered with U, as of now; an ended one keeps its names for
 * the last NOTIFY. */
static void
update_identities(struct registrar_user *u)
{
	struct str all =
	    registrar_home_associated(u->registrar, str_of(u->aor));

	if (all.n > 0 && str_keep(&u->identities, all) != 0)
		agent_fail_memory(&u->registrar->agent);
}

struct registrar_user *
registrar_user_new(struct registrar *r, struct str aor)
{
	struct registrar_user *u = mem_zalloc(1, sizeof(*u));

	if (u == NULL)
		return NULL;
	u->registrar = r;
	u->id = ++r->next_user;
	list_init(&u->contacts);
	list_init(&u->link);
	list_append(&r->users, &u->link);
	u->aor = mem_dup(aor.p, aor.n);
	if (u->aor != NULL)
		return u;
	registrar_user_free(u);
	return NULL;
}

/* EVENT has happened to C. */
static void
set_event(struct registrar_user *u, struct registrar_contact *c,
    const char *event, bool over)
{
	c->event = event;
	c->over = over;
	c->change = u->change;
}

/* What all watchers have been told of contacts that are over is forgotten. */
static void
reg_picture_forget_old(struct registrar_user *u)
{
	unsigned least = u->change;

	list_each (
	    struct agent_notifier, n, &u->registrar->agent.notifiers, link) {
		const struct registrar_watch *w = n->arg;

		if (w != NULL && w->user == u && w->told < least)
			least = w->told;
	}
	list_each (struct registrar_contact, c, &u->contacts, link)
		if (c->over && c->change <= least)
			free_contact(c);
}

/* A NOTIFY that can't be sent ends its subscription, and U with the last. */
static void
tell_picture(struct registrar_user *u)
{
	const struct list *notifiers = &u->registrar->agent.notifiers;

	list_each (struct agent_notifier, n, notifiers, link) {
		const struct registrar_watch *w = n->arg;

		if (w != NULL && w->user == u)
			agent_notify(n);
	}
}

/* ---- its time is over ---- */

static void reg_picture_fire_expire(void *arg);

static const struct node_timer expire_timer = { "expire", RULE_BINDING_EXPIRED,
	reg_picture_fire_expire, NULL };

static void
set_expire_timer(struct registrar_user *u)
{
	struct node *n = u->registrar->agent.node;
	int64_t next = -1;

	list_each (const struct registrar_contact, c, &u->contacts, link)
		if (!c->over && c->until >= 0 && (next < 0 || c->until < next))
			next = c->until;
	if (next >= 0)
		node_timer_set(n, &u->expire, &expire_timer, u->aor, next, u);
	else
		node_timer_stop(n, &u->expire, &expire_timer, u->aor);
}

static void
reg_picture_fire_expire(void *arg)
{
	struct registrar_user *u = arg;

	node_timer_fired(
	    u->registrar->agent.node, &u->expire, &expire_timer, u->aor);
	reg_picture_forget_old(u);
	u->change++;
	list_each (struct registrar_contact, c, &u->contacts, link)
		if (!c->over && c->until >= 0 &&
		    c->until <= sim_now(agent_sim(&u->registrar->agent)))
			set_event(u, c, "expired", true);
	set_expire_timer(u);
	tell_picture(u);
}

/* ---- what the location service has now ---- */

static const struct location_contact *
find_in_bindings(
    const struct location_contacts *list, const struct registrar_contact *c)
{
	for (size_t i = 0; i < list->n; i++)
		if (msg_uri_equal(str_of(list->list[i].uri), str_of(c->uri)))
			return &list->list[i];
	return NULL;
}

static struct registrar_contact *
find_contact(const struct registrar_user *u, const char *uri)
{
	list_each (struct registrar_contact, c, &u->contacts, link)
		if (!c->over && msg_uri_equal(str_of(c->uri), str_of(uri)))
			return c;
	return NULL;
}

/* M, a REGISTER or NULL, names C. */
static bool
names_contact(const struct msg *m, const struct registrar_contact *c)
{
	struct msg_values it = { 0 };
	struct msg_addr a;
	struct str v;

	while (m != NULL && msg_next_value(m, MSG_H_CONTACT, &it, &v))
		if (msg_addr_read(v, &a) == 0 &&
		    (a.star || msg_uri_equal(a.uri, str_of(c->uri))))
			return true;
	return false;
}

static int64_t
reg_picture_end_of(
    const struct registrar_user *u, const struct location_contact *b)
{
	return b->expires_s >= (int64_t)LOCATION_FOREVER_S
		   ? -1
		   : sim_now(agent_sim(&u->registrar->agent)) +
			 b->expires_s * SIM_S;
}

/* C is looked up in BINDINGS; true: something has happened to it. */
static bool
update_contact(struct registrar_user *u, struct registrar_contact *c,
    const struct location_contacts *bindings, const struct msg *m)
{
	const struct location_contact *b = find_in_bindings(bindings, c);
	int64_t until, old = c->until;

	if (b == NULL) {
		set_event(u, c,
		    names_contact(m, c) ? "unregistered"
		    : u->ending != NULL ? u->ending
					: "deactivated",
		    true);
		return true;
	}
	until = reg_picture_end_of(u, b);
	if (m != NULL && !names_contact(m, c))
		return false;
	c->q = b->q;
	c->until = until;
	if (m != NULL)
		set_event(u, c, "refreshed", false);
	else if (until >= 0 && (old < 0 || until + SIM_S < old))
		set_event(u, c, "shortened", false);
	return c->change == u->change;
}

static int
add_pictured_contact(struct registrar_user *u, const struct location_contact *b,
    const struct msg *m)
{
	struct registrar_contact *c = mem_zalloc(1, sizeof(*c));

	if (c == NULL)
		return ERR_NOMEM;
	list_init(&c->link);
	list_append(&u->contacts, &c->link);
	c->uri = mem_strdup(b->uri);
	c->id = ++u->next_contact;
	c->q = b->q;
	c->since = u->known ? sim_now(agent_sim(&u->registrar->agent)) : -1;
	c->until = reg_picture_end_of(u, b);
	/* Of what was there before, what ends was surely registered. */
	set_event(u, c,
	    m != NULL || (!u->known && c->until >= 0) ? "registered"
						      : "created",
	    false);
	return c->uri != NULL ? 0 : ERR_NOMEM;
}

/* REGISTER M, or an administrator (NULL), has left U with BINDINGS. */
void
registrar_user_update(struct registrar_user *u,
    const struct location_contacts *bindings, const struct msg *m)
{
	bool changed = !u->known;
	int err = 0;

	update_identities(u);
	reg_picture_forget_old(u);
	u->change++;
	list_each (struct registrar_contact, c, &u->contacts, link)
		if (!c->over && update_contact(u, c, bindings, m))
			changed = true;
	for (size_t i = 0; i < bindings->n && err == 0; i++) {
		if (find_contact(u, bindings->list[i].uri) != NULL)
			continue;
		err = add_pictured_contact(u, &bindings->list[i], m);
		changed = true;
	}
	u->known = true;
	u->ending = NULL; /* who tells may free U */
	if (err != 0)
		agent_fail_memory(&u->registrar->agent);
	else if (changed)
		set_expire_timer(u);
	if (err == 0 && changed)
		tell_picture(u);
}
