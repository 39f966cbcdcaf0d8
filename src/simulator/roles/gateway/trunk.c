/* Trunks and their circuits: life, seizing, sending; see roles/gateway/trunk.h.
 */
#include "roles/gateway/trunk.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "node/uri.h"
#include "rules/rule_names.h"

#include <string.h>

/* ---- life ---- */

/* The attribute, else the last 14 bits of N's address. */
static uint32_t
point_code_of(const struct node *n)
{
	const struct addr *a = node_addr(n);
	uint32_t code = 0;

	if (str_u32(str_of(node_attr(n, "point_code", "")), &code) == 0 &&
	    code != 0)
		return code;
	return ((uint32_t)a->ip[a->len - 2] << 8 | a->ip[a->len - 1]) & 0x3FFF;
}

static void
end_repeat(struct sim *sim, struct trunk_repeat *r)
{
	sim_cancel(sim, r->again);
	buf_free(&r->bytes);
}

static void
free_circuit(struct trunk_circuit *c)
{
	struct sim *sim = node_sim(trunk_node(c));

	sim_cancel(sim, c->check);
	end_repeat(sim, &c->release);
	end_repeat(sim, &c->care);
	for (int i = 0; i < TRUNK_CAUSES; i++)
		end_repeat(sim, &c->groups[i]);
	list_remove(&c->link);
	buf_free(&c->held);
	mem_free(c->hardware_id);
	mem_free(c->id);
	mem_free(c);
}

static int
add_circuit(struct trunk *t, unsigned cic)
{
	struct trunk_circuit *c = mem_zalloc(1, sizeof(*c));
	LOCAL_BUF id = BUF_INIT;

	if (c == NULL)
		return ERR_NOMEM;
	list_init(&c->link);
	list_append(&t->circuits, &c->link);
	c->trunk = t;
	c->cic = cic;
	c->machine.table = &machine_circuit;
	buf_printf(&id, "%s:%u", t->peer->name, cic);
	c->id = mem_dup(id.p, id.n);
	buf_puts(&id, "/hardware");
	c->hardware_id = mem_dup(id.p, id.n);
	c->release = c->care = c->groups[TRUNK_MAINTENANCE] =
	    (struct trunk_repeat){ .circuit = c, .id = c->id };
	c->groups[TRUNK_HARDWARE] =
	    (struct trunk_repeat){ .circuit = c, .id = c->hardware_id };
	for (int i = 0; i < TRUNK_CAUSES; i++)
		c->blocking[i].table = &machine_blocking;
	return c->id != NULL && c->hardware_id != NULL ? 0 : ERR_NOMEM;
}

#define CIC_MOST 4095

/* "switch1:1-30", with a neighbour that there is. */
static int
add_trunk(struct trunks *all, struct str word)
{
	struct str range, last, name = str_cut(word, ':', &range);
	struct str first = str_cut(range, '-', &last);
	LOCAL_BUF peer = BUF_INIT;
	struct trunk *t;
	uint32_t from, to;
	int err = 0;

	buf_str(&peer, name);
	t = mem_zalloc(1, sizeof(*t));
	if (t != NULL) {
		list_init(&t->link);
		list_init(&t->circuits);
		t->trunks = all;
		t->peer = world_find(all->node->world, buf_cstr(&peer));
	}
	if (t == NULL)
		return ERR_NOMEM;
	if (str_u32(first, &from) != 0 || from > CIC_MOST || t->peer == NULL) {
		mem_free(t);
		node_note_bad(
		    all->node, RULE_TRUNK_BAD, TRACE_REFUSAL_ISUP, word);
		return 0;
	}
	if (str_u32(last, &to) != 0 || to > CIC_MOST)
		to = from;
	t->code = point_code_of(t->peer);
	list_append(&all->all, &t->link);
	for (; from <= to && err == 0; from++)
		err = add_circuit(t, from);
	return err;
}

/* Nothing is known any more of the calls that there were. */
static void
reset_all(struct trunks *t)
{
	struct trunk_range r;

	list_each (struct trunk, one, &t->all, link) {
		r = (struct trunk_range){ .trunk = one };
		list_each (struct trunk_circuit, c, &one->circuits, link) {
			if (r.n == TRUNK_RESET_MOST ||
			    (r.n > 0 && c->cic != r.cic + r.n)) {
				trunk_range_reset(&r, RULE_TRUNK_RESET);
				r.n = 0;
			}
			if (r.n++ == 0)
				r.cic = c->cic;
		}
		if (r.n > 0)
			trunk_range_reset(&r, RULE_TRUNK_RESET);
	}
}

int
trunks_begin(struct trunks *t, struct node *n, const struct trunk_ops *ops)
{
	struct str rest = str_of(node_attr(n, "trunks", ""));
	int err;

	t->node = n;
	t->ops = ops;
	t->code = point_code_of(n);
	list_init(&t->all);
	err =
	    net_udp_open(n->host, TRACE_PORT_ISUP, trunk_received, t, &t->sock);
	while (rest.n > 0 && err == 0) {
		struct str word = str_cut(rest, ' ', &rest);

		if (word.n > 0)
			err = add_trunk(t, word);
	}
	if (err == 0 && n->lives > 1)
		reset_all(t);
	return err;
}

void
trunks_end(struct trunks *t)
{
	if (t->node == NULL)
		return;
	list_each (struct trunk, one, &t->all, link) {
		list_each (struct trunk_circuit, c, &one->circuits, link)
			free_circuit(c);
		list_remove(&one->link);
		mem_free(one);
	}
	if (t->sock != NULL)
		net_udp_close(t->sock);
	buf_free(&t->bytes);
}

struct trunk_circuit *
trunk_find(struct trunks *t, struct str id)
{
	list_each (struct trunk, one, &t->all, link)
		list_each (struct trunk_circuit, c, &one->circuits, link)
			if (str_is(id, c->id))
				return c;
	return NULL;
}

/* ---- seizing ---- */

/* An idle one, rather one that this side controls. */
static struct trunk_circuit *
find_idle(struct trunk *t)
{
	struct trunk_circuit *found = NULL;

	list_each (struct trunk_circuit, c, &t->circuits, link) {
		bool idle = c->user == NULL && !c->faulty && trunk_is_idle(c);

		for (int i = 0; i < TRUNK_CAUSES; i++)
			idle = idle && (c->blocking[i].state == STATE_NONE ||
					   machine_run_is(&c->blocking[i],
					       STATE_IN_SERVICE));
		if (idle && trunk_controls(c))
			return c;
		if (idle && found == NULL)
			found = c;
	}
	return found;
}

struct trunk_circuit *
trunk_seize(
    struct trunks *t, const char *digits, const struct trunk * not, void *user)
{
	struct str name = node_route_of(t->node, str_of(digits), NULL);
	struct trunk_circuit *c = NULL;

	list_each (struct trunk, one, &t->all, link) {
		if (c == NULL &&
		    one != not &&(name.n == 0 || str_is(name, one->peer->name)))
			c = find_idle(one);
	}
	if (c != NULL)
		c->user = user;
	return c;
}

bool
trunk_leads(
    const struct trunks *t, const char *digits, const struct trunk * not )
{
	struct str name = node_route_of(t->node, str_of(digits), NULL);
	bool leads = false;

	list_each (struct trunk, one, &t->all, link)
		leads |=
		    one != not &&(name.n == 0 || str_is(name, one->peer->name));
	return leads;
}

/* ---- sending ---- */

static uint64_t
trunk_send_bytes(
    struct trunk_circuit *c, struct str isup, enum rule_id why, uint64_t retx)
{
	struct trunks *t = c->trunk->trunks;
	const struct mtp_label label = { t->code, c->trunk->code, 2 };
	const struct isup_row *row = isup_row((uint8_t)isup.p[0]);
	struct trace_message m = { .proto = TRACE_PROTO_ISUP,
		.method = str_of(row->name),
		.retx = retx };
	struct addr dst = node_face_for(c->trunk->peer, t->node)->addr;
	LOCAL_BUF out = BUF_INIT;
	uint64_t seq = 0;

	dst.port = TRACE_PORT_ISUP;
	mtp3_put_isup(&label, c->cic, isup, &out);
	if (out.err != 0)
		node_fail_memory(t->node);
	else
		seq = net_udp_send(t->sock, &dst, buf_view(&out), &m, why);
	return seq;
}

uint64_t
trunk_send(struct trunk_circuit *c, const struct isup *m, enum rule_id why,
    uint64_t retx)
{
	LOCAL_BUF out = BUF_INIT;
	uint64_t seq = 0;

	/* What has come can be too large for pointers when it goes on. */
	if (isup_write(m, &out) != ISUP_FAULT_NONE)
		node_note_bad(trunk_node(c), RULE_TRUNK_BAD, TRACE_REFUSAL_ISUP,
		    str_of(m->row->name));
	else if (out.err != 0)
		node_fail_memory(trunk_node(c));
	else
		seq = trunk_send_bytes(c, buf_view(&out), why, retx);
	return seq;
}

uint64_t
trunk_say(struct trunk_circuit *c, enum isup_type type, enum isup_code code,
    struct str value, enum rule_id why)
{
	struct isup *m = &c->trunk->trunks->out;

	isup_begin(m, type);
	if (value.n > 0)
		isup_add(m, code, value);
	return trunk_send(c, m, why, 0);
}

/* Forward call: interworking encountered; ISUP used all the way. */
#define FCI_INTERWORKING 0x08
#define FCI_ISUP         0x20

bool
trunk_interworks(struct trunks *t, const struct buf *iam)
{
	isup_read(buf_view(iam), &t->out);
	return (isup_octet(&t->out, ISUP_PARAM_FCI, 0) & FCI_INTERWORKING) != 0;
}

/* No indication; interworking encountered. */
#define BCI_TONE      STR("\x12\x01")
#define IN_BAND       STR("\x01")
#define EVENT_TONE_IS STR("\3")

void
trunk_play_tone(struct trunk_circuit *c, bool complete)
{
	struct isup *m = &c->trunk->trunks->out;

	isup_begin(m, complete ? ISUP_CPG : ISUP_ACM);
	if (complete) {
		isup_add(m, ISUP_PARAM_EVENT, EVENT_TONE_IS);
	} else {
		isup_add(m, ISUP_PARAM_BCI, BCI_TONE);
		isup_add(m, ISUP_PARAM_OPTIONAL_BCI, IN_BAND);
	}
	trunk_send(c, m, RULE_TRUNK_TONE, 0);
}

/* Nature of connection: whether this circuit is checked. */
#define CHECK_BITS 0x0C
#define CHECKED    0x04

void
trunk_call(struct trunk_circuit *c, struct isup *m)
{
	const struct node *n = trunk_node(c);
	bool checks = strcmp(node_attr(n, "continuity", "none"), "none") != 0;
	bool interworks = node_attr_bool(n, "interworking", false);
	char nci = (char)((isup_octet(m, ISUP_PARAM_NCI, 0) & ~CHECK_BITS) |
			  (checks ? CHECKED : 0));
	char fci[2];

	for (size_t i = 0; i < m->n; i++) {
		struct str *value = &m->params[i].value;

		if (m->params[i].code == ISUP_PARAM_NCI) {
			*value = (struct str){ &nci, 1 };
		} else if (m->params[i].code == ISUP_PARAM_FCI && interworks &&
			   value->n == sizeof(fci)) {
			fci[0] = (char)((value->p[0] & ~FCI_ISUP) |
					FCI_INTERWORKING);
			fci[1] = value->p[1];
			*value = (struct str){ fci, sizeof(fci) };
		}
	}
	c->heard = false;
	trunk_step(c, EVENT_IAM_SENT, RULE_TRUNK_SEIZE);
	trunk_send(c, m, RULE_TRUNK_SEIZE, 0);
	if (checks)
		trunk_check_begin(c);
}

void
trunk_release(struct trunk_circuit *c, const struct q850_indicators *why,
    enum rule_id rule)
{
	LOCAL_BUF cause = BUF_INIT;

	trunk_check_stop(c);
	c->user = NULL;
	q850_write(why, &cause);
	if (trunk_step(c, EVENT_REL_SENT, RULE_TRUNK_RELEASE))
		trunk_repeat_say(&c->release, ISUP_REL, ISUP_PARAM_CAUSE,
		    buf_view(&cause), rule);
}
