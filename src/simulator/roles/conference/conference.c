/*
 * The conference server as a role: its life, its conferences, their URIs (RFC
 * 4579 3.2, 4).  Its own URI is the factory's; those of its conferences have
 * the same host.
 */
#include "roles/conference/conference_in.h"

#include "agent/subscriber.h"
#include "base/err.h"
#include "msg/chars.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static_assert(offsetof(struct conference, agent) == 0, "an agent comes first");

/* ---- which one ---- */

struct conference_room *
conference_find(const struct conference *cf, struct str uri)
{
	struct msg_uri u;

	if (msg_uri_read(uri, &u) != 0 || u.user.n == 0 ||
	    !node_is_own(cf->agent.node, uri))
		return NULL;
	return map_get(cf->by_name, u.user);
}

bool
conference_is_factory(const struct conference *cf, struct str uri)
{
	const char *how = node_attr(cf->agent.node, "factory", "answer");
	struct msg_uri mine, theirs;

	return strcmp(how, "none") != 0 && node_is_own(cf->agent.node, uri) &&
	       msg_uri_read(uri, &theirs) == 0 &&
	       msg_uri_read(str_of(cf->agent.aor), &mine) == 0 &&
	       msg_user_equal(theirs.user, mine.user);
}

static bool
is_room(const struct agent *agent, struct str uri)
{
	return conference_find(conference_of(agent), uri) != NULL;
}

static struct agent_identity *
find_self(struct agent *agent, struct str uri)
{
	struct conference_room *r = conference_find(conference_of(agent), uri);

	return r != NULL ? r->self : NULL;
}

/* ---- making one ---- */

/* The user part of a conference's URI says nothing, and was never used before
 * (RFC 4579 5.3). */
static int
make_name(struct conference *cf, struct buf *name)
{
	do {
		buf_clear(name);
		sip_stack_token(
		    cf->agent.node->stack, SIP_STREAM_CONFERENCE, 8, name);
	} while (
	    name->err == 0 && map_get(cf->by_name, buf_view(name)) != NULL);
	return name->err;
}

/* One more, named NAME (empty: by chance); NULL when out of memory. */
static struct conference_room *
conference_create(struct conference *cf, struct str name)
{
	LOCAL_BUF made = BUF_INIT;
	struct conference_room *r = NULL;

	if (name.n > 0 || make_name(cf, &made) == 0)
		r = conference_room_new(
		    cf, name.n > 0 ? name : buf_view(&made));
	if (r != NULL && map_put(cf->by_name, str_of(r->name), r) != 0) {
		ref_drop(r);
		r = NULL;
	}
	if (r == NULL)
		agent_fail_memory(&cf->agent);
	else
		list_append(&cf->rooms, &r->link);
	return r;
}

struct conference_room *
conference_make(struct conference *cf, enum rule_id why)
{
	struct conference_room *r = conference_create(cf, STR_NULL);
	struct buf text = BUF_INIT;

	if (r == NULL)
		return NULL;
	buf_printf(&text, "a conference is made: %s", r->self->aor);
	node_note(cf->agent.node, why, &text);
	return r;
}

bool
conference_is_full(const struct conference *cf)
{
	return map_count(cf->by_name) >= CONFERENCE_ROOMS;
}

/* A name that is the user part of a URI as it stands. */
static bool
is_plain(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!chars_are(name.p[i], CHARS_UNRESERVED))
			return false;
	return name.n > 0;
}

/* The attribute `rooms`; words that are no names are passed over. */
static int
make_rooms(struct conference *cf)
{
	struct str rest = str_of(node_attr(cf->agent.node, "rooms", ""));

	while (rest.n > 0) {
		struct str name = str_cut(rest, ' ', &rest);
		struct conference_room *r;

		if (!is_plain(name) || map_get(cf->by_name, name) != NULL)
			continue;
		r = conference_create(cf, name);
		if (r == NULL)
			return ERR_NOMEM;
		r->fixed = true;
	}
	return 0;
}

/* ---- OPTIONS: RFC 4579 4.3, 5.13 ---- */

static void
answer_options(struct agent *agent, const struct sip_in *in, struct str contact)
{
	static const struct sip_header headers[] = {
		{ "Allow", STR_INIT(CONFERENCE_ALLOW) },
		{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED) },
		{ "Allow-Events", STR_INIT(CONFERENCE_EVENTS) },
		{ "Accept", STR_INIT(AGENT_SDP ", message/sipfrag") },
		{ "Accept-Encoding", STR_INIT("identity") },
		{ "Accept-Language", STR_INIT("en") },
	};
	struct sip_response_spec spec = {
		.status = 200,
		.contact = contact,
		.headers = headers,
		.nheaders = COUNT_OF(headers),
	};

	node_reply(agent->node, in, &spec, RULE_CONFERENCE_OPTIONS);
}

void
conference_asked(struct agent *agent, const struct sip_in *in)
{
	struct conference_room *r =
	    conference_find(conference_of(agent), in->m->uri);

	if (r == NULL)
		agent_asked(agent, in);
	else
		answer_options(agent, in,
		    str_of(agent_identity_contact(
			r->self, agent_face_of(agent, in), ADDR_DEFAULT)));
}

void
conference_described(struct agent_call *c, const struct sip_in *in)
{
	answer_options(c->agent, in, agent_call_contact(c));
}

/* ---- life ---- */

/* RFC 4579 6: permission is judged together with the request. */
static bool
may_refer(const struct agent *agent, const struct agent_call *c)
{
	(void)agent;
	(void)c;
	return true;
}

static const struct agent_method methods[] = { CONFERENCE_METHODS(
    AGENT_METHOD_ROW, AGENT_METHOD_AND) };

static const struct agent_ops conference_ops = {
	.methods = methods,
	.nmethods = COUNT_OF(methods),
	.services = &conference_service,
	.nservices = 1,
	.stepped = conference_call_stepped,
	.named = is_room,
	.self_for = find_self,
	.may_refer = may_refer,
	.judge_refer = conference_judge_refer,
	.refer = conference_refer,
};

static void
conference_stop(void *role)
{
	struct conference *cf = role;

	agent_usages_end(&cf->agent);
	list_each (struct conference_room, r, &cf->rooms, link)
		conference_room_forget(r);
	map_destroy(cf->by_name);
	agent_end(&cf->agent);
}

static int
conference_start(struct node *n, void *role)
{
	struct conference *cf = role;

	list_init(&cf->rooms);
	return agent_begin(&cf->agent, n, &conference_ops) != 0 ||
		       map_create(&cf->by_name) != 0 || make_rooms(cf) != 0
		   ? ERR_NOMEM
		   : 0;
}

static int
conference_moved(void *role)
{
	struct conference *cf = role;
	int err = agent_moved(&cf->agent);

	list_each (struct conference_room, r, &cf->rooms, link)
		if (err == 0)
			err = agent_identity_moved(r->self, cf->agent.node);
	return err;
}

NODE_ROLE(conference) = {
	.word = "conference",
	.allow = CONFERENCE_ALLOW,
	.supported = AGENT_CALL_SUPPORTED,
	.size = sizeof(struct conference),
	.start = conference_start,
	.stop = conference_stop,
	.moved = conference_moved,
	.claim = agent_role_claim,
	.request = agent_role_request,
	.cancel = agent_role_cancel,
	.stray = agent_role_stray,
	.knows = agent_role_knows,
	.verbs = conference_verbs,
};
