/* Servers for the stack, whose responses go where a name says (RFC 3263 5):
 * each search is a question of its own (node/locate.h). */
#include "node/locate.h"

#include "base/addr.h"
#include "base/err.h"
#include "base/mem.h"
#include "node/node.h"
#include "sip/stack.h"

struct search {
	struct node *node;
	struct node_question q;
	char *uri; /* NULL: it is asked for */
	void (*found)(int err, const struct addr *dst, void *arg);
	void *arg;
};

static void
end_search(void *search)
{
	struct search *s = search;

	node_locate_stop(&s->q);
	mem_free(s->uri);
	mem_free(s);
}

static void *
begin_search(const char *uri,
    void (*found)(int err, const struct addr *dst, void *found_arg),
    void *found_arg, void *arg)
{
	struct search *s = mem_zalloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	*s = (struct search){ .node = arg,
		.uri = mem_strdup(uri),
		.found = found,
		.arg = found_arg };
	if (s->uri != NULL)
		return s;
	mem_free(s);
	return NULL;
}

/* Whoever is told may end S. */
static void
on_located(int err, const struct addr *dst, void *arg)
{
	struct search *s = arg;

	s->found(err, dst, s->arg);
}

static bool
next_server(void *search)
{
	struct search *s = search;
	char *uri = s->uri;

	if (uri == NULL)
		return node_locate_next(&s->q);
	s->uri = NULL;
	node_locate(s->node, str_of(uri), ADDR_DEFAULT, on_located, s, &s->q);
	mem_free(uri);
	return true;
}

const struct sip_search_ops node_search_ops = { begin_search, next_server,
	end_search };
