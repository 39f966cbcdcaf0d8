/*
 * Who is in a conference, to who has subscribed: the event package
 * `conference`, RFC 4575.  The first document is whole, and so is the answer to
 * each SUBSCRIBE; all others have the users that have changed since.
 */
#include "nodes/conference_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

#include <string.h>

#define LEAST_S 60
#define MOST_S  86400

/* ---- who may know: 3.5 ---- */

/* RFC 4575 3.5: who is in it, also without a name. */
static bool
may_watch(struct conference_room *r, struct str from)
{
	const struct conference_user *u = conference_user_find(r, from);
	struct msg_uri uri;

	if (u != NULL && !list_empty(&u->calls))
		return true;
	return r->nameless > 0 && msg_uri_read(from, &uri) == 0 &&
	       str_iis(uri.host, "anonymous.invalid");
}

static unsigned
admit_watcher(struct agent_notifier *n, const struct sip_in *in)
{
	struct conference_room *r =
	    conference_find(conference_of(n->agent), in->m->uri);
	struct conference_watcher *w;

	if (r == NULL)
		return 404;
	if (!may_watch(r, str_of(n->watcher)))
		return 403;
	w = mem_zalloc(1, sizeof(*w));
	if (w == NULL) {
		agent_fail_memory(n->agent);
		return 500;
	}
	w->notifier = n;
	w->room = ref_keep(r);
	w->whole = true;
	list_append(&r->watchers, &w->link);
	n->arg = w;
	return 0;
}

static void
end_watcher(struct agent_notifier *n)
{
	struct conference_watcher *w = n->arg;

	if (w == NULL)
		return;
	list_remove(&w->link);
	ref_drop(w->room);
	mem_free(w);
}

/* 4.6: who refreshes may have missed something. */
static void
refresh_watcher(struct agent_notifier *n)
{
	((struct conference_watcher *)n->arg)->whole = true;
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
write_media(struct conference_call *p, struct buf *out)
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

/* Where P can be reached: its Contact, once it has said one. */
static struct str
find_endpoint(const struct conference_call *p)
{
	const struct agent_call *c = &p->call;

	return str_of(
	    c->dialog != NULL ? c->dialog->sip->remote_target : c->peer);
}

/* 5.6.6: several calls of one device are one endpoint. */
static bool
is_first_of_endpoint(
    const struct conference_user *u, const struct conference_call *p)
{
	list_each (const struct conference_call, other, &u->calls, link) {
		if (other == p)
			return true;
		if (str_eq(find_endpoint(other), find_endpoint(p)))
			return false;
	}
	return true;
}

static void
write_user(struct conference_user *u, bool deleted, struct buf *out)
{
	u->shown = !deleted;
	conference_info_user(out, str_of(u->entity), deleted);
	if (deleted)
		return;
	list_each (struct conference_call, p, &u->calls, link) {
		struct conference_endpoint e = {
			.entity = find_endpoint(p),
			.status = state_word(p->machine.state),
			.joined = p->out ? "dialed-out" : "dialed-in",
		};

		if (!is_first_of_endpoint(u, p))
			continue;
		conference_info_endpoint(out, &e);
		write_media(p, out);
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
			write_user(u, gone, out);
	}
}

static int
write_document(struct agent_notifier *n, struct buf *out)
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
	.write = write_document,
	.ended = end_watcher,
};
