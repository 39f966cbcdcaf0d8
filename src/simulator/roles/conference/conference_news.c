/*
 * A conference's users, notified to subscribers: the event package
 * `conference`, RFC 4575.  The first document is whole, and so is the answer to
 * each SUBSCRIBE; all others have the users that have changed since.
 */
#include "roles/conference/conference_in.h"

#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

#define LEAST_S 60
#define MOST_S  86400

/* ---- who may know: 3.5 ---- */

/* RFC 4575 3.5: who is in it; by the name that the conference has for it, or,
 * where it was called by another one or keeps back its own, by its phone. */
static const struct conference_user *
find_watching(struct conference_room *r, struct str from, const struct msg *m)
{
	const struct conference_user *u = conference_user_find(r, from);
	struct str v = msg_value(m, MSG_H_CONTACT);
	struct msg_addr contact;

	if (u != NULL && !list_empty(&u->calls))
		return u;
	return v.n > 0 && msg_addr_read(msg_cut_value(&v), &contact) == 0
		   ? conference_user_at(r, contact.uri)
		   : NULL;
}

static void
free_watcher(struct conference_watcher *w)
{
	list_remove(&w->link);
	ref_drop(w->room);
	mem_free(w->entity);
	mem_free(w);
}

static struct conference_watcher *
new_watcher(struct agent_notifier *n, struct conference_room *r,
    const struct conference_user *u)
{
	struct conference_watcher *w = mem_zalloc(1, sizeof(*w));

	if (w == NULL)
		return NULL;
	list_init(&w->link);
	w->notifier = n;
	w->room = ref_keep(r);
	w->whole = true;
	w->entity = mem_strdup(u->entity);
	if (w->entity != NULL)
		return w;
	free_watcher(w);
	return NULL;
}

static unsigned
admit_watcher(struct agent_notifier *n, const struct sip_in *in)
{
	struct conference_room *r =
	    conference_find(conference_of(n->agent), in->m->uri);
	const struct conference_user *u;
	struct conference_watcher *w;

	if (r == NULL)
		return 404;
	u = find_watching(r, str_of(n->watcher), in->m);
	if (u == NULL)
		return 403;
	w = new_watcher(n, r, u);
	if (w == NULL) {
		agent_fail_memory(n->agent);
		return 500;
	}
	list_append(&r->watchers, &w->link);
	n->arg = w;
	return 0;
}

static void
end_watcher(struct agent_notifier *n)
{
	if (n->arg != NULL)
		free_watcher(n->arg);
}

/* 4.6: who refreshes may have missed something. */
static const char *
refresh_watcher(struct agent_notifier *n, enum rule_id *why)
{
	struct conference_watcher *w = n->arg;

	w->whole = true;
	*why = RULE_CONFERENCE_UNTOLD;
	return conference_watcher_is_late(w) ? "rejected" : NULL;
}

/* ---- the document: 5 ---- */

/* Of S's place P, as the participant, who is MUTED, sees it (5.8.5). */
static const char *
name_direction(const struct sip_sdp_place *p, bool muted)
{
	bool speaks = p->agreed.receives && !muted;

	if (p->agreed.sends && speaks)
		return "sendrecv";
	if (speaks)
		return "sendonly";
	return p->agreed.sends ? "recvonly" : "inactive";
}

static void
conference_news_write_media(struct conference_call *p, struct buf *out)
{
	const struct sip_sdp_session *s = agent_call_session(&p->call);

	for (size_t i = 0; i < s->nplaces; i++) {
		struct conference_media media = {
			.id = (unsigned)i + 1,
			.type = str_of(s->places[i].type),
			.status = name_direction(&s->places[i], p->muted),
		};

		if (s->places[i].own)
			conference_info_media(out, &media);
	}
}

/* 5.6.6: several calls of one device are one endpoint. */
static bool
is_first_of_endpoint(
    const struct conference_user *u, const struct conference_call *p)
{
	list_each (const struct conference_call, other, &u->calls, link) {
		if (other == p)
			return true;
		if (str_eq(
			conference_call_place(other), conference_call_place(p)))
			return false;
	}
	return true;
}

static void
conference_news_write_user(
    struct conference_user *u, bool deleted, struct buf *out)
{
	u->shown = !deleted;
	conference_info_user(out, str_of(u->entity), deleted);
	if (deleted)
		return;
	list_each (struct conference_call, p, &u->calls, link) {
		struct conference_endpoint e = {
			.entity = conference_call_place(p),
			.status = state_word(p->machine.state),
			.joined = p->out ? "dialed-out" : "dialed-in",
		};

		if (!is_first_of_endpoint(u, p))
			continue;
		conference_info_endpoint(out, &e);
		conference_news_write_media(p, out);
		conference_info_endpoint_end(out);
	}
	conference_info_user_end(out);
}

/* The first user of R's who has changed since the change SINCE, or R's list. */
static struct list *
find_changed(struct conference_room *r, uint32_t since)
{
	struct list *at = &r->users;

	while (
	    at->prev != &r->users &&
	    LIST_ENTRY(at->prev, struct conference_user, link)->change > since)
		at = at->prev;
	return at;
}

static void
write_users(
    struct conference_room *r, bool whole, uint32_t since, struct buf *out)
{
	struct list *at = whole ? r->users.next : find_changed(r, since);

	for (; at != &r->users; at = at->next) {
		struct conference_user *u =
		    LIST_ENTRY(at, struct conference_user, link);
		bool gone = list_empty(&u->calls);

		if (!whole || !gone)
			conference_news_write_user(u, gone, out);
	}
}

static int
conference_news_write_document(struct agent_notifier *n, struct buf *out)
{
	struct conference_watcher *w = n->arg;
	struct conference_room *r = w->room;
	bool whole = w->whole || w->told < r->forgotten;
	struct conference_info info = {
		.entity = str_of(r->self->aor),
		.version = n->version,
		.state = r->over ? CONFERENCE_DELETED
			 : whole ? CONFERENCE_FULL
				 : CONFERENCE_PARTIAL,
		.most = conference_room_most(r),
		.users = r->nusers,
		.locked = r->locked,
	};

	conference_info_begin(out, &info);
	if (!r->over)
		write_users(r, whole, w->told, out);
	conference_info_end(out, &info);
	w->told = r->change;
	w->whole = false;
	return out->err;
}

const struct agent_service conference_service = {
	.package = CONFERENCE_PACKAGE,
	.least_s = LEAST_S,
	.most_s = MOST_S,
	.admit = admit_watcher,
	.refreshed = refresh_watcher,
	.write = conference_news_write_document,
	.ended = end_watcher,
};
