/*
 * What comes of the requests that a node's program has sent: its program is
 * told, and what was a word about a request that it has sent on goes on to who
 * has asked (RFC 3261 16.7), unless the program says false.
 */
#include "roles/program/script_in.h"

#include "base/mem.h"

static struct script_news
news_of(const struct script_client *c, enum script_event event)
{
	const struct script *s = c->thing.script;

	return (struct script_news){
		.event = event,
		.sent = world_read(s->agent.node->world, c->sent),
		.number = c->thing.number,
	};
}

/* What became of C's request, which IN says, or STATUS where none came: a word
 * about the request that it has sent on.  KEEPS: it goes no further. */
static void
pass_on(struct script_client *c, const struct sip_in *in, unsigned status,
    bool keeps)
{
	if (c->of == NULL)
		return;
	if (keeps && c->final)
		script_settle(c->of, c);
	else if (!keeps && in != NULL)
		script_pass_up(c, in);
	else if (!keeps)
		script_pass_failure(c, status);
}

static void
client_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct script_client *c = arg;
	struct script_news news = news_of(c, SCRIPT_ON_REPLY);

	(void)q;
	news.m = in->m;
	news.src = in->src;
	if (in->m->status >= 200)
		c->final = true;
	else if (c->cancelled && !c->cancelling)
		script_send_cancel(c);
	pass_on(c, in, 0, script_tell(c->thing.script, &news));
}

static void
client_failed(struct agent_client *q, unsigned status, void *arg)
{
	struct script_client *c = arg;
	struct script_news news = news_of(c, SCRIPT_ON_FAILURE);

	(void)q;
	c->final = true;
	news.status = status;
	pass_on(c, NULL, status, script_tell(c->thing.script, &news));
}

static void
client_ended(struct agent_client *q, void *arg)
{
	struct script_client *c = arg;

	(void)q;
	c->q = NULL;
	script_free_client(c);
}

const struct agent_client_ops script_client_ops = {
	.response = client_response,
	.failed = client_failed,
	.ended = client_ended,
};

void
script_free_client(struct script_client *c)
{
	list_remove(&c->branch);
	agent_client_drop(c->q);
	sip_bytes_unref(c->sent);
	script_forget(&c->thing);
	mem_free(c);
}
