/*
 * Acts: what a person, a script or a setting does.  Every act is a record with
 * all that is needed to do it again.
 */
#include "runs/run_in.h"

#include "base/err.h"
#include "base/param.h"
#include "msg/chars.h"
#include "node/script_request.h"
#include "role/verb.h"
#include "roles/roles.h"
#include "sound/wav.h"
#include "text/json.h"
#include "topology/synonyms.h"
#include "topology/topology_table.h"

#include <inttypes.h>
#include <string.h>

static uint64_t
record_act(struct run *r, const char *by, const char *where, uint64_t after,
    const char *node, const char *verb, const char *object,
    const struct node_args *args)
{
	struct sim *sim = r->world->sim;
	struct trace_writer *w = sim_trace(sim);
	LOCAL_BUF b = BUF_INIT;

	sim_open(sim, TRACE_ACT, node, RULE_NONE);
	trace_put_cstr(w, "by", by);
	trace_put_cstr(w, "verb", verb);
	trace_put_cstr(w, "on", object);
	buf_putc(&b, '{');
	for (size_t i = 0; args != NULL && i < args->n; i++) {
		if (i > 0)
			buf_putc(&b, ',');
		json_put_str(&b, str_of(args->args[i].key));
		buf_putc(&b, ':');
		json_put_str(&b, node_arg_str(args, args->args[i].key));
	}
	buf_putc(&b, '}');
	if (b.err == 0 && b.n > 2)
		trace_put_json(w, "args", buf_view(&b));
	if (b.err != 0)
		sim_fail(sim, ERR_NOMEM, "%s", err_text(ERR_NOMEM));
	if (where != NULL && where[0] != '\0')
		trace_put_cstr(w, "where", where);
	if (after != 0)
		trace_put_int(w, "after", (int64_t)after);
	return trace_close(w);
}

/* ---- links ---- */

static int
run_act_set_param(struct net_link_params *p, const char *name,
    const char *value, struct diag *d)
{
	int err = topology_link_param(p, name, str_of(value)), row;
	LOCAL_BUF meant = BUF_INIT;

	if (err == ERR_NOTFOUND) {
		diag_set(d, err, NULL, 0, _("a link has no “%s”"), name);
		return diag_near(d, err, str_of(name),
		    "delay, jitter, loss, duplicate, rate, queue, mtu");
	}
	if (err == 0)
		return 0;
	row = topology_attr_find(str_of(name));
	diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("“%s” is not a value for a link's %s; expected %s"), value, name,
	    row >= 0 ? topology_type_text(topology_attr_rows[row].type) : "");
	if (row >= 0 && topology_value_meant(
			    &topology_attr_rows[row], str_of(value), &meant))
		diag_meant(d, ERR_SYNTAX, buf_cstr(&meant));
	return ERR_SYNTAX;
}

int
run_check_link(const char *name, const char *value, struct diag *d)
{
	struct net_link_params p = net_link_defaults;

	return run_act_set_param(&p, name, value, d);
}

static int
link_verb_set(struct net_link *l, const struct node_args *args, struct diag *d)
{
	struct net_link_params p = *net_link_params(l);

	for (size_t i = 0; i < args->n; i++) {
		int err = run_act_set_param(
		    &p, args->args[i].key, args->args[i].value, d);

		if (err != 0)
			return err;
	}
	net_link_set_params(l, &p);
	return 0;
}

static int
link_verb_down(struct net_link *l, const struct node_args *args, struct diag *d)
{
	(void)args;
	(void)d;
	net_link_set_up(l, false);
	return 0;
}

static int
link_verb_up(struct net_link *l, const struct node_args *args, struct diag *d)
{
	(void)args;
	(void)d;
	net_link_set_up(l, true);
	return 0;
}

static const struct link_verb {
	const struct verb *row;
	int (*fn)(
	    struct net_link *l, const struct node_args *args, struct diag *d);
} link_verbs[] = {
	/* clang-format off */
	LINK_VERBS(NODE_VERB)
	/* clang-format on */
};

static const struct link_verb *
find_link_verb(const char *verb, struct diag *d)
{
	for (size_t i = 0; i < COUNT_OF(link_verbs); i++)
		if (strcmp(link_verbs[i].row->name, verb) == 0)
			return &link_verbs[i];
	diag_set(
	    d, ERR_NOTFOUND, NULL, 0, _("a link has no action “%s”"), verb);
	diag_near(d, ERR_NOTFOUND, str_of(verb), "set, down, up");
	return NULL;
}

int
run_check_link_verb(const char *verb, struct diag *d)
{
	return find_link_verb(verb, d) != NULL ? 0 : ERR_NOTFOUND;
}

/* "a--b" */
static struct net_link *
find_net_link(struct run *r, const char *object)
{
	const char *dashes = strstr(object, "--");
	char a[64];

	if (dashes == NULL || (size_t)(dashes - object) >= sizeof(a))
		return NULL;
	memcpy(a, object, (size_t)(dashes - object));
	a[dashes - object] = '\0';
	return net_find_link(r->world->net, a, dashes + 2);
}

/* ---- nodes and calls ---- */

const char *
run_role_with(const char *verb)
{
	for (size_t i = 0; node_roles[i] != NULL; i++)
		for (const struct node_verb *v = node_roles[i]->verbs;
		     v != NULL && v->row != NULL; v++)
			if (strcmp(v->row->name, verb) == 0)
				return node_roles[i]->word;
	return NULL;
}

#define VERBS_MOST 80 /* of a node, or of its calls */

int
run_no_verb(const struct node *n, bool call, const char *verb, struct diag *d)
{
	const char *role = run_role_with(verb);
	const char *names[VERBS_MOST], *others[VERBS_MOST], *near, *other;
	size_t k = lua_list_verbs(n, call, names, VERBS_MOST);
	size_t m = lua_list_verbs(n, !call, others, VERBS_MOST);

	if (n->outside && lua_is_verb(n, verb, call))
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s is a real program (outside): “%s” must come from it"),
		    n->name, verb);
	near = param_called(
	    synonyms_of_verbs, str_of(verb), names, k, sizeof(names[0]));
	other = lua_is_verb(n, verb, !call)
		    ? verb
		    : param_called(synonyms_of_verbs, str_of(verb), others, m,
			  sizeof(others[0]));
	/* A verb of another role is not a typing error. */
	if (near == NULL && other == NULL && role == NULL) {
		near = param_meant(synonyms_of_verbs, str_of(verb), names, k,
		    sizeof(names[0]));
		other = param_meant(synonyms_of_verbs, str_of(verb), others, m,
		    sizeof(others[0]));
	}
	if (near != NULL && other != verb)
		other = NULL;
	if (other != NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    call ? _("“%s” is an action of %s, not of its call")
			 : _("“%s” is an action of a call, not of %s; write "
			     "it for %s/1"),
		    other, n->name, n->name);
	if (near == NULL && role != NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s can't “%s”; only a node with the role %s can"),
		    n->name, verb, role);
	diag_set(d, ERR_NOTFOUND, NULL, 0, _("%s can't “%s”"), n->name, verb);
	return near != NULL ? diag_meant(d, ERR_NOTFOUND, near)
			    : diag_one_of(d, ERR_NOTFOUND, str_of(verb), names,
				  k, sizeof(names[0]));
}

/* set { … }: what the topology would say of it; some things never change. */
static int
check_setting(const struct topology *t, struct str node, const char *role,
    const char *name, const char *value, struct diag *d)
{
	static const char *const fixed[] = { "aor", "contact", "domain", "role",
		"label", "register", "registered" };
	int i = topology_attr_find(str_of(name));
	struct topology_at at = { .owner = TOPOLOGY_NODE, .a = node };

	topology_judge_roles(&at, str_of(role), &at.roles);
	at.d = d;
	if (i < 0)
		return topology_judge_name(
			   &at, i, str_of(name), str_of(value)) != 0
			   ? d->err
			   : topology_say(&at, ERR_SYNTAX,
				 _("“%.*s” is for drawing only; a run does not "
				   "use it"),
				 STR_ARG(str_of(name)));
	for (size_t k = 0; k < COUNT_OF(fixed); k++)
		if (strcmp(name, fixed[k]) == 0)
			return diag_set(d, ERR_STATE, NULL, 0,
			    _("%s can't be changed in a run"), name);
	if (topology_judge_name(&at, i, str_of(name), str_of(value)) != 0)
		return d->err;
	/* Its text has to be among the inputs before the run begins. */
	if (strcmp(name, "sound") == 0 && wav_is_named(str_of(value)))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be changed to a file in a run"), name);
	if (value[0] == '\0' && strcmp(name, "addr") != 0)
		return 0;
	if (topology_judge_value(&at, &topology_attr_rows[i], str_of(value)) !=
	    0)
		return d->err;
	return t != NULL ? topology_judge_names(t, &at, i, str_of(value)) : 0;
}

int
run_check_setting(
    const char *node, const char *name, const char *value, struct diag *d)
{
	return check_setting(NULL, str_of(node), "", name, value, d);
}

/* What ends a line would begin another field of a message, and NUL end it. */
static int
check_one_line(const struct verb *v, const struct verb_arg *arg,
    const struct node_arg *given, struct diag *d)
{
	struct str value = { given->value, given->n };

	if (value.n == 0)
		value = str_of(given->value);
	if (arg->kind == KIND_ANY || arg->kind == KIND_BODY ||
	    arg->kind == KIND_HEADERS || chars_is_line(value))
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("“%s” of %s must be one line of text"), given->key, v->name);
}

/* A name that the verb does not know is a mistake, not nothing. */
static int
check_args(const struct run *r, const struct node *on, const struct verb *v,
    const struct node_args *args, struct diag *d)
{
	const struct topology_at at = {
		.d = d, .owner = TOPOLOGY_NODE, .a = str_of(on->name)
	};
	size_t n = 0;

	while (v->args[n].key != NULL)
		n++;
	for (size_t i = 0; i < args->n; i++) {
		const char *key = args->args[i].key;
		const struct verb_arg *arg = verb_arg(v, key);

		if (arg != NULL && arg->key[0] == '*' &&
		    check_setting(r->topology, str_of(on->name), on->roles, key,
			args->args[i].value, d) != 0)
			return d->err;
		if (arg != NULL &&
		    (arg->kind == KIND_TARGET || arg->kind == KIND_URI) &&
		    topology_judge_uri(r->topology, &at,
			&topology_attr_rows[TOPOLOGY_ATTR_forward], key,
			str_of(args->args[i].value)) != 0)
			return d->err;
		if (arg != NULL &&
		    check_one_line(v, arg, &args->args[i], d) != 0)
			return d->err;
		if (arg != NULL)
			continue;
		diag_set(d, ERR_NOTFOUND, NULL, 0, _("%s takes no “%s”"),
		    v->name, key[0] != '\0' ? key : args->args[i].value);
		return diag_one_of(d, ERR_NOTFOUND, str_of(key),
		    &v->args[0].key, n, sizeof(v->args[0]));
	}
	return 0;
}

/* A call's name ends in /N, a subscription's in /PACKAGE-N. */
static struct node *
run_act_node_of(struct run *r, const char *object)
{
	size_t n = strcspn(object, "/");
	const char *number = object[n] != '\0' ? object + n + 1 : NULL;

	if (number != NULL && strchr(number, '-') == NULL &&
	    (number[0] == '\0' || number[strspn(number, "0123456789")] != '\0'))
		return NULL;
	return map_get(r->world->nodes, (struct str){ object, n });
}

#define NAMES_MOST 256 /* that are compared with a wrong one */

bool
run_link_meant(
    const struct run *r, struct str name, struct str *from, struct str *to)
{
	for (size_t i = 1; i + 1 < name.n; i++) {
		char a[64], b[64];

		*from = str_slice(name, 0, i);
		*to = str_slice(name, i + 1 + (name.p[i + 1] == '>'), name.n);
		snprintf(a, sizeof(a), "%.*s", STR_ARG(*from));
		snprintf(b, sizeof(b), "%.*s", STR_ARG(*to));
		if (name.p[i] == '-' &&
		    net_find_link(r->world->net, a, b) != NULL)
			return true;
	}
	return false;
}

/* An action whose object there is not. */
struct act_asked {
	struct run *r;
	const char *verb;
};

/* OBJECT has the verb, as diag_meant_read asks. */
static int
act_read_meant(const void *arg, const char *object, struct diag *why)
{
	const struct act_asked *a = arg;
	struct node *n = run_act_node_of(a->r, object);
	const char *call = strchr(object, '/') != NULL ? object : NULL;
	void *role;

	if (n == NULL)
		return find_link_verb(a->verb, why) != NULL ? 0 : ERR_NOTFOUND;
	return lua_is_verb(n, a->verb, call != NULL) ||
		       world_verb_on(n, str_of(a->verb), call, &role) != NULL
		   ? 0
		   : run_no_verb(n, call != NULL, a->verb, why);
}

/* The node that is most like WORD, or NULL. */
static const char *
act_near_node(const struct run *r, struct str word)
{
	const char *names[NAMES_MOST];
	struct str key;
	size_t at = 0, n = 0;

	while (n < NAMES_MOST && map_next(r->world->nodes, &at, &key, NULL))
		names[n++] = key.p;
	return param_nearest(word, names, n, sizeof(names[0]));
}

/* The object that OBJECT means: "alice", "alice/1", "alice--lan1", or nothing.
 */
static void
act_put_meant(struct run *r, const char *object, struct buf *out)
{
	struct str word = { object, strcspn(object, "/") }, from, to, number;
	const char *a, *b, *dashes = strstr(object, "--");
	uint32_t n;

	if (run_link_meant(r, str_of(object), &from, &to)) {
		buf_printf(out, "%.*s--%.*s", STR_ARG(from), STR_ARG(to));
		return;
	}
	if (dashes != NULL)
		word.n = (size_t)(dashes - object);
	a = act_near_node(r, word);
	b = dashes != NULL ? act_near_node(r, str_of(dashes + 2)) : NULL;
	number = str_of(object + word.n);
	if (a != NULL && b != NULL && net_find_link(r->world->net, a, b))
		buf_printf(out, "%s--%s", a, b);
	else if (a != NULL && dashes == NULL && number.n > 0)
		buf_printf(out, "%s/%u", a,
		    str_u32(str_slice(number, 1, number.n), &n) == 0 ? n : 1);
	else if (a != NULL && dashes == NULL)
		buf_puts(out, a);
}

static int
no_object(struct run *r, const char *object, const char *verb, struct diag *d)
{
	const struct act_asked asked = { r, verb };
	LOCAL_BUF meant = BUF_INIT;

	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no node, call or link “%s”"), object);
	act_put_meant(r, object, &meant);
	return diag_meant_read(d, ERR_NOTFOUND, str_of(object),
	    buf_cstr(&meant), act_read_meant, &asked);
}

/* What was asked of a node at WHERE, "FILE:LINE" or NULL, goes to no address:
 * the run goes on, and it is said. */
static void
warn_act(struct run *r, const char *where)
{
	const char *colon = where != NULL ? strrchr(where, ':') : NULL;
	struct str file =
	    colon != NULL ? str_slice(str_of(where), 0, (size_t)(colon - where))
			  : STR_NULL;
	char name[128];
	uint32_t line = 0;

	snprintf(name, sizeof(name), "%.*s", STR_ARG(file));
	if (colon != NULL)
		str_u32(str_of(colon + 1), &line);
	run_warn(r, file.n > 0 ? name : NULL, line, "%s", r->world->lost.text);
	r->world->lost = DIAG_INIT;
}

/* The act of a script has failed by ERR, and is not a mistake: V came too late
 * for OBJECT, or for a call among ARGS. */
static bool
act_is_late(struct run *r, const char *object, const struct verb *v,
    const struct node_args *args, int err)
{
	bool late = watch_is_late(r, object, v);

	if (err != ERR_STATE && err != ERR_NOTFOUND)
		return false;
	for (size_t i = 0; i < args->n && !late; i++)
		late = watch_is_late(r, args->args[i].value, v);
	return late && trace_amend(r->writer, "refused", "late");
}

/* … or it needs what the other side has not agreed on: digits. */
static bool
act_is_unagreed(struct run *r, const struct verb *v, int err)
{
	return v == &verb_rows[VERB_call_dtmf] &&
	       (err == ERR_NOTFOUND || err == ERR_UNSUPPORTED ||
		   err == ERR_LIMIT) &&
	       trace_amend(r->writer, "refused", "unagreed");
}

/* … or, in a run with real programs, whose answers take their own time, the
 * call is not in a state for it: a change is still under way. */
static bool
act_is_untimely(struct run *r, const struct verb *v, int err)
{
	return r->outside != NULL && v->thing == VERB_OF_CALL &&
	       err == ERR_STATE && trace_amend(r->writer, "refused", "state");
}

int
run_act(struct run *r, const char *by, const char *where, uint64_t after,
    const char *verb, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d)
{
	static const struct node_args none = { NULL, 0 };
	struct sim *sim = r->world->sim;
	struct net_link *link = find_net_link(r, object);
	struct node *n = link == NULL ? run_act_node_of(r, object) : NULL;
	const struct node_verb *v = NULL;
	const struct link_verb *on_link;
	bool call = strchr(object, '/') != NULL;
	struct node_act a = { .object = call ? object : NULL,
		.args = args != NULL ? args : &none,
		.result = result,
		.d = d };
	uint64_t old;
	int err;

	args = a.args;
	memset(result, 0, sizeof(*result));
	if (link == NULL && n == NULL)
		return no_object(r, object, verb, d);
	if (strcmp(verb, "set") == 0 && a.args->n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("set needs NAME=VALUE: %s.set:%s"), object,
		    link != NULL ? "loss=10%" : "busy=true");
	if (n != NULL) {
		v = world_verb_on(n, str_of(verb), a.object, &a.role);
		if (v == NULL)
			v = world_verb(n, str_of(verb), &a.role);
		if (v == NULL && !n->up)
			return diag_set(d, ERR_STATE, NULL, 0,
			    _("%s is down; restart() it first"), n->name);
		if (v == NULL || (v->row->thing == VERB_OF_CALL) != call ||
		    (n->outside && *v->row->roles != VERB_ANY_NODE))
			return run_no_verb(n, call, verb, d);
	}
	err = n != NULL ? check_args(r, n, v->row, args, d) : 0;
	if (err != 0)
		return err;
	on_link = link != NULL ? find_link_verb(verb, d) : NULL;
	if (link != NULL && on_link == NULL)
		return ERR_NOTFOUND;
	trace_hold(r->writer);
	old = sim_set_cause(
	    sim, record_act(r, by, where, after, n != NULL ? n->name : NULL,
		     verb, object, args));
	/* What was lost since the last act was none of this one's. */
	r->world->lost = DIAG_INIT;
	err = link != NULL ? on_link->fn(link, args, d) : v->fn(&a);
	result->refused = err != 0 && v != NULL && strcmp(by, "script") == 0 &&
			  (act_is_late(r, object, v->row, args, err) ||
			      act_is_unagreed(r, v->row, err) ||
			      act_is_untimely(r, v->row, err));
	trace_release(r->writer);
	sim_set_cause(sim, old);
	if (r->world->lost.err != 0)
		warn_act(r, where);
	if (err != 0 && err == sim_error(sim)->err)
		diag_set(d, err, NULL, 0, "%s", sim_error(sim)->text);
	else
		diag_fail(d, err);
	return err;
}

void
run_note(struct run *r, const char *where, struct str text)
{
	uint64_t old = sim_set_cause(r->world->sim, 0);
	struct trace_writer *w = r->writer;

	sim_set_cause(r->world->sim,
	    record_act(r, "script", where, 0, NULL, "note", "run", NULL));
	sim_open(r->world->sim, TRACE_NOTE, NULL, RULE_NONE);
	trace_put_str(w, "text", text);
	trace_close(w);
	sim_set_cause(r->world->sim, old);
}

uint64_t
run_record_arrival(struct run *r, const char *by, const char *node,
    const char *verb, const struct node_args *args)
{
	return record_act(r, by, NULL, 0, node, verb, node, args);
}

void
run_record_answer(void *run, const char *node, uint64_t asked, const char *text)
{
	struct run *r = run;
	char hash[17];
	struct node_arg list[2] = { { .key = "asked", .value = hash },
		{ .key = "text", .value = text } };

	snprintf(hash, sizeof(hash), "%016" PRIx64, asked);
	sim_set_cause(
	    r->world->sim, record_act(r, "outside", NULL, 0, node, "say", node,
			       &(struct node_args){ list, 2 }));
}

uint64_t
run_record_start(struct run *r)
{
	sim_set_cause(r->world->sim, 0);
	return record_act(r, "config", NULL, 0, NULL, "start", "run", NULL);
}

static int
do_act(struct run *r, const struct input_act *a)
{
	struct node_arg list[INPUTS_ARGS_MAX];
	struct node_args args = { list, 0 };
	struct node_result result;
	uint64_t last = trace_last(r->writer);

	for (size_t i = 0; i < a->nargs && i < INPUTS_ARGS_MAX; i++)
		list[args.n++] = (struct node_arg){ .key = a->args[i].key,
			.value = a->args[i].value };
	sim_set_cause(r->world->sim, 0);
	/* In place of the end: that record is this act itself. */
	return run_act(r, "person", NULL, a->after < last ? a->after : last,
	    a->verb, a->on, &args, &result, &r->refusal);
}

int
run_due_acts(struct run *r, uint64_t seq, struct diag *d)
{
	while (r->next_act < r->in->nacts &&
	       r->in->acts[r->next_act].after <= seq) {
		const struct input_act *a = &r->in->acts[r->next_act];
		const char *needs;
		int err;

		if (a->at_ns > sim_now(r->world->sim)) {
			run_await(r);
			return 0;
		}
		if (a->at_ns != 0 && a->at_ns < sim_now(r->world->sim))
			return diag_set(d, ERR_RANGE, NULL, 0,
			    _("%llu:%s.%s: the record is at %llu.%03llu s, "
			      "after the given time"),
			    (unsigned long long)a->after, a->on, a->verb,
			    (unsigned long long)sim_now(r->world->sim) /
				1000000000,
			    (unsigned long long)sim_now(r->world->sim) /
				1000000 % 1000);
		r->next_act++;
		/* Keyed by a send, in force from the start: run_acts.c. */
		if (strcmp(a->on, "message") == 0)
			continue;
		err = do_act(r, a);
		needs = err == ERR_SYNTAX && a->nargs == 0
			    ? verb_placed_of(str_of(a->verb), 0)
			    : NULL;
		if (err != 0)
			return diag_set(d, err, NULL, 0, "%llu:%s.%s%s%s%s: %s",
			    (unsigned long long)a->after, a->on, a->verb,
			    needs != NULL ? ":" : "",
			    needs != NULL ? needs : "",
			    needs != NULL ? "=…" : "", r->refusal.text);
	}
	return 0;
}

/* ---- Acts on a message that was sent ---- */

/* Takes A's arguments; false where they are wrong. */
typedef bool read_fn(const struct input_act *a, struct fault_spec *spec);

static bool
read_drop(const struct input_act *a, struct fault_spec *spec)
{
	spec->drop = true;
	return a->nargs == 0;
}

static bool
read_delay(const struct input_act *a, struct fault_spec *spec)
{
	return a->nargs == 1 && strcmp(a->args[0].key, "by") == 0 &&
	       param_time(str_of(a->args[0].value), &spec->delay_ns) == 0;
}

static bool
read_duplicate(const struct input_act *a, struct fault_spec *spec)
{
	spec->duplicate = 1;
	return a->nargs == 0;
}

static bool
read_edit(const struct input_act *a, struct fault_spec *spec)
{
	if (a->nargs != 1 || strcmp(a->args[0].key, "text") != 0)
		return false;
	spec->edit = str_of(a->args[0].value);
	return true;
}

static const struct {
	const char *verb;
	read_fn *read;
} rows[] = {
	{ "drop", read_drop },
	{ "delay", read_delay },
	{ "duplicate", read_duplicate },
	{ "edit", read_edit },
};

static bool
run_act_read_spec(const struct input_act *a, struct fault_spec *spec)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (strcmp(rows[i].verb, a->verb) == 0)
			return rows[i].read(a, spec);
	return false;
}

/* An act on a message is a fault in force from the start, keyed by the record
 * that sends the message.  Until it strikes the run is the same as before, so
 * the record's number names the same message. */
int
run_add_past(struct run *r, struct diag *d)
{
	for (size_t i = 0; i < r->in->nacts; i++) {
		const struct input_act *a = &r->in->acts[i];
		struct fault_spec spec = { .seq = a->after, .probability = -1 };

		if (strcmp(a->on, "message") != 0)
			continue;
		if (!run_act_read_spec(a, &spec) && a->nargs == 1 &&
		    strcmp(a->args[0].key, "by") == 0)
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("%llu:message.%s: “%s” is not a time: %s"),
			    (unsigned long long)a->after, a->verb,
			    a->args[0].value,
			    param_time_why(str_of(a->args[0].value),
				_("use 2s or 500ms, for example")));
		if (!run_act_read_spec(a, &spec))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("%llu:message.%s: the actions of a message are "
			      "drop, duplicate, delay:by=TIME and "
			      "edit:text=BYTES"),
			    (unsigned long long)a->after, a->verb);
		if (faults_add(r->faults, &spec) != 0)
			return ERR_NOMEM;
	}
	return 0;
}

int
run_check_past(struct run *r, struct diag *d)
{
	for (size_t i = 0; i < r->in->nacts; i++) {
		const struct input_act *a = &r->in->acts[i];

		if (strcmp(a->on, "message") == 0 &&
		    !faults_struck(r->faults, a->after))
			return diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("%llu:message.%s: record %llu is not a sent "
			      "message (rung show FILE kind=send lists them)"),
			    (unsigned long long)a->after, a->verb,
			    (unsigned long long)a->after);
	}
	return 0;
}
