/* Servers that have asked for rest; see node/rest.h. */
#include "node/rest.h"

#include "base/mem.h"
#include "msg/parts.h"
#include "node/node.h"
#include "node/world.h"

/* Beyond so many servers, those before are forgotten. */
#define RESTING_MOST 64

/* Its bytes and port are the key. */
static struct str
put_resting_key(const struct addr *a, char key[sizeof(a->ip) + sizeof(a->port)])
{
	memcpy(key, a->ip, a->len);
	memcpy(key + a->len, &a->port, sizeof(a->port));
	return (struct str){ key, a->len + sizeof(a->port) };
}

bool
node_retry_after(const struct msg *m, uint32_t *seconds)
{
	struct str v = msg_value(m, MSG_H_RETRY_AFTER);
	size_t n = 0;

	while (n < v.n && chr_is_digit(v.p[n]))
		n++;
	return str_u32(str_slice(v, 0, n), seconds) == 0;
}

void
node_rest(struct node *n, const struct addr *server, const struct msg *m)
{
	char bytes[sizeof(server->ip) + sizeof(server->port)];
	struct str key = put_resting_key(server, bytes);
	uint32_t seconds;
	int64_t *until;

	if (m->status != 503 || !node_retry_after(m, &seconds))
		return;
	if (n->resting != NULL && map_count(n->resting) >= RESTING_MOST) {
		map_destroy_all(n->resting);
		n->resting = NULL;
	}
	until = n->resting != NULL ? map_get(n->resting, key) : NULL;
	if (until == NULL) {
		until = mem_alloc(sizeof(*until));
		if (until == NULL ||
		    (n->resting == NULL && map_create(&n->resting) != 0) ||
		    map_put(n->resting, key, until) != 0) {
			mem_free(until);
			node_fail_memory(n);
			return;
		}
	}
	*until = sim_now(node_sim(n)) + seconds * SIM_S;
}

bool
node_rests(const struct node *n, const struct addr *server)
{
	char bytes[sizeof(server->ip) + sizeof(server->port)];
	const int64_t *until =
	    n->resting != NULL
		? map_get(n->resting, put_resting_key(server, bytes))
		: NULL;

	return until != NULL && sim_now(node_sim(n)) < *until;
}
