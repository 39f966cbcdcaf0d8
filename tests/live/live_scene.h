/* A run that goes as the clock does, with a program beside it, for tests. */
#ifndef LIVE_SCENE_H
#define LIVE_SCENE_H

#include "live/live_run.h"
#include "topology/topology.h"

#include <netinet/in.h>

/* How long something may take to come, by the clock. */
#define PATIENCE 2000

struct scene {
	struct inputs in;
	struct trace *t;
	struct buf text;
	struct live_run *l;
	struct session *session; /* or NULL */
	struct addr alice, bob;  /* with their ports */
};

int live_keep(const char *line, size_t n, void *arg);

void live_put_inputs(struct inputs *in, const char *acts);

struct addr live_address_of(const struct scene *s, const char *name);

/* SETTINGS, with a NULL behind, are those of the topology. */
void live_begin_with(struct scene *s, const char *acts,
    const struct live_options *more, const char *const *settings);

void
live_begin(struct scene *s, const char *acts, const struct live_options *more);

void live_turn(struct scene *s);

/* The run is over, and is made again of what its trace says, without sockets.
 */
void live_end_and_repeat(struct scene *s);

struct sockaddr_in live_socket_address(const struct addr *a);

int live_open_program(const struct addr *at, int type);

void live_send_to(int fd, const struct addr *to, const char *text);

/* What comes at FD while the run goes on; "" when nothing does for long. */
const char *live_hear(struct scene *s, int fd);

/* METHOD, for WHOM, of bob's, over TRANSPORT; ID makes it his only one. */
const char *live_request(const struct scene *s, const char *method,
    const char *whom, const char *transport, const char *id);

const char *
live_ask_options(const struct scene *s, const char *transport, const char *id);

/* Bob's program is called at its address from now on, by TRANSPORT. */
void live_register_bob(struct scene *s, int fd, const char *transport);

extern const struct live_options live_bob_outside;

#endif
