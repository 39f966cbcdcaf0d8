/*
 * Media of calls that a program makes up by itself: it says what both sides
 * have described (RFC 3264), and what is agreed in that flows, and is heard, as
 * with any phone (rtp/session.h).
 */
#include "roles/program/script_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "rules/rule_names.h"

void
script_free_stream(struct script_stream *t)
{
	rtp_session_destroy(t->media);
	sip_sdp_free(&t->sdp);
	script_forget(&t->thing);
	mem_free(t->name);
	mem_free(t);
}

static struct script_stream *
find_stream(struct script *s, struct str name)
{
	list_each (
	    struct script_stream, t, &s->things[SCRIPT_STREAM], thing.link)
		if (str_is(name, t->name))
			return t;
	return NULL;
}

/* NULL when out of memory. */
static struct script_stream *
add_stream(struct script *s, struct str name)
{
	struct node *n = s->agent.node;
	struct script_stream *t = mem_zalloc(1, sizeof(*t));
	int err;

	if (t == NULL)
		return NULL;
	t->sdp.at = *node_addr(n);
	t->name = mem_dup(name.p, name.n);
	err = script_number(s, SCRIPT_STREAM, &t->thing);
	if (err == 0 && t->name != NULL)
		err = rtp_session_create(&t->media, n, t->name);
	if (err == 0 && t->name != NULL)
		return t;
	script_free_stream(t);
	return NULL;
}

int
script_stream(void *role, const struct script_place *place,
    const struct script_media *m, struct diag *d)
{
	struct script *s = role;
	struct script_stream *t = find_stream(s, m->name);
	uint64_t old;
	int err;

	if (m->own.n == 0) {
		if (t != NULL)
			script_free_stream(t);
		return 0;
	}
	if (t == NULL)
		t = add_stream(s, m->name);
	if (t == NULL)
		return ERR_NOMEM;
	err = sip_sdp_overhear(&t->sdp, m->own, m->theirs, m->answered);
	if (err == ERR_SYNTAX)
		return diag_set(d, err, NULL, 0,
		    _("one of these is no session description"));
	if (err != 0)
		return err;
	old = script_record(
	    s, place, TRACE_PROGRAM_STREAM, RULE_MEDIA_AGREE, 0, m->name);
	rtp_session_sources(t->media, m->source, m->awaits);
	rtp_session_follow(t->media, &t->sdp);
	sim_set_cause(node_sim(s->agent.node), old);
	return 0;
}
