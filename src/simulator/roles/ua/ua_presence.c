/*
 * How a phone says that its user can be reached: a presence document (RFC 3863)
 * that it publishes at the presence agent of its domain (RFC 3903), or, with
 * presence=self, tells itself to those who subscribe (RFC 3856 5).
 */
#include "roles/ua/ua_verbs.h"

#include "agent/watchers.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "msg/bodies.h"
#include "roles/ua/ua.h"

#include <string.h>

#define NOTE_MAX 200 /* bytes */
#define PACKAGE  (&agent_packages[AGENT_PACKAGE_PRESENCE])

bool
ua_presence_is_own(const struct agent *agent)
{
	return strcmp(node_attr(agent->node, "presence", "agent"), "self") == 0;
}

/* ---- the document ---- */

static void
write_state(const struct ua *ua, struct buf *out)
{
	struct pidf_tuple t = { .said = true, .open = !ua->closed };
	struct msg_addr contact;

	if (msg_addr_read(str_of(agent_contact(
			      &ua->agent, agent_face_toward(&ua->agent,
					      str_of(ua->agent.aor), false))),
		&contact) == 0)
		t.contact = contact.uri;
	t.note = str_of(ua->note);
	pidf_write_begin(out, str_of(ua->agent.aor));
	pidf_write_tuple(out, &t, str_of(ua->agent.node->name));
	pidf_write_end(out, STR_NULL);
}

int
ua_presence_write(struct agent_notifier *n, struct buf *out)
{
	write_state((const struct ua *)(const void *)n->agent, out);
	return out->err;
}

unsigned
ua_presence_admit(struct agent_notifier *n, const struct sip_in *in)
{
	(void)in;
	return watchers_judge(n);
}

/* Those who have subscribed at the phone itself. */
static void
tell_watchers(struct ua *ua)
{
	list_each (struct agent_notifier, n, &ua->agent.notifiers, link)
		if (n->service->package == PACKAGE)
			agent_notify(n);
}

/* ---- telling it ---- */

/* N is a presence agent that requests reach by itself, or a proxy that sends
 * them to one.  DST: where those for the own domain enter it. */
static bool
leads_to_agent(const struct node *n, const struct addr *dst)
{
	return node_attr(n, "presence_agent", "")[0] != '\0' ||
	       (node_plays(n, "presence") &&
		   (node_plays(n, "proxy") || node_has_addr(n, dst)));
}

/* A PUBLISH of UA would come to a server of the topology that has nothing to do
 * with presence, or to the phone itself: a 405, whatever was meant. */
static bool
lacks_agent(const struct ua *ua)
{
	const struct world *w = ua->agent.node->world;
	bool server = false;
	struct addr dst;
	size_t at = 0;
	void *value;

	if (world_locate(w, str_of(ua->agent.aor), &dst) != 0)
		return false;
	while (map_next(w->nodes, &at, NULL, &value)) {
		const struct node *n = value;

		if (str_iis(str_of(n->domain), ua->agent.node->domain) &&
		    leads_to_agent(n, &dst))
			return false;
		server |= n->nroles > 0 && node_has_addr(n, &dst);
	}
	return server;
}

static int
tell_presence(struct ua *ua, uint32_t expires_s)
{
	LOCAL_BUF body = BUF_INIT;

	if (ua_presence_is_own(&ua->agent)) {
		tell_watchers(ua);
		return 0;
	}
	write_state(ua, &body);
	return body.err != 0
		   ? ERR_NOMEM
		   : agent_publish(&ua->pub, buf_view(&body), expires_s);
}

/* TEXT is "open" or "closed". */
static int
ua_presence_read_status(const char *text, bool *closed, struct diag *d)
{
	*closed = strcmp(text, "closed") == 0;
	if (*closed || strcmp(text, "open") == 0)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("a user must be open or closed, not “%s”"), text);
}

static int
ua_presence_take_note(struct ua *ua, struct str text, struct diag *d)
{
	if (text.n > NOTE_MAX || memchr(text.p, '\0', text.n) != NULL)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("a note has at most %d bytes"), NOTE_MAX);
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] < ' ')
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("a note must be one line of text"));
	return str_keep(&ua->note, text);
}

static int
ua_presence_read_expires(
    const struct node_args *args, uint32_t *seconds, struct diag *d)
{
	int64_t s = PACKAGE->expires_s;
	int err = node_arg_seconds(args, "expires", &s, d);

	if (err == 0 && s == 0)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not a time: %s"), node_arg(args, "expires"),
		    _("use 60s or 5min, for example"));
	*seconds = (uint32_t)s;
	return err;
}

int
ua_verb_publish(const struct node_act *a)
{
	const char *status = node_arg(a->args, "status");
	struct ua *ua = a->role;
	bool closed = ua->closed;
	uint32_t seconds;
	int err = ua_presence_read_expires(a->args, &seconds, a->d);

	if (err == 0 && !ua_presence_is_own(&ua->agent) && lacks_agent(ua))
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("%s can't publish: its domain has no server with the "
		      "role presence; add one and name it in the proxy's "
		      "presence_agent=, or set presence=self on the phone"),
		    ua->agent.node->name);
	if (err == 0 && status != NULL)
		err = ua_presence_read_status(status, &closed, a->d);
	if (err == 0 && node_arg(a->args, "note") != NULL)
		err = ua_presence_take_note(
		    ua, node_arg_str(a->args, "note"), a->d);
	if (err != 0)
		return err;
	ua->closed = closed;
	return tell_presence(ua, seconds);
}

int
ua_verb_unpublish(const struct node_act *a)
{
	struct ua *ua = a->role;
	int err = agent_unpublish(&ua->pub);

	if (err == ERR_STATE)
		diag_set(a->d, err, NULL, 0, _("%s has not published anything"),
		    ua->agent.node->name);
	return err;
}

int
ua_publish_by_itself(struct ua *ua)
{
	const char *status = node_attr(ua->agent.node, "publish", "");

	if (status[0] == '\0')
		return 0;
	ua->closed = strcmp(status, "closed") == 0;
	agent_note_act(&ua->agent, "publish", ua->agent.node->name);
	return tell_presence(ua, PACKAGE->expires_s);
}

void
ua_presence_stop(struct ua *ua)
{
	agent_publication_stop(&ua->pub);
	mem_free(ua->note);
	ua->note = NULL;
}
