/*
 * What a node's program has beside requests: machines of its own and of rung's,
 * media, messages of other protocols.
 */
#include "roles/program/script_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/ids.h"
#include "megaco/megaco.h"
#include "node/node_machine.h"
#include "node/world.h"
#include "rules/rule_names.h"

#include <stdio.h>
#include <string.h>

/* ---- Machines that a program makes up ---- */

/* Machines that live. */
#define MACHINES_MOST 10000
#define STATE_MOST    32

/* state("ringing") says in which state one of them is.  There is no table of
 * them; what they are is seen in the trace alone. */
struct own_machine {
	struct script_thing thing;
	char *id;
	char state[STATE_MOST + 1];
};

static void
free_machine(struct own_machine *m)
{
	struct script *s = m->thing.script;

	if (m->id != NULL) {
		map_drop(s->machines, str_of(m->id), m);
		s->nmachines--;
	}
	script_forget(&m->thing);
	mem_free(m->id);
	mem_free(m);
}

void
script_state_stop(struct script *s)
{
	list_each (
	    struct own_machine, m, &s->things[SCRIPT_MACHINE], thing.link)
		free_machine(m);
	map_destroy(s->machines);
}

/* The machine ID, made where there is none; NULL when out of memory. */
static struct own_machine *
get_machine(struct script *s, struct str id)
{
	struct own_machine *m = map_get(s->machines, id);
	int err;

	if (m != NULL)
		return m;
	m = mem_zalloc(1, sizeof(*m));
	if (m == NULL)
		return NULL;
	snprintf(m->state, sizeof(m->state), "%s", state_word(STATE_NONE));
	err = script_number(s, SCRIPT_MACHINE, &m->thing);
	m->id = err == 0 ? mem_dup(id.p, id.n) : NULL;
	if (m->id != NULL) {
		s->nmachines++;
		err = map_put(s->machines, str_of(m->id), m);
	}
	if (err == 0 && m->id != NULL)
		return m;
	free_machine(m);
	return NULL;
}

static void
script_state_record_step(struct script *s, const struct script_place *place,
    const struct own_machine *m, const struct script_step *step)
{
	struct node *n = s->agent.node;
	struct trace_writer *w = node_record(n, TRACE_FSM, RULE_NONE);

	trace_put_cstr(w, "machine", TRACE_PROGRAM_MACHINE);
	trace_put_cstr(w, "id", m->id);
	trace_put_cstr(w, "from", m->state);
	trace_put_str(w, "to", step->to);
	if (step->event.n > 0)
		trace_put_str(w, "event", step->event);
	program_put_where(w, place->file, place->line);
	node_record_cause(n);
}

int
script_state(void *role, const struct script_place *place,
    const struct script_step *step, struct diag *d)
{
	struct script *s = role;
	struct own_machine *m;

	if (step->to.n == 0 || step->to.n > STATE_MOST)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("the name of a state must have 1 to %d bytes"),
		    STATE_MOST);
	if (str_chr(step->id, '\0') >= 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the name of a state machine must not contain a zero "
		      "byte"));
	if (s->nmachines >= MACHINES_MOST &&
	    map_get(s->machines, step->id) == NULL)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("there are more than %d state machines; one in the state "
		      "“terminated” no longer counts"),
		    MACHINES_MOST);
	m = get_machine(s, step->id);
	if (m == NULL)
		return ERR_NOMEM;
	script_state_record_step(s, place, m, step);
	memcpy(m->state, step->to.p, step->to.n);
	m->state[step->to.n] = '\0';
	if (str_is(step->to, state_word(STATE_TERMINATED)))
		free_machine(m);
	return 0;
}

/* ---- Machines of rung's own (machine/machine.h) that a program plays ---- */

/* So many of a node live at once. */
#define TURNS_MOST 10000

/* A machine that runs; in script->turns by its table's name and its id. */
struct script_run {
	struct list link; /* in script->runs */
	struct machine_run machine;
	char *key;      /* "call alice/1" */
	const char *id; /* in key */
	char *peer;     /* of a call; NULL: not known */
	bool caller;    /* … this side has begun it */
};

/* The machines that a program may play: its calls, its registrations, its
 * subscriptions.  So their states are in the trace as with a phone, and are
 * reported, drawn and judged by the same rows. */
#define PLAYED STR("call registration subscription")

static const struct machine *
find_played(struct str name)
{
	return str_has_word(PLAYED, name) ? machine_find(name) : NULL;
}

/* Its records are of a kind of their own. */
static bool
script_state_is_call(const struct machine *m)
{
	return m->heading == NULL;
}

static void
free_run(struct script *s, struct script_run *r)
{
	if (r->key != NULL)
		map_drop(s->turns, str_of(r->key), r);
	list_remove(&r->link);
	mem_free(r->key);
	mem_free(r->peer);
	mem_free(r);
}

void
script_turn_stop(struct script *s)
{
	list_each (struct script_run, r, &s->runs, link)
		free_run(s, r);
	map_destroy(s->turns);
}

static struct script_run *
find_call(struct script *s, const char *name)
{
	LOCAL_BUF key = BUF_INIT;

	buf_printf(&key, "call %s", name);
	return key.err == 0 ? map_get(s->turns, buf_view(&key)) : NULL;
}

bool
script_knows(void *role, const char *object)
{
	return find_call(role, object) != NULL;
}

/* The program ends the call of A if it is in one of STATES, and was begun by
 * this side, if that is ASKED for. */
static int
end_call(const struct node_act *a, const enum state_id states[3], bool asked)
{
	struct script *s = a->role;
	struct script_news news = { .event = SCRIPT_ON_HANGUP,
		.text = str_of(a->object) };
	struct script_run *r = find_call(s, a->object);
	size_t i = 0;

	if (r == NULL)
		return diag_set(a->d, ERR_NOTFOUND, NULL, 0,
		    _("%s no longer has a call %s"), s->agent.node->name,
		    a->object);
	while (i < 3 && r->machine.state != states[i])
		i++;
	if (i == 3 || (asked && !r->caller))
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    asked ? _("%s can't be cancelled: it is answered or has "
			      "ended")
			  : _("%s is not answered, or has ended"),
		    a->object);
	script_tell(s, &news);
	return 0;
}

int
played_verb_bye(const struct node_act *a)
{
	return end_call(a,
	    (enum state_id[]){
		STATE_CONFIRMED, STATE_MORATORIUM, STATE_CONFIRMED },
	    false);
}

int
played_verb_cancel(const struct node_act *a)
{
	return end_call(a,
	    (enum state_id[]){ STATE_CALLING, STATE_PROCEEDING, STATE_EARLY },
	    true);
}

/* The one of TABLE that has ID, made where there is none; NULL when out of
 * memory. */
static struct script_run *
get_run(struct script *s, const struct machine *table, struct str id)
{
	struct script_run *r;
	LOCAL_BUF key = BUF_INIT;

	buf_printf(&key, "%s ", table->name);
	buf_str(&key, id);
	r = key.err == 0 ? map_get(s->turns, buf_view(&key)) : NULL;
	if (r == NULL && key.err == 0 &&
	    (r = mem_zalloc(1, sizeof(*r))) != NULL) {
		list_init(&r->link);
		r->machine.table = table;
		r->key = mem_strdup(buf_cstr(&key));
		if (r->key == NULL ||
		    map_put(s->turns, str_of(r->key), r) != 0) {
			free_run(s, r);
			r = NULL;
		} else {
			r->id = r->key + strlen(table->name) + 1;
			list_append(&s->runs, &r->link);
		}
	}
	return r;
}

/* The step of M by EVENT as its table writes it; NULL where it has none. */
static const struct machine_edge *
find_step(const struct machine_run *m, struct str event)
{
	enum state_id from = machine_run_state(m);

	for (size_t i = 0; i < m->table->nedges; i++) {
		const struct machine_edge *e = &m->table->edges[i];

		if (e->from == from && str_is(event, event_word(e->event)))
			return e;
	}
	return NULL;
}

/* A call has records of a kind of its own, and scripts that wait for it are
 * told. */
static void
script_state_record_call(struct script *s, const struct script_run *r,
    const struct machine_edge *e, unsigned status)
{
	struct node *n = s->agent.node;
	const struct world_watch *watch = &n->world->watch;
	struct trace_writer *w = node_record(n, TRACE_CALL, e->rule);

	trace_put_cstr(w, "id", r->id);
	trace_put_cstr(w, "from", state_word(e->from));
	trace_put_cstr(w, "state", state_word(e->to));
	trace_put_cstr(w, "peer", r->peer != NULL ? r->peer : "");
	if (status != 0)
		trace_put_int(w, "status", status);
	node_record_cause(n);
	if (watch->changed != NULL && e->event != EVENT_NO_ACK)
		watch->changed(r->id, state_word(e->to), watch->arg);
}

static int
take_peer(struct script_run *r, struct str peer)
{
	if (peer.n == 0)
		return 0;
	mem_free(r->peer);
	r->peer = mem_dup(peer.p, peer.n);
	return r->peer != NULL ? 0 : ERR_NOMEM;
}

static void
script_state_take_step(struct script *s, struct script_run *r,
    const struct machine_edge *e, unsigned status)
{
	if (!script_state_is_call(r->machine.table)) {
		node_machine_step(
		    s->agent.node, &r->machine, r->id, e->event, e->rule);
		return;
	}
	r->machine.state = e->to;
	r->caller |= e->to == STATE_CALLING;
	/* One that leads nowhere and says nothing has no record. */
	if (e->from != e->to || status != 0)
		script_state_record_call(s, r, e, status);
}

int
script_turn(void *role, const struct script_turn *turn, const char **now,
    struct diag *d)
{
	struct script *s = role;
	const struct machine *table = find_played(turn->machine);
	const struct machine_edge *e;
	struct script_run *r;

	if (table == NULL || turn->id.n == 0 || str_chr(turn->id, '\0') >= 0)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("a program has no state machine “%.*s”"),
		    STR_ARG(turn->machine));
	if (map_count(s->turns) >= TURNS_MOST)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("there are more than %d calls and registrations"),
		    TURNS_MOST);
	r = get_run(s, table, turn->id);
	if (r == NULL || take_peer(r, turn->peer) != 0)
		return ERR_NOMEM;
	e = find_step(&r->machine, turn->event);
	if (e != NULL)
		script_state_take_step(s, r, e, turn->status);
	*now = state_word(machine_run_state(&r->machine));
	if (!machine_run_lives(&r->machine))
		free_run(s, r);
	return 0;
}

/* ---- Media of calls that a program makes up by itself ---- */

void
script_free_stream(struct script_stream *t)
{
	rtp_session_destroy(t->media);
	sip_sdp_free(&t->sdp);
	script_forget(&t->thing);
	mem_free(t->name);
	mem_free(t->from);
	mem_free(t);
}

static struct script_stream *
script_state_find_stream(struct script *s, struct str name)
{
	list_each (
	    struct script_stream, t, &s->things[SCRIPT_STREAM], thing.link)
		if (str_is(name, t->name))
			return t;
	return NULL;
}

/* NULL when out of memory. */
static struct script_stream *
script_state_add_stream(struct script *s, struct str name)
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

/* Streams that relay FROM do so from now on; FROM, which relays one of them,
 * does as well. */
static void
script_state_link_streams(struct script *s, struct script_stream *from)
{
	list_each (
	    struct script_stream, t, &s->things[SCRIPT_STREAM], thing.link) {
		if (t->from != NULL && strcmp(t->from, from->name) == 0)
			rtp_session_relay(t->media, from->media);
		if (from->from != NULL && strcmp(from->from, t->name) == 0)
			rtp_session_relay(from->media, t->media);
	}
}

/* The program gives both sides' descriptions (RFC 3264), and the agreed streams
 * flow, and are heard, as with any phone. */
int
script_stream(void *role, const struct script_place *place,
    const struct script_media *m, struct diag *d)
{
	struct script *s = role;
	struct script_stream *t = script_state_find_stream(s, m->name);
	uint64_t old;
	int err;

	if (m->own.n == 0) {
		if (t != NULL)
			script_free_stream(t);
		return 0;
	}
	if (t == NULL)
		t = script_state_add_stream(s, m->name);
	if (t == NULL)
		return ERR_NOMEM;
	err = sip_sdp_overhear(&t->sdp, m->own, m->theirs, m->answered);
	if (err == ERR_SYNTAX)
		return diag_set(d, err, NULL, 0,
		    _("one of these is not a session description"));
	if (err != 0)
		return err;
	if (m->from.n > 0 && t->from == NULL) {
		t->from = mem_dup(m->from.p, m->from.n);
		if (t->from == NULL)
			return ERR_NOMEM;
		rtp_session_relay(t->media, NULL);
	}
	script_state_link_streams(s, t);
	old = script_record(
	    s, place, TRACE_PROGRAM_STREAM, RULE_MEDIA_AGREE, 0, m->name);
	rtp_session_sources(t->media, m->source, m->awaits);
	rtp_session_follow(t->media, &t->sdp);
	sim_set_cause(node_sim(s->agent.node), old);
	return 0;
}

/* ---- Messages of other protocols ---- */

#define NAME_MOST 40 /* bytes of a name */

/* The port of PROTO, where a program may speak it. */
static uint16_t
script_state_port_of(enum trace_proto proto)
{
	static const struct {
		enum trace_arrow arrow;
		uint16_t port;
	} rows[] = {
#define X(id, name, class, arrow, port, describe) { TRACE_ARROW_##arrow, port },
		TRACE_PROTOS(X)
#undef X
	};

	return proto != TRACE_PROTO_COUNT &&
		       rows[proto].arrow == TRACE_ARROW_SIGNALLING
		   ? rows[proto].port
		   : 0;
}

/* What TEXT is named, in *OWN or its first word. */
static struct str
script_state_name_of(enum trace_proto proto, struct str text, struct buf *own)
{
	static void (*const writes[TRACE_PROTO_COUNT])(
	    struct str bytes, struct buf * out) = {
		[TRACE_PROTO_MEGACO] = megaco_write_name,
	};
	size_t n = 0;

	if (writes[proto] != NULL)
		writes[proto](text, own);
	if (own->n > 0)
		return buf_view(own);
	while (
	    n < text.n && n < NAME_MOST && text.p[n] > ' ' && text.p[n] < 0x7f)
		n++;
	return str_slice(text, 0, n);
}

static void
script_state_on_message(const struct net_datagram *d, void *arg)
{
	const struct script_socket *at = arg;
	struct script *s = at->script;
	const struct net_host *host =
	    net_by_addr(s->agent.node->world->net, &d->src);
	struct script_news news = { .event = SCRIPT_ON_MESSAGE,
		.src = d->src,
		.protocol = trace_proto_name(at->protocol),
		.from = host != NULL ? net_host_name(host) : "",
		.text = d->bytes };

	script_tell(s, &news);
}

int
script_message_listen(struct script *s)
{
	struct net_host *host = s->agent.node->host;
	int err = 0;

	for (unsigned i = 0; err == 0 && i < TRACE_PROTO_COUNT; i++) {
		enum trace_proto proto = (enum trace_proto)i;

		if (script_state_port_of(proto) == 0)
			continue;
		s->sockets[i].script = s;
		s->sockets[i].protocol = proto;
		err = net_udp_open(host, script_state_port_of(proto),
		    script_state_on_message, &s->sockets[i],
		    &s->sockets[i].sock);
		/* Another role of the node has it. */
		if (err == ERR_EXISTS)
			err = 0;
	}
	return err;
}

void
script_message_stop(struct script *s)
{
	for (unsigned i = 0; i < TRACE_PROTO_COUNT; i++)
		if (s->sockets[i].sock != NULL)
			net_udp_close(s->sockets[i].sock);
}

/* Messages that a node's program sends and receives, as texts in datagrams:
 * signalling of the telephone network (trace/protocol.h).  Their names are
 * their first words, unless the protocol is known. */
int
script_message_send(void *role, const struct script_place *place,
    struct str protocol, struct str to, struct str text, struct diag *d)
{
	struct script *s = role;
	struct node *n = s->agent.node;
	enum trace_proto proto = trace_proto_find(protocol);
	const struct node *other = map_get(n->world->nodes, to);
	struct trace_message m = { .proto = proto };
	LOCAL_BUF name = BUF_INIT;
	struct addr dst;
	uint64_t old;

	if (script_state_port_of(proto) == 0 || s->sockets[proto].sock == NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("this node does not support “%.*s”"),
		    (int)(protocol.n < 40 ? protocol.n : 40), protocol.p);
	if (other != NULL)
		dst = node_face_for(other, n)->addr;
	else if (addr_parse(to, &dst) != 0)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no route to %.*s"),
		    (int)(to.n < 100 ? to.n : 100), to.p);
	m.method = script_state_name_of(proto, text, &name);
	if (m.method.n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("a message must begin with its name"));
	dst.port = script_state_port_of(proto);
	old = script_record(
	    s, place, TRACE_PROGRAM_SEND, RULE_SCRIPT_MESSAGE, 0, to);
	net_udp_send(
	    s->sockets[proto].sock, &dst, text, &m, RULE_SCRIPT_MESSAGE);
	node_fail_nomem(n, name.err);
	sim_set_cause(node_sim(n), old);
	return 0;
}
